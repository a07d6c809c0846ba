import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCbcHmac } from '../../src/crypto/cbc-hmac';
import { sealCbcHmac } from './cbc-hmac-builder';

const key = Uint8Array.from({ length: 64 }, (_, at) => at * 3);
const iv = Uint8Array.from({ length: 16 }, (_, at) => at);
const tampered = expect.objectContaining({ code: 'tampered' });

test('opens what OpenSSL sealed', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (plain) => {
      expect(await openCbcHmac(sealCbcHmac(plain, key, iv), key)).toEqual(plain);
    }),
    { numRuns: 40 },
  ));

test('gives nothing when a bit differs, the end is cut off, or the key is another', async () => {
  const sealed = sealCbcHmac(Uint8Array.of(1, 2, 3), key, iv);
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    await expect(openCbcHmac(changed, key)).rejects.toEqual(tampered);
    await expect(openCbcHmac(sealed.subarray(0, at), key)).rejects.toEqual(tampered);
  }
  await expect(
    openCbcHmac(
      sealed,
      key.map((byte) => byte ^ 1),
    ),
  ).rejects.toEqual(tampered);
  await expect(openCbcHmac(sealed, key.subarray(1))).rejects.toThrow(RangeError);
});

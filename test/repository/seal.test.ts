import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchedRandom, type RandomBytes } from '../../src/crypto/random';
import { exportMasterKey, importMasterKey, makeMasterKey } from '../../src/repository/master-key';
import { seal, sealOverheadBytes, unseal } from '../../src/repository/seal';
import { fromHex, random, utf8, withEachFlip } from './codec';

const damaged = { code: 'damaged' };
const keyBytes = Uint8Array.from({ length: 64 }, (_, at) => at * 3);
const fixed =
  (hex: string): RandomBytes =>
  () =>
    fromHex(hex);

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Poly1305-AES straight from its definition, with OpenSSL's AES-128. */
function tagByArithmetic(message: Uint8Array, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', keyBytes.subarray(32, 48), null);
  const s = littleEndian(cipher.update(nonce));
  const r = littleEndian(keyBytes.subarray(48)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let h = 0n;
  for (let at = 0; at < message.length; at += 16)
    h = ((h + littleEndian(Uint8Array.of(...message.subarray(at, at + 16), 1))) * r) % (2n ** 130n - 5n);
  const tag = (h + s) & (2n ** 128n - 1n);
  return Uint8Array.from({ length: 16 }, (_, at) => Number((tag >> BigInt(8 * at)) & 255n));
}

describe('sealing', () => {
  it('gives what it was given, from keys imported, exported and made', async () => {
    const made = await makeMasterKey(random);
    const again = await importMasterKey(exportMasterKey(made));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const plain = new Uint8Array(bytes);
        const sealed = await seal(made, plain, random);
        expect(sealed).toHaveLength(plain.length + sealOverheadBytes);
        expect(await unseal(again, sealed)).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it('is pinned: one key, one nonce, one text, one result', async () => {
    const key = await importMasterKey(keyBytes);
    const nonce = 'fffffffffffffffffffffffffffffffe';
    const plain = utf8('樟木箱 keeps letters safe, and the counter wraps from the end of its 128 bits to 0.');
    const sealed = await seal(key, plain, fixed(nonce));
    const cipher = createCipheriv('aes-256-ctr', keyBytes.subarray(0, 32), fromHex(nonce));
    expect(sealed.subarray(16, -16)).toEqual(new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()])));
    expect(sealed.subarray(-16)).toEqual(tagByArithmetic(sealed.subarray(16, -16), fromHex(nonce)));
    expect(Buffer.from(sealed.subarray(-16)).toString('hex')).toBe('0b07198a153036c093d440a2e292b98d');
  });

  it('detects each flipped bit, each cut and each addition', async () => {
    const key = await makeMasterKey(random);
    const sealed = await seal(key, utf8('short'), random);
    await withEachFlip(sealed, async (flipped) => expect(unseal(key, flipped)).rejects.toMatchObject(damaged));
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(unseal(key, sealed.slice(0, length))).rejects.toMatchObject(damaged);
      await expect(unseal(key, sealed.slice(sealed.length - length))).rejects.toMatchObject(damaged);
    }
    await expect(unseal(key, new Uint8Array([...sealed, 0]))).rejects.toMatchObject(damaged);
    await expect(unseal(await makeMasterKey(random), sealed)).rejects.toMatchObject(damaged);
  });

  it('checks the tag before it decrypts anything', async () => {
    const key = await makeMasterKey(random);
    const sealed = await seal(key, utf8('short'), random);
    const real = crypto.subtle.decrypt;
    let calls = 0;
    try {
      crypto.subtle.decrypt = async (...args) => {
        calls += 1;
        return real.apply(crypto.subtle, args);
      };
      await expect(unseal(key, sealed.with(20, (sealed[20] ?? 0) ^ 1) as Uint8Array<ArrayBuffer>)).rejects.toMatchObject(damaged);
      expect(calls).toBe(0);
      await unseal(key, sealed);
      expect(calls).toBe(1);
    } finally {
      crypto.subtle.decrypt = real;
    }
  });

  it('refuses a zero nonce in both directions, and chance that is none', async () => {
    const key = await makeMasterKey(random);
    const refused = { code: 'no-randomness' };
    await expect(seal(key, utf8('x'), fixed('00'.repeat(16)))).rejects.toMatchObject(refused);
    await expect(seal(key, utf8('x'), fixed('ab'))).rejects.toMatchObject(refused);
    await expect(
      seal(
        key,
        utf8('x'),
        watchedRandom(() => {}),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      seal(
        key,
        utf8('x'),
        watchedRandom((bytes) => bytes.fill(7)),
      ),
    ).rejects.toMatchObject(refused);
    const stuck = watchedRandom((bytes) => bytes.forEach((_, at) => (bytes[at] = at + 1)));
    await seal(key, utf8('x'), stuck);
    await expect(seal(key, utf8('x'), stuck)).rejects.toMatchObject(refused);
    await expect(unseal(key, new Uint8Array(48))).rejects.toMatchObject(damaged);
    await expect(makeMasterKey(watchedRandom(() => {}))).rejects.toMatchObject(refused);
  });

  it('never draws one nonce twice in 100,000 seals, and seals equal texts differently', async () => {
    const key = await makeMasterKey(random);
    const nonces = new Set<string>();
    const plain = utf8('x');
    for (let round = 0; round < 1_000; round += 1) {
      const sealed = await Promise.all(Array.from({ length: 100 }, () => seal(key, plain, random)));
      for (const bytes of sealed) nonces.add(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
    }
    expect(nonces.size).toBe(100_000);
  });

  it('takes keys of 64 bytes only, and keeps a copy of its own', async () => {
    for (const length of [0, 32, 63, 65]) await expect(importMasterKey(new Uint8Array(length))).rejects.toThrow(RangeError);
    const given = random(64);
    const key = await importMasterKey(given);
    const before = exportMasterKey(key);
    given.fill(0);
    exportMasterKey(key).fill(0);
    expect(exportMasterKey(key)).toEqual(before);
    expect(key.encryption.extractable).toBe(false);
  });
});

import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveSealingKey, importBaseKey, importSealingKey, seal, tagSizeBytes, unseal } from '../../src/crypto/aead';

const keyBytes = Uint8Array.from({ length: 32 }, (_, at) => at);
const nonce = Uint8Array.from({ length: 12 }, (_, at) => 200 + at);

const anyBytes = fc.uint8Array({ maxLength: 200 });

/** AES-256-GCM by OpenSSL, a second implementation. */
function sealByNode(plain: Uint8Array, context: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', keyBytes, nonce);
  cipher.setAAD(Buffer.from(context));
  return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
}

describe('sealing', () => {
  it('gives what another implementation gives, empty and long contexts included', async () => {
    const key = await importSealingKey(keyBytes);
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.oneof(fc.string(), fc.constant(''), fc.constant('x'.repeat(100_000))), async (plain, context) => {
        const sealed = await seal(key, nonce, context, plain);
        expect(sealed).toEqual(sealByNode(plain, context));
        expect(await unseal(key, nonce, context, sealed)).toEqual(plain);
      }),
    );
  });

  it('opens the NIST vector (GCM, 256-bit key, test case 14 of the specification)', async () => {
    const key = await importSealingKey(new Uint8Array(32));
    const sealed = await seal(key, new Uint8Array(12), '', new Uint8Array(16));
    expect(Buffer.from(sealed).toString('hex')).toBe('cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919');
  });

  it('detects every flipped bit, and gives nothing then', async () => {
    const key = await importSealingKey(keyBytes);
    const sealed = await seal(key, nonce, 'context', new TextEncoder().encode('short text'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(unseal(key, nonce, 'context', flipped)).rejects.toMatchObject({ code: 'tampered' });
    }
  });

  it('refuses a cut or lengthened tag, another context, another nonce, another key', async () => {
    const key = await importSealingKey(keyBytes);
    const sealed = await seal(key, nonce, 'context', new Uint8Array([1, 2, 3]));
    const tampered = { code: 'tampered' };
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(unseal(key, nonce, 'context', sealed.subarray(0, length))).rejects.toMatchObject(tampered);
    }
    await expect(unseal(key, nonce, 'context', new Uint8Array([...sealed, 0]))).rejects.toMatchObject(tampered);
    await expect(unseal(key, nonce, 'Context', sealed)).rejects.toMatchObject(tampered);
    await expect(unseal(key, nonce, '', sealed)).rejects.toMatchObject(tampered);
    await expect(unseal(key, nonce.with(0, 0), 'context', sealed)).rejects.toMatchObject(tampered);
    await expect(unseal(await importSealingKey(keyBytes.with(0, 1)), nonce, 'context', sealed)).rejects.toMatchObject(tampered);
    expect(await seal(key, nonce, '', new Uint8Array())).toHaveLength(tagSizeBytes);
  });

  it('takes nonces of 12 bytes and keys of 32 only', async () => {
    const key = await importSealingKey(keyBytes);
    for (const length of [0, 1, 11, 13, 16]) {
      await expect(seal(key, new Uint8Array(length), '', new Uint8Array())).rejects.toThrow(RangeError);
      await expect(unseal(key, new Uint8Array(length), '', new Uint8Array(16))).rejects.toThrow(RangeError);
    }
    for (const length of [0, 16, 24, 31, 33]) expect(() => importSealingKey(new Uint8Array(length))).toThrow(RangeError);
    expect(() => importBaseKey(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('derived keys', () => {
  /** HKDF-SHA-256 of RFC 5869 in five lines, by OpenSSL's HMAC. */
  function hkdf(salt: Uint8Array, info: string): Uint8Array {
    const extracted = createHmac('sha256', salt).update(keyBytes).digest();
    return new Uint8Array(createHmac('sha256', extracted).update(info).update(Uint8Array.of(1)).digest());
  }

  it('are those of RFC 5869', async () => {
    const base = await importBaseKey(keyBytes);
    const salt = new TextEncoder().encode('salt');
    const derived = await deriveSealingKey(base, salt, 'name');
    const same = await importSealingKey(hkdf(salt, 'name'));
    const sealed = await seal(derived, nonce, 'c', new Uint8Array([9]));
    expect(await unseal(same, nonce, 'c', sealed)).toEqual(new Uint8Array([9]));
  });

  it('cannot be extracted, and neither can their base', async () => {
    const base = await importBaseKey(keyBytes);
    const derived = await deriveSealingKey(base, new Uint8Array(), 'name');
    for (const key of [base, derived, await importSealingKey(keyBytes)]) {
      expect(key.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    }
  });
});

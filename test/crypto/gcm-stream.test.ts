// GCM in pieces against Node's own.

import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gcmMessage } from '../../src/crypto/gcm-stream';

async function* cut(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): { readonly ciphertext: Uint8Array; readonly tag: Uint8Array } {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const ciphertext = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]));
  return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** The product in GHASH's field, bit by bit. */
function multiply(one: bigint, other: bigint): bigint {
  let product = 0n;
  for (let bit = 127n, shifted = other; bit >= 0n; bit--) {
    if ((one >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ (0xe1n << 120n) : shifted >> 1n;
  }
  return product;
}

/** An IV of 16 bytes whose counter begins with `first`, which is (iv · H + 128) · H: solved for iv by the inverse of H, its power 2^128 - 2. */
function ivForCounter(key: Uint8Array, first: Uint8Array): Uint8Array {
  const hashKey = numberOf(createCipheriv('aes-256-ecb', key, null).update(new Uint8Array(16)));
  let inverse = 1n << 127n;
  for (let bit = 1, square = multiply(hashKey, hashKey); bit < 128; bit++, square = multiply(square, square))
    inverse = multiply(inverse, square);
  const iv = multiply(multiply(numberOf(first), inverse) ^ 128n, inverse);
  return new Uint8Array(Buffer.from(iv.toString(16).padStart(32, '0'), 'hex'));
}

describe('GCM in pieces', () => {
  const sizes = [0, 1, 16, 1000, 1 << 20, (1 << 20) + 1, (5 << 20) + 77];
  test.each([12, 16, 1, 33])('has the tag that Node gives, and decrypts at any place, with an IV of %i bytes', async (ivBytes) => {
    for (const size of sizes) {
      const [key, iv, plain] = [new Uint8Array(randomBytes(32)), randomBytes(ivBytes), randomBytes(size)];
      const { ciphertext, tag } = encrypt(key, iv, plain);
      const message = await gcmMessage(key, iv);
      expect(await message.tagOf(cut(ciphertext, 700_001))).toEqual(tag);
      for (const from of [0, 5, 16, Math.floor(size / 2)]) {
        const part = ciphertext.subarray(from, from + 100_003);
        expect(Buffer.compare(await message.decrypt(part, from), plain.subarray(from, from + 100_003))).toBe(0);
        expect(Buffer.compare(message.decryptSync(part, from), plain.subarray(from, from + 100_003))).toBe(0);
      }
    }
  });

  test('counts on from zero behind the highest 32-bit number', async () => {
    const key = new Uint8Array(randomBytes(32));
    const first = Uint8Array.from([...randomBytes(12), 0xff, 0xff, 0xff, 0xf0]);
    const iv = ivForCounter(key, first);
    const plain = randomBytes(100_000);
    const { ciphertext, tag } = encrypt(key, iv, plain);
    // The counter is the one that was wished: AES of it plus one is what the first block was masked with.
    const mask = createCipheriv('aes-256-ecb', key, null).update(Uint8Array.from([...first.subarray(0, 15), 0xf1]));
    expect(ciphertext.subarray(0, 16)).toEqual(Uint8Array.from(mask, (byte, at) => byte ^ plain[at]!));
    const message = await gcmMessage(key, iv);
    expect(await message.tagOf(cut(ciphertext, 5000))).toEqual(tag);
    expect(Buffer.compare(await message.decrypt(ciphertext, 0), plain)).toBe(0);
    expect(Buffer.compare(message.decryptSync(ciphertext.subarray(999), 999), plain.subarray(999))).toBe(0);
  });

  test('any bit of the ciphertext changes the tag', async () => {
    const [key, iv] = [new Uint8Array(randomBytes(32)), randomBytes(16)];
    const { ciphertext, tag } = encrypt(key, iv, randomBytes(100));
    const message = await gcmMessage(key, iv);
    for (let bit = 0; bit < 800; bit += 13) {
      const changed = ciphertext.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(await message.tagOf(cut(changed, 100))).not.toEqual(tag);
    }
  });
});

// The WebAssembly of a page's cipher beside another implementation and the standards' own vectors.

import { readFileSync } from 'node:fs';
import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import wabt from 'wabt';
import { pageDecrypter } from '../../src/crypto/page-cbc';
import { pageCipherCodeB64 } from '../../src/crypto/page-cipher-code';
import { pageHmac } from '../../src/crypto/page-hmac';
import type { PageHash } from '../../src/crypto/page-hmac';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const nobleHashes = { 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-512': sha512 };
const hashes = Object.keys(nobleHashes) as readonly PageHash[];
const empty = new Uint8Array(0);
/** Neither zeros nor with a short period. */
const mixed = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * at * 31 + (at >> 7)) & 0xff);

test('runs the code that its source says', async () => {
  const source = readFileSync(new URL('../../src/crypto/page-cipher.wat', import.meta.url), 'utf8');
  const module = (await wabt()).parseWat('page-cipher.wat', source);
  module.validate();
  expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(pageCipherCodeB64);
  module.destroy();
});

describe('AES-256-CBC, decrypting', () => {
  test('gives the plain text of SP 800-38A, F.2.6', () => {
    const key = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
    const sealed = hex(
      'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b',
    );
    const plain =
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
    expect(pageDecrypter(key)(sealed, hex('000102030405060708090a0b0c0d0e0f'))).toEqual(hex(plain));
  });

  test('agrees with another implementation on any key, block and number of blocks', () => {
    fc.assert(
      fc.property(
        bytes(32),
        bytes(16),
        fc.integer({ min: 0, max: 40 }).chain((blocks) => bytes(16 * blocks)),
        (key, iv, sealed) => {
          expect(pageDecrypter(key)(sealed, iv)).toEqual(cbc(key, iv, { disablePadding: true }).decrypt(sealed));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([496, 4016, 65_536])('undoes what another implementation made of %i bytes, whatever it did before', (length) => {
    const [key, iv] = [mixed(32), mixed(16).reverse()];
    const decrypt = pageDecrypter(key);
    const sealed = cbc(key, iv, { disablePadding: true }).encrypt(mixed(length));
    pageHmac('SHA-512', key)(sealed, empty);
    expect(decrypt(sealed, iv)).toEqual(mixed(length));
    expect(decrypt(sealed, iv)).toEqual(mixed(length));
  });

  test('takes whole blocks and keys of 32 bytes only', () => {
    expect(() => pageDecrypter(new Uint8Array(16))).toThrow(RangeError);
    const decrypt = pageDecrypter(new Uint8Array(32));
    expect(() => decrypt(new Uint8Array(17), new Uint8Array(16))).toThrow(RangeError);
    expect(() => decrypt(new Uint8Array(16), new Uint8Array(15))).toThrow(RangeError);
    expect(() => decrypt(new Uint8Array(131_072), new Uint8Array(16))).toThrow(RangeError);
  });
});

describe.each(hashes)('HMAC by %s', (hash) => {
  const tagOf = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(nobleHashes[hash], key, message);

  test('agrees with another implementation on any key, and any message in any two pieces', () => {
    const inTwo = fc
      .uint8Array({ maxLength: 400 })
      .chain((message) => fc.tuple(fc.constant(message), fc.integer({ min: 0, max: message.length })));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), inTwo, (key, [message, cut]) => {
        expect(pageHmac(hash, key)(message.subarray(0, cut), message.subarray(cut))).toEqual(tagOf(key, message));
      }),
      { numRuns: 500 },
    );
  });

  test('agrees at every length around a block and around the longest page', () => {
    const key = mixed(32);
    const macOf = pageHmac(hash, key);
    for (const length of [...Array(300).keys(), 4032, 65_472, 65_535, 65_536]) {
      const message = mixed(length + 4);
      expect(macOf(message.subarray(0, length), message.subarray(length)), `${length}`).toEqual(tagOf(key, message));
    }
  });

  test('takes no more than a page, and no key longer than a block', () => {
    expect(() => pageHmac(hash, mixed(32))(new Uint8Array(131_072), empty)).toThrow(RangeError);
    expect(() => pageHmac(hash, mixed(129))).toThrow(RangeError);
  });
});

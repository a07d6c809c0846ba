// Our Poly1305 beside the RFC's own vectors and another implementation, over every length around a block and a piece.

import { readFileSync } from 'node:fs';
import { poly1305 as noblePoly1305 } from '@noble/ciphers/_poly1305.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import wabt from 'wabt';
import { poly1305 } from '../../src/crypto/poly1305';
import { poly1305CodeB64 } from '../../src/crypto/poly1305-code';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/[\s:]/g, ''), 'hex'));
const key = (r: string, s: string): Uint8Array => hex(r.padEnd(32, '0') + s.padEnd(32, '0'));

describe('Poly1305', () => {
  test('gives the tag of RFC 8439, section 2.5.2', () => {
    const oneTime = hex('85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b');
    const tag = poly1305(new TextEncoder().encode('Cryptographic Forum Research Group'), oneTime);
    expect(tag).toEqual(hex('a8:06:1d:c1:30:51:36:c6:c2:2b:8b:af:0c:01:27:a9'));
  });

  // RFC 8439, appendix A.3, vectors 7 to 11: sums and products at the edges of the modulus and of 128 bits.
  test.each([
    ['02', '', 'ffffffffffffffffffffffffffffffff', '03'],
    ['02', 'ffffffffffffffffffffffffffffffff', '02000000000000000000000000000000', '03'],
    ['01', '', 'fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000', '05'],
    ['01', '', 'fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101', '00'],
    ['02', '', 'fdffffffffffffffffffffffffffffff', 'faffffffffffffffffffffffffffffff'],
  ])('r %s, s %s over %s', (r, s, message, tag) => {
    expect(poly1305(hex(message), key(r, s))).toEqual(hex(tag.padEnd(32, '0')));
  });

  test('agrees with another implementation on any message and key', () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes32, (message, oneTime) => {
        expect(poly1305(message, oneTime)).toEqual(noblePoly1305(message, oneTime));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([0, 1, 15, 16, 17, 262_143, 262_144, 262_145, 262_160, 600_001])('agrees on %i bytes of ones', (length) => {
    const message = new Uint8Array(length).fill(0xff);
    const oneTime = new Uint8Array(32).fill(0xff);
    expect(poly1305(message, oneTime)).toEqual(noblePoly1305(message, oneTime));
  });

  test('takes no key of another length', () => {
    expect(() => poly1305(new Uint8Array(1), new Uint8Array(31))).toThrow(RangeError);
  });

  test('runs the code that its source says', async () => {
    const source = readFileSync(new URL('../../src/crypto/poly1305.wat', import.meta.url), 'utf8');
    const module = (await wabt()).parseWat('poly1305.wat', source);
    module.validate();
    expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(poly1305CodeB64);
    module.destroy();
  });
});

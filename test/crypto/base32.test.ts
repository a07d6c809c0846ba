import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from '../../src/crypto/base32';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('base32', () => {
  it('gives the vectors of RFC 4648 §10, without padding', () => {
    for (const [text, encoded] of [
      ['', ''],
      ['f', 'MY'],
      ['fo', 'MZXQ'],
      ['foo', 'MZXW6'],
      ['foob', 'MZXW6YQ'],
      ['fooba', 'MZXW6YTB'],
      ['foobar', 'MZXW6YTBOI'],
    ] as const) {
      expect(toBase32(utf8(text))).toBe(encoded);
      expect(fromBase32(encoded)).toEqual(utf8(text));
    }
  });

  it('gives back what it was given', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => void expect(fromBase32(toBase32(bytes))).toEqual(bytes)));
  });

  it('is null for what it never makes', () => {
    for (const text of ['M', 'MZ', 'my', 'M0', 'MY=', 'MZXW6Y', 'MY ', '樟木']) expect(fromBase32(text), text).toBeNull();
  });
});

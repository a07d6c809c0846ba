// Texts taken out of a column's bytes one at a time.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textAt, textFromByte, textsFrom } from '../../src/search/raw-texts';

const utf8 = new TextEncoder();
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', '火锅', '😂', '❤️', 'é', '\ud83d')), { maxLength: 60 })
  .map((parts) => parts.join('').toWellFormed());

test('are what was put in, whatever stands before and behind them', () => {
  fc.assert(
    fc.property(text, text, text, (before, middle, after) => {
      const bytes = utf8.encode(before + middle + after);
      const from = utf8.encode(before).length;
      expect(textFromByte(bytes, from, middle.length)).toEqual({ text: middle, end: from + utf8.encode(middle).length });
      const ends = Uint32Array.of(before.length, before.length + middle.length, before.length + middle.length + after.length);
      expect([0, 1, 2].map((place) => textAt({ utf8: bytes, ends }, place))).toEqual([before, middle, after]);
      expect(textAt(textsFrom({ utf8: bytes, ends }, 1), 1)).toBe(after);
    }),
    { numRuns: 2000 },
  );
});

test('are damaged where the bytes are no UTF-8, as the engine’s decoder says', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6 }), fc.nat(6), (bytes, units) => {
      const isWhole = (end: number): boolean => {
        try {
          return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end)).length === units;
        } catch {
          return false;
        }
      };
      const read = (): unknown => textFromByte(bytes, 0, units);
      try {
        expect(isWhole((read() as { end: number }).end)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'damaged' });
      }
    }),
    { numRuns: 20_000 },
  );
});

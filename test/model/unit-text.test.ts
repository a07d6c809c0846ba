import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyText, textOfUnits } from '../../src/model/unit-text';

it('gives each unit one letter, however many there are', () => {
  fc.assert(
    fc.property(fc.uint16Array({ maxLength: 40 }), fc.constantFrom(1, 8192, 8193), (some, times) => {
      const units = Uint16Array.from({ length: Math.min(some.length * times, 20_000) }, (_, at) => some[at % some.length] ?? 0);
      const text = textOfUnits(units);
      expect(text.length).toBe(units.length);
      expect(units.every((unit, at) => text.charCodeAt(at) === unit)).toBe(true);
    }),
  );
  expect(textOfUnits(Uint8Array.of(0, 65, 255))).toBe('\0A\xff');
});

it.each(['', 'a', 'ä\ud800你\udc00', '😀'.repeat(9000)])('a copy is the same text, %#', (text) => {
  expect(copyText(text)).toBe(text);
});

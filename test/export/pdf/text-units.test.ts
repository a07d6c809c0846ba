// Text before it is drawn: cleaned, cut into units, put into the order in which it is seen.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bidiClassOf, isRightToLeft, levelsOf, visualOrder } from '../../../src/export/messages/pdf/bidi';
import { cleanLines } from '../../../src/export/messages/pdf/clean-text';
import { cutUnits } from '../../../src/export/messages/pdf/text-units';

test('controls are seen as U+FFFD, what ends a line ends it, marks of order are gone', () => {
  expect(cleanLines('a\0b\u202ec\ud800d\r\ne\u2028f\tg\u200eh\u2066i\u2069\u200d')).toEqual(['a�b�c�d', 'e', 'f    ghi\u200d']);
});

test('units hold all of a line, in order', () => {
  const anyLine = fc.array(fc.constantFrom('a', ' ', '中', '👨‍👩‍👧', '🇩🇪', 'e\u0301', 'ل', 'ا', 'ب', 'س\u0650', '\u200c', 'क', '्', 'ष', '\u0301', 'א\u05b0', '1', '(', '\u1039', 'က')); // prettier-ignore
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyLine.map((all) => all.join(''))), (text) => {
    for (const line of cleanLines(text)) {
      const units = cutUnits(line);
      expect(units.map((unit) => unit.text).join('')).toBe(line);
      expect(units.every((unit) => unit.text.length > 0 && unit.text.length <= 32)).toBe(true);
    }
  })); // prettier-ignore
});

test.each([
  ['abc', ['a', 'b', 'c']],
  ['你好👨‍👩‍👧🇩🇪e\u0301', ['你', '好', '👨‍👩‍👧', '🇩🇪', 'e\u0301']],
  ['क्षत्रिय', ['क्ष', 'त्रि', 'य']],
  ['ที่นี่', ['ที่', 'นี่']],
])('%s is cut where its letters end', (line, units) => {
  expect(cutUnits(line).map(({ drawn }) => drawn)).toEqual(units);
});

test('an Arabic letter is drawn as its neighbours have it; lam and alef as one', () => {
  const drawn = (line: string): readonly string[] => cutUnits(line).map((unit) => unit.drawn.replaceAll('\u200d', '-').replaceAll('\u200f', '')); // prettier-ignore
  expect(drawn('كتب')).toEqual(['ك-', '-ت-', '-ب']);
  // Dal, alef and waw join nothing behind them, hamza nothing at all.
  expect(drawn('دار')).toEqual(['د', 'ا', 'ر']);
  expect(drawn('ماء نور')).toEqual(['م-', '-ا', 'ء', ' ', 'ن-', '-و', 'ر']);
  expect(drawn('سلام')).toEqual(['س-', '-لا', '', 'م']);
  // Marks are units without ink: they are drawn with their letter.
  expect(drawn('بِنْت')).toEqual(['بِ-', '', '-نْ-', '', '-ت']);
  // A non-joiner parts.
  expect(drawn('می\u200cرود')).toEqual(['م-', '-ی\u200c', '', 'ر', 'و', 'د']);
});

/** Small letters run from left to right, large ones from right to left. */
function seen(text: string): string {
  const units = [...text];
  const classes = units.map((unit) => (/[A-Z]/.test(unit) ? 'R' : bidiClassOf(unit)));
  const levels = levelsOf(classes, isRightToLeft(classes) ? 1 : 0);
  return visualOrder(levels).map((at) => units[at]).join(''); // prettier-ignore
}

test.each([
  ['he said "CAR MEANS CAR"', 'he said "RAC SNAEM RAC"'],
  ['aB 123', 'a123 B'],
  ['CAR', 'RAC'],
  ['CAR is car', 'is car RAC'],
  ['CAR is 12.5 MORE', 'EROM is 12.5 RAC'],
  ['ABC 123, 45', '45 ,123 CBA'],
  ['on A, B and C', 'on B ,A and C'],
  ['plain 1-2', 'plain 1-2'],
])('%s is seen as %s', (text, expected) => {
  expect(seen(text)).toBe(expected);
});

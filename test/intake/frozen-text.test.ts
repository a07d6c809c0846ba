import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classOf, freezeText } from '../../src/intake/frozen-text';

function freezePlainly(text: string): string {
  const kept = [...text].filter((letter) => !/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(letter)).join('');
  return kept
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ')
    .normalize('NFC');
}

test.each([
  ['', ''],
  ['  two  words\n', 'two words'],
  ['\u200eimage omitted', 'image omitted'],
  ['9:25\u202fPM', '9:25 PM'],
  ['吃了,你呢', '吃了,你呢'],
  ['全角\u3000空白', '全角 空白'],
  ['cafe\u0301', 'café'],
  ['か\u3099', 'が'],
  ['각', '각'],
  ['\u202a+86 138\u202c', '+86 138'],
])('%j is frozen as %j', (text, frozen) => expect(freezeText(text)).toBe(frozen));

test('the quick way gives what the plain way gives', () => {
  const unit = fc.oneof(
    fc.constantFrom(
      '\u0301',
      '\u3099',
      '\u200f',
      '\ufeff',
      ' ',
      '\t',
      '\u00a0',
      '\u2009',
      '\u3000',
      'か',
      'e',
      '\u1100',
      '\u1161',
      'ﾞ',
      '\u0340',
    ),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  );
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 12 }).map((units) => units.join('')),
      (text) => freezeText(text) === freezePlainly(text),
    ),
    { numRuns: 20_000 },
  );
});

test('freezing twice is freezing once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => freezeText(freezeText(text)) === freezeText(text)));
});

test('classes', () => {
  expect(classOf({ kind: 'link', facts: null, attachments: [] })).toBe('text');
  expect(classOf({ kind: 'sticker', facts: null, attachments: [] })).toBe('media');
  expect(classOf({ kind: 'text', facts: { deleted: { by: 'sender' } }, attachments: [] })).toBe('deleted');
});

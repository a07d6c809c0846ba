// Short texts are what the engine's decoder makes of them; what is no UTF-8 is left to it.

import { expect, test } from 'vitest';
import { decodeShortText, shortTextBytes } from '../../../src/bytes/sqlite/short-text';

const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

test.each([
  '',
  'a',
  '\0',
  '\ufeff3EB0',
  'ä\u07ff',
  '\u0800你好\uffff',
  '\ud7ff\ue000',
  '😀\u{10ffff}\u{10000}',
  'x'.repeat(shortTextBytes),
])('%j', (text) => expect(decodeShortText(new TextEncoder().encode(text))).toBe(text));

test('of what is too long nothing', () => {
  expect(decodeShortText(new Uint8Array(shortTextBytes + 1))).toBeNull();
});

test('any two, and any four bytes of the borders: as a strict decoder has them', () => {
  const borders = [
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff,
  ];
  const differ: number[][] = [];
  const look = (bytes: number[]): void => {
    const array = Uint8Array.from(bytes);
    if (decodeShortText(array) !== decodeStrictly(array)) differ.push(bytes);
  };
  for (let first = 0; first < 256; first++) for (let second = 0; second < 256; second++) look([first, second]);
  for (const first of borders)
    for (const second of borders) for (const third of borders) for (const fourth of borders) look([first, second, third, fourth]);
  for (const first of borders) for (const second of borders) for (const third of borders) look([first, second, third]);
  expect(differ).toEqual([]);
});

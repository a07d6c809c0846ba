// Letters as pictures: what they look like, what they stand for, and what happens when there are too many of them.

import { expect, test } from 'vitest';
import { createGlyphFonts, toUnicodeMap } from '../../../src/export/messages/pdf/glyph-fonts';
import { createGlyphPainter, emPx, maskHex } from '../../../src/export/messages/pdf/glyph-painter';
import { createPdfFile } from '../../../src/export/messages/pdf/pdf-file';

test('a letter is drawn once, in ink alone; a coloured one in its colours, whatever the weight', () => {
  const painter = createGlyphPainter('en');
  const wide = painter.paint('\u2588', 400);
  expect(wide.isColoured).toBe(false);
  // A full block: all but its edges is ink.
  const hex = maskHex(wide);
  expect(hex.length).toBe(Math.ceil(wide.widthPx / 8) * 2 * wide.heightPx);
  expect(hex.replaceAll('f', '').length / hex.length).toBeLessThan(0.25);
  expect(wide.heightPx).toBeGreaterThan(emPx / 2);
  expect(painter.paint(' ', 400).pixels).toBeNull();
  expect(painter.paint('iiiii', 400).advancePx).toBeLessThan(painter.paint('mmmmm', 400).advancePx);
});

test('256 make a font; past the limit all are forgotten, drawn again, and none is lost', async () => {
  const file = createPdfFile('0'.repeat(32));
  const fonts = createGlyphFonts(file, createGlyphPainter('en'), 300);
  const letter = (at: number): string => String.fromCharCode(0x4e00 + at);
  const first = fonts.glyph(letter(0), letter(0), 400);
  expect(fonts.glyph(letter(0), letter(0), 400)).toBe(first);
  expect(first).toMatchObject({ text: '一', bidi: 'L', isWide: true, code: 1 });
  const numbers = new Set(Array.from({ length: 299 }, (_, at) => fonts.glyph(letter(at), letter(at), 400).font));
  expect(numbers.size).toBe(2);
  expect(fonts.glyph(letter(0), letter(0), 400)).toBe(first);
  fonts.glyph(letter(299), letter(299), 400);
  fonts.glyph(letter(300), letter(300), 400);
  const again = fonts.glyph(letter(0), letter(0), 400);
  expect(numbers.has(again.font)).toBe(false);
  expect({ ...again, font: 0, code: 0 }).toEqual({ ...first, font: 0, code: 0 });
  fonts.end();
  const text = new TextDecoder('latin1').decode(await new Blob((await file.take()) as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  expect(text.match(/\/Subtype \/Type3/g)).toHaveLength(3);
});

test('a code stands for all of its text, in blocks of a hundred', () => {
  const map = toUnicodeMap(['', ...Array.from({ length: 150 }, () => 'a'), '👍🏽', '(\\)']);
  expect(map.match(/\d+ beginbfchar/g)).toEqual(['100 beginbfchar', '52 beginbfchar']);
  expect(map).not.toContain('\n<00> <');
  expect(map).toContain('<97> <d83ddc4dd83cdffd>');
  expect(map).toContain('<98> <0028005c0029>');
});

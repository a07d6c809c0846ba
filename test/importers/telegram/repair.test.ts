import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairHexEscapes } from '../../../src/importers/telegram/repair';

/** A string as tdesktop writes it (SerializeString of export_output_json.cpp). */
function serialiseAsTelegram(text: string): string {
  let written = '"';
  for (const unit of text) {
    if (unit === '\n') written += '\\n';
    else if (unit === '\r') written += '\\r';
    else if (unit === '\t') written += '\\t';
    else if (unit === '"' || unit === '\\') written += `\\${unit}`;
    else if (unit < ' ') written += `\\x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    else written += unit;
  }
  return `${written}"`;
}

/** Dense in what matters: backslashes, the letter x, hex digits, quotes, control characters. */
const trickyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\\', 'x', '0', '7', 'A', 'F', '"', '\x00', '\x07', '\x1b', '\x1f', '\n', '\t'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
  ),
});

describe('repairHexEscapes', () => {
  it('gives JSON whose text is what the app meant', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expect(JSON.parse(repairHexEscapes(serialiseAsTelegram(text)))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing in JSON that is sound', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(repairHexEscapes(json)).toBe(json);
      }),
    );
  });

  it('leaves an x after an escaped backslash, and lower-case hex', () => {
    expect(repairHexEscapes(String.raw`"\x07 \\x07 \\\x07 \x0a \x1F"`)).toBe(String.raw`"\u0007 \\x07 \\\u0007 \x0a \u001F"`);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsUnsafeInteger, quoteLongIntegers, repairHexEscapes } from '../../../src/importers/telegram/repair';

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

describe('quoteLongIntegers', () => {
  it('keeps every integer exact, and every other value as it was', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (big, text, double) => {
          const json = `{"big":${big},"list":[${big}, -1],"text":${JSON.stringify(text)},"double":${JSON.stringify(double)}}`;
          const parsed = JSON.parse(quoteLongIntegers(json)) as { big: string | number; list: unknown[]; text: string; double: number };
          expect(String(parsed.big)).toBe(String(big));
          expect(String(parsed.list[0])).toBe(String(big));
          expect(parsed.list[1]).toBe(-1);
          expect(parsed.text).toBe(text);
          expect(Number(parsed.double)).toBe(JSON.parse(JSON.stringify(double)));
        },
      ),
    );
  });

  it('leaves digits inside strings alone', () => {
    const json = String.raw`{"a":"1234567890123456789 \" 9876543210987654321","b":1}`;
    expect(quoteLongIntegers(json)).toBe(json);
  });
});

describe('holdsUnsafeInteger', () => {
  it('finds one at any depth, and is not deceived by doubles', () => {
    expect(holdsUnsafeInteger({ rows: [[{ button_id: 2 ** 60 }]] })).toBe(true);
    expect(holdsUnsafeInteger({ rows: [[{ button_id: 2 ** 53 - 1, at: 1e-9, text: '99999999999999999999' }]] })).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsUnsafeInteger, parseExactJson, quoteLongIntegers } from '../../src/importers/exact-json';

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

describe('parseExactJson', () => {
  it('rounds no id, and refuses what is no JSON', () => {
    expect(parseExactJson('{"ID":1180000000000000001,"n":7}')).toEqual({ ID: '1180000000000000001', n: 7 });
    expect(parseExactJson('{"ID":1180000000000000001')).toBeUndefined();
  });
});

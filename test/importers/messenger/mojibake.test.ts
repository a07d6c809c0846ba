import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairAll, repairMojibake } from '../../../src/importers/messenger/mojibake';

/** As Meta writes it: each byte of UTF-8 a character. */
const spoil = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));

describe('repairMojibake', () => {
  it('gives back every text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(repairMojibake(spoil(text))).toBe(text.toWellFormed())));
  });

  it.each(['Zoë', 'hi 😀', '你好', 'café ÿ', '\u00c3', 'plain', ''])('leaves %j, which is as it should be', (text) => {
    expect(repairMojibake(text)).toBe(text);
  });

  it('reaches every text of a value, and no name of a member can do harm', () => {
    const value = JSON.parse(`{"__proto__":{"a":"Zo\\u00c3\\u00ab"},"list":["Zo\\u00c3\\u00ab",1,null]}`) as { list: string[] };
    const repaired = repairAll(value) as Record<string, unknown>;
    expect(repaired['list']).toEqual(['Zoë', 1, null]);
    expect(Object.getPrototypeOf(repaired)).toBe(Object.prototype);
    expect(JSON.stringify(repaired)).toBe('{"__proto__":{"a":"Zoë"},"list":["Zoë",1,null]}');
  });
});

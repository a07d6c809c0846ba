import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldCluster, isExtender } from '../../src/search/fold';
import { CamphorError } from '../../src/model/error';
import { type JoinedTexts, mapNormalised, normaliseJoined, normaliseRaw, normaliseText } from '../../src/search/normalise';
import { rawTextsOf, textAt, textsFrom } from '../../src/search/raw-texts';
import { decodeText, encodeText, joinedFrom, joinTexts } from '../../src/vault/columns/text';
import { message } from './memory-reader';
import { anyText, join } from './texts';

describe('what is taken for the same', () => {
  test.each([
    ['case', 'Hello WORLD Straße ΣΊΣΥΦΟΣ İstanbul', 'hello world strasse σισυφοσ istanbul'],
    ['width', 'Ｈｅｌｌｏ　１２３，ｶﾞｷﾞ ﾊﾟ', 'hello 123,ガギ パ'],
    ['traditional', '發展頭髮裡後來看著說話臺灣', '发展头发里后来看着说话台湾'],
    ['simplified stays', '发展头发里后来看着说话台湾', '发展头发里后来看着说话台湾'],
    ['accents', 'Café naïve Ångström Łódź Đặng øre Ἀθῆναι', 'cafe naive angstrom lodz dang ore αθηναι'],
    ['accents written apart', 'Cafe\u0301', 'cafe'],
    ['Cyrillic letters stay, ё and stress fold', 'Йод ещё Київ за\u0301мок', 'йод еще київ замок'],
    ['Arabic and Hebrew points', 'مُحَمَّد أحمد שָׁלוֹם', 'محمد احمد שלום'],
    ['kana voicing stays, written either way', 'か\u3099 が カ\u3099', 'が が ガ'],
    ['Hangul written apart', '\u1112\u1161\u11ab\u1100\u1173\u11af ㅋㅋㅋ', '한글 ㅋㅋㅋ'],
    ['Thai vowels stay', 'สวัสดี', 'สวัสดี'],
    ['quotes and dashes', 'don’t — “yes” ‘no’', "don't - \"yes\" 'no'"],
    ['ligatures and units', 'ﬁne 5㎏ ½ … ℃', 'fine 5kg 1⁄2 ... °c'],
    ['white space', 'a\nb\tc\u00a0d\u3000e', 'a b c d e'],
    ['invisible marks', '\u200eab\u200b\u202ec\ufeff\u00ad\u2066d', 'abcd'],
    ['emoji keep their people and skin, lose joiners', '👨‍👩‍👧 👍🏽 ❤️', '👨👩👧 👍🏽 ❤'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['compatibility ideographs', '\uf900', '岂'],
  ])('%s', (_, text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  test('every code point, normalised twice, is what it is once; the table says what the rules say', () => {
    const changed: string[] = [];
    // Planes 4 to 13, and those for private use, hold nothing yet.
    for (let code = 0; code < 0xe1000; code = code === 0x3ffff ? 0xe0000 : code + 1) {
      const once = normaliseText(String.fromCodePoint(code));
      if (normaliseText(once) !== once || foldCluster(String.fromCodePoint(code)) !== once) changed.push(code.toString(16));
    }
    expect(changed).toEqual([]);
  });
});

function resultOf(run: () => JoinedTexts): JoinedTexts | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof CamphorError) return error.code;
    throw error;
  }
}

describe('texts joined', () => {
  test('each text is normalised on its own, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), (texts) => {
        const { joined, ends } = normaliseJoined(join(texts));
        const cut = texts.map((_, index) => joined.slice(ends[index - 1] ?? 0, ends[index]));
        expect(cut).toEqual(texts.map(normaliseText));
      }),
      { numRuns: 500 },
    );
  });

  test('as they are stored, they are the same', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), (texts) => {
        const column = decodeText(encodeText(joinTexts(texts.map((text) => message(text)))));
        const raw = rawTextsOf(column);
        expect(normaliseRaw(raw)).toEqual(normaliseJoined({ joined: column.joined, ends: column.ends }));
        for (const place of texts.keys()) {
          const from = place === 0 ? 0 : column.ends[place - 1];
          expect(textAt(raw, place)).toBe(column.joined.slice(from, column.ends[place]));
          const rest = textsFrom(raw, place);
          expect(joinedFrom(rest.utf8, rest.ends)).toBe(column.joined.slice(from));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('bytes that are no texts of that length are damaged, as where they are decoded', () => {
    const bytes = fc.array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x41, 0xe7, 0x81, 0xab, 0xf0, 0x9f, 0x98, 0x82, 0xc3, 0xed, 0xa0, 0x80)), { maxLength: 12 }); // prettier-ignore
    const lengths = fc.array(fc.nat(3), { maxLength: 5 });
    fc.assert(
      fc.property(bytes, lengths, (values, units) => {
        const utf8 = Uint8Array.from(values);
        let end = 0;
        const ends = Uint32Array.from(units, (length) => (end += length));
        const decoded = resultOf(() => normaliseJoined({ joined: joinedFrom(utf8, ends), ends }));
        const folded = resultOf(() => normaliseRaw({ utf8, ends }));
        // What splits a pair between two texts is no damage to the whole, and cannot be written by a vault.
        if (folded !== 'damaged' || decoded === 'damaged') expect(folded).toEqual(decoded);
      }),
      { numRuns: 5000 },
    );
  });

  test('a million marks on one letter take no longer than a million letters', () => {
    expect(normaliseText(`x${'\u0301\u0316'.repeat(500_000)}y`)).toBe('xy');
    expect(normaliseText('\ufdfa'.repeat(100_000))).toHaveLength(1_800_000);
  });
});

describe('the way back', () => {
  test('maps to the same text, in order, without gaps inside a piece', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const mapped = mapNormalised(text);
        expect(mapped.text).toBe(normaliseText(text));
        expect(mapped.from).toHaveLength(mapped.text.length);
        for (let at = 0; at < mapped.text.length; at++) {
          const [from, to] = [mapped.from[at] ?? -1, mapped.to[at] ?? -1];
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(text.length);
          if (at > 0) expect(from).toBeGreaterThanOrEqual(mapped.from[at - 1] ?? 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the original of any piece normalises to a text that holds the piece', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 8 }), (text, start, length) => {
        const mapped = mapNormalised(text);
        fc.pre(mapped.text.length > 0);
        const at = start % mapped.text.length;
        const end = Math.min(mapped.text.length, at + length);
        const original = text.slice(mapped.from[at], mapped.to[end - 1]);
        expect(normaliseText(original)).toContain(mapped.text.slice(at, end));
      }),
      { numRuns: 500 },
    );
  });

  test('what stands in a text as typed is found in it', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, term, after) => {
        // A mark behind the term would belong to its last letter, one before it to nothing.
        fc.pre(![term, after].some((text) => isExtender(String.fromCodePoint(text.codePointAt(0) ?? 0x61))));
        fc.pre(!/[\ud800-\udbff]$/.test(before + term) && !/^[\udc00-\udfff]/.test(term + after));
        fc.pre(!/[\ud800-\udbff]$/.test(before) && !/^[\udc00-\udfff]/.test(after));
        expect(normaliseText(before + term + after)).toContain(normaliseText(term));
      }),
      { numRuns: 500 },
    );
  });
});

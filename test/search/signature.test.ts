import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termGrams } from '../../src/search/grams';
import { normaliseJoined, normaliseText } from '../../src/search/normalise';
import { mayContain, signatureOf, signatureVersion } from '../../src/search/signature';
import { corpusAndTerm, join } from './texts';

const signature = (...texts: string[]): Uint8Array => signatureOf(join(texts));
const passes = (texts: string[], term: string): boolean => mayContain(signature(...texts), termGrams(normaliseText(term)));

describe('a signature', () => {
  test('never rules out a segment that holds the term', () => {
    fc.assert(
      fc.property(corpusAndTerm, ({ texts, term }) => {
        const normalised = normaliseText(term);
        const { joined, ends } = normaliseJoined(join(texts));
        const holds = texts.some((_, index) => joined.slice(ends[index - 1] ?? 0, ends[index]).includes(normalised));
        if (holds) expect(mayContain(signatureOf(join(texts)), termGrams(normalised))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['one character', ['我们今天吃火锅'], '龘'],
    ['two characters that stand apart', ['火车和铁锅'], '火锅'],
    ['a word', ['we met at noon'], 'midnight'],
    ['an emoji', ['好的😂'], '🎉'],
    ['a short word inside a phrase', ['meet me at noon, not at one'], 'met us at noon'],
  ])('rules out %s', (_, texts, term) => {
    expect(passes(texts, term)).toBe(false);
  });

  test('says nothing of up to three letters, which may stand inside a word', () => {
    expect(termGrams('cat')).toHaveLength(0);
    expect(termGrams('the cat sat')).toHaveLength(1);
    expect(passes(['concatenate'], 'cat')).toBe(true);
  });

  test('does not let a pair span two messages', () => {
    expect(passes(['火', '锅'], '火锅')).toBe(false);
  });

  test('another version, an empty one and an absent one rule nothing out', () => {
    const grams = termGrams('火锅');
    const made = signature('hello');
    expect(mayContain(made, grams)).toBe(false);
    expect(mayContain(Uint8Array.of(signatureVersion + 1, ...made.slice(1)), grams)).toBe(true);
    expect(mayContain(Uint8Array.of(signatureVersion), grams)).toBe(true);
    expect(mayContain(new Uint8Array(0), grams)).toBe(true);
  });

  test('is the same for the same texts, byte by byte', () => {
    // A change of these bytes is a change of `signatureVersion`.
    expect([...signature('Hello 世界', '發財 😂 ok')].map((byte) => byte.toString(16)).join(' ')).toMatchInlineSnapshot(
      `"1 97 2a 14 89 2 8a 38 b5 a1"`,
    );
  });

  test('lets about one in eleven absent pairs pass at its size', () => {
    const character = (index: number): string => String.fromCodePoint(0x4e00 + index);
    const present = Array.from({ length: 4096 }, (_, index) => character(index % 2048) + character((index * 7) % 2048));
    const made = signature(...present);
    let passed = 0;
    for (let index = 0; index < 2000; index++)
      passed += Number(mayContain(made, termGrams(character(index) + character((index * 7 + 3) % 2048))));
    expect(passed / 2000).toBeLessThan(0.15);
  });
});

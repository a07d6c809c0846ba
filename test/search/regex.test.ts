import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRegex } from '../../src/search/regex';
import { matched } from '../../src/search/regex-automaton';

const matches = (source: string, text: string): boolean => createRegex(source).matches(text, 0, text.length);

describe('regular expressions', () => {
  test.each([
    ['colou?r', 'the COLOR red', true],
    ['^b', 'a\nb', true],
    ['a$', 'a\nb', true],
    ['^b$', 'abc', false],
    ['\\bcat\\b', 'a cat.', true],
    ['\\bcat\\b', 'concatenate', false],
    ['\\Bcat', 'concatenate', true],
    ['[^a-z\\d]', 'abc1', false],
    ['\\p{Script=Han}{2}', '去 吃火锅', true],
    ['x{2,3}y', 'xxxxy', true],
    ['^x{2,3}y', 'xxxxy', false],
    ['(a|b)*c', 'ababc', true],
    ['(?:😂){2}', 'ha😂😂', true],
    ['.', '\n', false],
    ['.', '😂', true],
    ['\\u{1f602}', '😂', true],
    ['\\ud83d\\ude02', '😂', true],
    ['é', 'É', true],
    ['\\(\\)\\/\\-', '()/-', true],
    ['{', 'a{', true],
    ['', 'anything', true],
  ])('/%s/ in %j: %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  test.each([
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(?<!a)b',
    '(',
    ')',
    '[',
    '*',
    'a**',
    '[z-a]',
    '\\',
    '\\q',
    'x{3,2}',
    'x{2000}',
    '^*',
    '(?x)',
    '\\p{Nothing}',
  ])('/%s/ is refused', (source) => {
    expect(() => createRegex(source)).toThrow(expect.objectContaining({ code: 'query-invalid' }));
  });

  const atom = fc.constantFrom('a', 'b', 'A', '[ab]', '[^a]', '.', '\\d', '\\s', '\\w', '^', '$', '火', '😂', '(?:)');
  const { source } = fc.letrec<{ source: string; part: string }>((tie) => ({
    source: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      fc
        .tuple(fc.constantFrom('a', 'b', '.', '[ab1]', '火'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '*?'))
        .map((parts) => parts.join('')),
      tie('source').map((inside) => `(${inside})`),
      fc.tuple(tie('source'), tie('source')).map(([left, right]) => `(?:${left}|${right})`),
      fc.tuple(tie('source'), fc.constantFrom('*', '+', '?', '{2}')).map(([inside, times]) => `(?:${inside})${times}`),
    ),
  }));
  const shortSource = source.filter((text) => text.length <= 200);
  const subject = fc
    .array(fc.constantFrom('a', 'b', 'A', '1', ' ', '\n', '火', '😂', '\ud83d', 'é'), { maxLength: 10 })
    .map((parts) => parts.join(''));

  test('match where the engine’s own do', () => {
    fc.assert(
      fc.property(shortSource, subject, (pattern, text) => {
        expect(matches(pattern, text)).toBe(new RegExp(pattern, 'imu').test(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('match texts as they are stored as they match their strings, decoded only where one has a pair of surrogates', () => {
    const stored = subject.map((text) => text.toWellFormed());
    fc.assert(
      fc.property(shortSource, stored, stored, (pattern, before, text) => {
        const utf8 = new TextEncoder().encode(before + text + before);
        const from = new TextEncoder().encode(before).length;
        const end = createRegex(pattern).runStored(utf8, from, text.length);
        if (end >= 0) expect([end, false]).toEqual([utf8.length - from, matches(pattern, text)]);
        else if (end === matched) expect(matches(pattern, text)).toBe(true);
        else expect(text).toContain('😂');
      }),
      { numRuns: 3000 },
    );
  });

  test.each([[[0x80]], [[0xc1, 0x81]], [[0xe0, 0x81, 0x81]], [[0xe7, 0x81]], [[0xed, 0xa0, 0x80]], [[0xe7, 0x41, 0x41]], [[0xff]]])(
    'what is no UTF-8 (%j) is left to be decoded',
    (bytes) => expect(createRegex('b').runStored(Uint8Array.from(bytes), 0, 1)).toBe(-2),
  );

  test.each([
    ['cat', ['cat']],
    ['ca?t', ['c', 't']],
    ['\\bcat\\b food', ['cat', 'food']],
    ['火锅+店', ['火', '锅', '店']],
    ['(ab|cd)ef', ['ef']],
    ['(ab)(cd)', ['abcd']],
    ['x{0}y', ['y']],
    ['é\\dカ', []],
  ])('/%s/ needs %j', (pattern, literals) => {
    expect(createRegex(pattern).literals).toEqual(literals);
  });

  test('spans are matches, in order, and there are some where it matches more than nothing', () => {
    fc.assert(
      fc.property(shortSource, subject, (pattern, text) => {
        const spans = createRegex(pattern).spans(text, 10);
        let last = 0;
        for (const [from, to] of spans) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        const own = [...text.matchAll(new RegExp(pattern, 'gimu'))].filter(([found]) => found !== '');
        expect(spans.length > 0 || own.length === 0).toBe(true);
        if (own[0] && spans[0]) expect(spans[0][0]).toBeLessThanOrEqual(own[0].index);
      }),
      { numRuns: 2000 },
    );
  });

  test('a range of a longer text is a text of its own', () => {
    expect(createRegex('^b$').matches('abc', 1, 2)).toBe(true);
    expect(createRegex('\\bb\\b').matches('abc', 1, 2)).toBe(true);
    expect(createRegex('ab').matches('abc', 1, 3)).toBe(false);
  });

  test.each(['(a+)+$', '(a|a)*b', '(a*)*b', '.*.*.*=.*', '(a|b)*a(a|b){12}c', 'a*a*a*a*a*b', '(.*a){10}b'])(
    '/%s/ looks at a megabyte once',
    (pattern) => {
      const regex = createRegex(pattern);
      const evil = 'a'.repeat(1_000_000);
      expect(regex.matches(`${evil}!`, 0, evil.length + 1)).toBe(false);
      expect(regex.spans(`${evil}!`, 5).length).toBeLessThanOrEqual(5);
    },
  );

  test('states are let go when there are too many, and the answer stays right', () => {
    const regex = createRegex('a[ab]{14}c');
    let seed = 7;
    const random = (): string => (((seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 16) & 1 ? 'a' : 'b');
    const text = Array.from({ length: 60_000 }, random).join('');
    expect(regex.matches(text, 0, text.length)).toBe(false);
    const whole = `${text}a${text.slice(0, 14)}c`;
    expect(regex.matches(whole, 0, whole.length)).toBe(true);
  });
});

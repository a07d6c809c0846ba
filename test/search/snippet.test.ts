import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseText } from '../../src/search/normalise';
import { createRegex } from '../../src/search/regex';
import { makeSnippet, snippetLimit } from '../../src/search/snippet';
import { anyText, chatText } from './texts';

const wanted = (...terms: string[]) => ({ terms: terms.map(normaliseText), regexes: [] });
const marked = (text: string, ...terms: string[]): string[] => {
  const { snippet, highlights } = makeSnippet(text, wanted(...terms));
  return highlights.map(({ from, to }) => snippet.slice(from, to));
};

describe('a snippet', () => {
  test.each([
    ['Café au lait', ['cafe'], ['Café']],
    ['Cafe\u0301 au lait', ['café'], ['Cafe\u0301']],
    ['去吃火鍋吧', ['火锅'], ['火鍋']],
    ['Straße', ['ss'], ['ß']],
    ['５㎏ flour', ['kg'], ['㎏']],
    ['a\u200bb', ['ab'], ['a\u200bb']],
    ['aaa', ['a'], ['aaa']],
    ['red wine, Red bread', ['red', 'wine'], ['red', 'wine', 'Red']],
    ['👨‍👩‍👧 here', ['👩'], ['👨‍👩‍👧']],
    ['nothing of it', ['xyz'], []],
  ])('of %j for %j marks %j', (text, terms, expected) => {
    expect(marked(text, ...terms)).toEqual(expected);
  });

  test('shows the first match with some text before it', () => {
    const text = `${'before '.repeat(40)}MATCH${' after'.repeat(40)}`;
    const { snippet, highlights } = makeSnippet(text, wanted('match'));
    expect(snippet).toMatch(/^….{30,45}MATCH.*…$/);
    expect(highlights.map(({ from, to }) => snippet.slice(from, to))).toEqual(['MATCH']);
  });

  test('marks what an expression matches', () => {
    const { snippet, highlights } = makeSnippet('call 555-1234 or 555-9876', {
      terms: [],
      regexes: [{ regex: createRegex('\\d+-\\d+'), over: 'raw' as const }],
    });
    expect(highlights.map(({ from, to }) => snippet.slice(from, to))).toEqual(['555-1234', '555-9876']);
  });

  test('is one line', () => {
    expect(makeSnippet('a\nb\r\nc\u2028d', wanted('d')).snippet).toBe('a b  c d');
  });

  test('is short, well cut and truly marked, whatever the text', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const long = fc.array(anyText, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(long, chatText, (text, term) => {
        const normalised = normaliseText(term);
        const { snippet, highlights } = makeSnippet(text, normalised === '' ? { terms: [], regexes: [] } : wanted(term));
        expect(snippet.length).toBeLessThanOrEqual(snippetLimit);
        let last = -1;
        for (const { from, to } of highlights) {
          expect(from).toBeGreaterThan(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(snippet.length);
          last = to;
        }
        const flat = text.replace(/[\t-\r\u0085\u2028\u2029]/g, ' ');
        // The text may begin with such dots itself.
        const inner = [snippet, snippet.replace(/^…/, '')].map((each) => each.replace(/…$/, ''));
        const isOfText = flat.length <= snippetLimit ? snippet === flat : inner.some((each) => flat.includes(each));
        expect(isOfText).toBe(true);
        if (normalised !== '' && normaliseText(text).includes(normalised)) expect(highlights.length).toBeGreaterThan(0);
        if (flat.length > snippetLimit && !snippet.startsWith('…')) {
          const borders = new Set([...graphemes.segment(text)].map(({ index }) => index));
          expect(borders.has(snippet.length - 1)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('of a letter under a million marks is cut anyway, between code points', () => {
    const { snippet } = makeSnippet(`x${'\u0301'.repeat(1_000_000)}`, wanted('x'));
    expect(snippet.length).toBeLessThanOrEqual(snippetLimit);
    const faces = makeSnippet('😂'.repeat(500), wanted('😂')).snippet;
    expect(faces.isWellFormed()).toBe(true);
    expect(faces.length).toBeGreaterThan(100);
  });

  test('of half a pair, NUL and marks of direction keeps them as they are', () => {
    expect(makeSnippet('\ud800\0\u202ex', wanted('x'))).toEqual({ snippet: '\ud800\0\u202ex', highlights: [{ from: 3, to: 4 }] });
  });
});

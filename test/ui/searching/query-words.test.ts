import { describe, expect, test } from 'vitest';
import { hasFilter, isUnfinished, replaceWord, toggleFilter, wordAt } from '../../../src/ui/searching/query-words';
import { snippetParts } from '../../../src/ui/searching/snippet-parts';

describe('query words', () => {
  test.each([
    ['hello fr', 8, 'from:', 'hello from:', 11],
    ['fr hello', 2, 'from:', 'from: hello', 5],
    ['from:"two words" x', 8, 'from:Zoë', 'from:Zoë x', 8],
    ['', 0, 'has:image', 'has:image ', 10],
  ])('%j at %d takes %j', (query, cursor, insert, next, at) =>
    expect(replaceWord(query, cursor, insert)).toEqual({ query: next, cursor: at }),
  );
  test.each(['', '  ', 'from:', '饭团 from:', '-has:', '来自：'])('%j waits for more', (query) => expect(isUnfinished(query)).toBe(true));
  test.each(['a', 'from:me', 'at 10:', 'from: me', ':'])('%j can be looked for', (query) => expect(isUnfinished(query)).toBe(false));
  test('the word under the cursor', () => expect(wordAt('a bc d', 3)).toEqual({ from: 2, to: 4 }));
  test('filters go on and off', () => {
    expect(toggleFilter('tea', 'has:image')).toBe('tea has:image');
    expect(toggleFilter('has:image tea', 'has:image')).toBe('tea');
    expect(hasFilter('xhas:image', 'has:image')).toBe(false);
  });
});

describe('snippetParts', () => {
  test('highlights that overlap or run over are healed, and nothing is lost', () => {
    const parts = snippetParts('one two three', [
      { from: 4, to: 7 },
      { from: 6, to: 99 },
      { from: 0, to: 0 },
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('one two three');
    expect(parts).toEqual([
      { text: 'one ', marked: false },
      { text: 'two', marked: true },
      { text: ' three', marked: true },
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseText } from '../../src/search/normalise';
import { createLooseWords, editsFor } from '../../src/search/loose-words';
import { allReadings } from '../../src/search/pinyin';
import { memoryReader, message } from './memory-reader';
import { hasStretch } from './oracle';
import { engineOver, runSearch } from './run-search';

/** Optimal string alignment, by its table. */
function distance(from: string, to: string): number {
  const rows = [...from, ''].map(() => [...to, ''].map(() => 0));
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 0; row <= from.length; row++) {
    for (let column = 0; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const best = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
      (rows[row] ?? [])[column] = row + column === 0 ? 0 : best;
    }
  }
  return at(from.length, to.length);
}

const letters = (least: number, most: number) =>
  fc.array(fc.constantFrom('a', 'b', 'n', 'o'), { minLength: least, maxLength: most }).map((all) => all.join(''));

describe('similar spelling', () => {
  test('finds the whole words that are no more edits away, and no others', () => {
    const word = letters(3, 9);
    const edit = fc.record({ at: fc.nat(9), left: fc.nat(2), put: fc.constantFrom('', 'a', 'n', 'no', '9', '火') });
    const other = fc.oneof(letters(1, 6), fc.constantFrom(' ', '火', '-', 'é', '9'));
    const texts = word.chain((wanted) => {
      const edited = fc
        .array(edit, { maxLength: 3 })
        .map((edits) => edits.reduce((text, { at, left, put }) => text.slice(0, at) + put + text.slice(at + left), wanted));
      const pieces = fc.array(fc.oneof(edited, other, fc.constant(' ')), { maxLength: 6 });
      return fc.tuple(
        fc.constant(wanted),
        pieces.map((all) => all.join('')),
      );
    });
    let found = 0;
    fc.assert(
      fc.property(texts, ([wanted, original]) => {
        const normalised = normaliseText(original);
        const [regex] = createLooseWords(true, null)(wanted);
        const edits = editsFor(wanted.length);
        const isNear = (stretch: string): boolean => /^[\p{L}\p{N}]+$/u.test(stretch) && distance(wanted, stretch) <= edits;
        const expected = edits > 0 && hasStretch(normalised, isNear);
        if (expected) found++;
        expect(regex?.matches(normalised, 0, normalised.length) ?? false).toBe(expected);
      }),
      { numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test.each([
    ['freind', 'my friend'],
    ['definately', 'definitely yes'],
    ['accomodate', 'we accommodate you'],
    ['Zürih', 'nach ZURICH'],
  ])('%s finds %s', (word, text) => {
    const normalised = normaliseText(text);
    expect(createLooseWords(true, null)(word)[0]?.matches(normalised, 0, normalised.length)).toBe(true);
  });

  test('leaves short words, numbers and other scripts alone', () => {
    for (const word of ['cat', '20245', '火锅火锅', 'a'.repeat(33)]) expect(createLooseWords(true, null)(word)).toEqual([]);
  });

  test('a megabyte is looked at once', () => {
    const text = 'ab '.repeat(350_000);
    expect(createLooseWords(true, null)('abababababababababababababababab')[0]?.matches(text, 0, text.length)).toBe(false);
  });
});

describe('pinyin of texts', () => {
  test.each([
    ['huoguo', '去吃火锅吗', true],
    ['hg', '去吃火鍋吗', true],
    ['huog', '火锅', true],
    ['chongqing', '重庆', true],
    ['zhongqing', '重庆', true],
    ['lvxing', '旅行', true],
    ['guohuo', '火锅', false],
    ['huo guo', '火 锅', true],
    ['uoguo', '火锅', false],
    ['hg', '火,锅', false],
  ])('%s in %s: %s', async (query, text, expected) => {
    const reader = memoryReader([{ id: 'c', messages: [message(text)] }]);
    const engine = engineOver(reader, { loadLooseWords: async ({ spelling }) => createLooseWords(spelling, allReadings()) });
    const { count } = await runSearch(engine, query, { loose: { spelling: false, pinyin: true } });
    expect(count).toBe(expected ? 1 : 0);
  });
});

test('nothing is loaded while both are off, and names are looked for by the words as they are', async () => {
  let loaded = 0;
  const reader = memoryReader([{ id: 'c', name: 'Frieda', names: ['Frieda'], messages: [message('my friend')] }]);
  const loadLooseWords = async () => (loaded++, createLooseWords(true, null));
  const engine = engineOver(reader, { loadLooseWords });
  expect((await runSearch(engine, 'freind', { loose: { spelling: false, pinyin: false } })).count).toBe(0);
  expect(loaded).toBe(0);
  const { updates, hits } = await runSearch(engine, 'frieda', { loose: { spelling: true, pinyin: false } });
  expect(updates[0]?.names).toMatchObject([{ name: 'Frieda' }]);
  expect(hits).toMatchObject([]);
  const near = await runSearch(engine, 'freind', { loose: { spelling: true, pinyin: false } });
  expect(near.hits.map(({ snippet, highlights }) => highlights.map(({ from, to }) => snippet.slice(from, to)))).toEqual([['friend']]);
  expect(loaded).toBe(2);
});

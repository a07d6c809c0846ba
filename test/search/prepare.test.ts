// What is read before the first search is typed.

import { expect, test } from 'vitest';
import { createCacheBudget } from '../../src/model/cache-budget';
import { CamphorError } from '../../src/model/error';
import { type MemoryReader, memoryReader, message } from './memory-reader';
import { engineOver, runSearch } from './run-search';

const whole = { index: 0, of: 1 };

/** Ten conversations of one segment each. */
const tenChats = (): MemoryReader =>
  memoryReader(
    Array.from({ length: 10 }, (_, chat) => ({
      id: `chat ${chat}`,
      messages: Array.from({ length: 200 }, (_, index) => message(`wine ${index}`, { seq: chat * 1000 + index, sentAtMs: index * 60_000 })),
    })),
    [],
    200,
  );

test('a search after it opens no signature, and no text where the caches hold all', async () => {
  const reader = tenChats();
  const engine = engineOver(reader);
  await engine.prepare(whole, 'UTC');
  expect(reader.opened.filter((each) => each.endsWith(' text'))).toHaveLength(10);
  const before = reader.opened.filter((each) => /text|signature/.test(each)).length;
  expect((await runSearch(engine, 'wine')).count).toBe(2000);
  expect(reader.opened.filter((each) => /text|signature/.test(each))).toHaveLength(before);
});

test('in a vault that is larger than the caches, the newest messages are at hand', async () => {
  const reader = tenChats();
  const engine = engineOver(reader, { caches: createCacheBudget(60_000) });
  await engine.prepare(whole, 'UTC');
  const texts = (): number => reader.opened.filter((each) => each.endsWith(' text')).length;
  const before = texts();
  let beforeHits: number | null = null;
  await engine.search({ query: 'wine', conversation: null, order: 'newest', hitLimit: 20, zone: 'UTC' }, whole, ({ hits }) => {
    if (hits.length > 0) beforeHits ??= texts();
  });
  expect(before).toBe(10);
  expect(beforeHits).toBe(before);
});

test('ends when a search begins', async () => {
  const reader = tenChats();
  const engine = engineOver(reader);
  const preparing = engine.prepare(whole, 'UTC');
  const found = runSearch(engine, 'has:reply');
  await preparing;
  expect(reader.opened.filter((each) => each.endsWith(' text'))).toEqual([]);
  expect((await found).done).toBe(true);
});

test('passes over what cannot be read: the search says so', async () => {
  const reader = tenChats();
  const engine = engineOver({
    ...reader,
    readColumns: async (id, names) => {
      if (id.startsWith('chat 3')) throw new CamphorError('tampered');
      return reader.readColumns(id, names);
    },
  });
  await engine.prepare(whole, 'UTC');
  expect(reader.opened.filter((each) => each.endsWith(' text'))).toHaveLength(9);
  await expect(runSearch(engine, 'wine')).rejects.toMatchObject({ code: 'tampered' });
});

// A vault larger than its caches: the newest messages are kept by themselves, and nothing of what is found depends on it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCacheBudget } from '../../src/model/cache-budget';
import { type MemoryReader, memoryReader, message } from './memory-reader';
import { engineOver, runSearch } from './run-search';

const minuteMs = 60_000;
const words = ['wine', 'bread', '火锅', 'Wine list', '早安', 'noon'];

/** Ten conversations that all reach from the first day to the last; each word is in one message of `every`. */
function tenChats(perChat: number, every: number, segmentSize: number): MemoryReader {
  const chats = Array.from({ length: 10 }, (_, chat) => ({
    id: `chat ${chat}`,
    messages: Array.from({ length: perChat }, (_, index) =>
      message(`${words[(index * 7 + chat) % every] ?? 'something else'} ${index}`, {
        seq: chat * 10_000 + index,
        sentAtMs: (index * 10 + (chat % 5)) * minuteMs,
      }),
    ),
  }));
  return memoryReader(chats, [], segmentSize);
}

const textsOpened = ({ opened }: MemoryReader): number => opened.filter((each) => each.endsWith(' text')).length;

describe('what is kept', () => {
  test('changes nothing of what is found', async () => {
    const queries = fc.constantFrom('wine', 'bread', '火', '早安', 'zebra', 'wine -list', '/[aeiou]{2}/', '-wine', 'noon before:1970-01-02', 'has:link OR wine'); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(queries, fc.constantFrom('newest', 'oldest'), fc.constantFrom(0, 5, 500)), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 20, max: 60 }),
        fc.integer({ min: 4, max: 20 }),
        fc.integer({ min: 6, max: 30 }),
        fc.constantFrom(0, 5_000, 15_000, 30_000, 60_000),
        fc.boolean(),
        async (searches, perChat, every, segmentSize, cacheBytes, isPrepared) => {
          const reader = tenChats(perChat, every, segmentSize);
          const engine = engineOver(reader, { caches: createCacheBudget(cacheBytes) });
          if (isPrepared) await engine.prepare({ index: 0, of: 1 }, 'UTC');
          for (const [query, order, hitLimit] of searches) {
            const [kept, plain] = [
              await runSearch(engine, query, { order, hitLimit }),
              await runSearch(engineOver(reader), query, { order, hitLimit }),
            ];
            expect(kept.hits).toEqual(plain.hits);
            expect(kept.updates.at(-1)).toEqual({ ...plain.updates.at(-1), hits: kept.updates.at(-1)?.hits });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is what a search asks for first: the second one opens no text before a screen of hits', async () => {
    // Whole segments, of which the caches hold not half.
    const reader = tenChats(200, 6, 200);
    let clock = 0;
    const engine = engineOver(reader, { caches: createCacheBudget(60_000), nowMs: () => clock });
    await runSearch(engine, 'wine', { hitLimit: 20 });
    const before = textsOpened(reader);
    let beforeScreen: number | null = null;
    let hits = 0;
    const request = { query: 'bread', conversation: null, order: 'newest', hitLimit: 20, zone: 'UTC' } as const;
    await engine.search(request, { index: 0, of: 1 }, (update) => {
      hits += update.hits.length;
      if (hits >= 10) beforeScreen ??= textsOpened(reader);
      clock += 1000;
    });
    expect(before).toBe(10);
    expect(beforeScreen).toBe(before);
  });

  test('stays through searches that count everything', async () => {
    const reader = tenChats(200, 6, 50);
    const engine = engineOver(reader, { caches: createCacheBudget(60_000) });
    for (const query of ['wine', '/[a-z] [0-9]$/', 'noon']) await runSearch(engine, query);
    const before = textsOpened(reader);
    const outcome = await runSearch(engine, 'bread', { hitLimit: 5 });
    expect(outcome.hits).toHaveLength(5);
    expect(textsOpened(reader) - before).toBeLessThan(40);
  });
});

// What a thread keeps decrypted stays within one budget, whichever caches hold it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cache, cacheBytesOf, createCacheBudget } from '../../src/model/cache-budget';

const bytesOf = (value: { readonly bytes: number }): number => value.bytes;
/** What every entry is counted for beside its value. */
const entryBytes = 200;

async function has<Key>(cache: Cache<Key, { bytes: number }>, key: Key): Promise<boolean> {
  const missing = new Error('missing');
  return cache
    .get(key, () => Promise.reject(missing))
    .then(
      () => true,
      (error: unknown) => error !== missing,
    );
}

describe('a budget', () => {
  test('over all its caches lets go of what was used longest ago', async () => {
    const budget = createCacheBudget(3 * (100 + entryBytes));
    const [one, other] = [budget.cache<string, { bytes: number }>(bytesOf), budget.cache<string, { bytes: number }>(bytesOf)];
    const put = (cache: typeof one, key: string) => cache.get(key, async () => ({ bytes: 100 }));
    await put(one, 'a');
    await put(other, 'b');
    await put(one, 'c');
    await put(one, 'a');
    await put(other, 'd');
    expect(budget.heldBytes()).toBe(budget.limitBytes);
    expect([await has(one, 'a'), await has(other, 'b'), await has(one, 'c'), await has(other, 'd')]).toEqual([true, false, true, true]);
    one.clear();
    expect(budget.heldBytes()).toBe(100 + entryBytes);
    budget.clear();
    expect([budget.heldBytes(), await has(other, 'd')]).toEqual([0, false]);
  });

  test('lets what is to stay go last', async () => {
    const budget = createCacheBudget(2 * (100 + entryBytes));
    const [texts, signatures] = [
      budget.cache<number, { bytes: number }>(bytesOf),
      budget.cache<number, { bytes: number }>(bytesOf, 'last'),
    ];
    await signatures.get(0, async () => ({ bytes: 100 }));
    for (let key = 0; key < 50; key += 1) await texts.get(key, async () => ({ bytes: 100 }));
    expect([await has(signatures, 0), await has(texts, 49), await has(texts, 48)]).toEqual([true, true, false]);
    await signatures.get(1, async () => ({ bytes: 100 }));
    expect([await has(signatures, 0), await has(signatures, 1), await has(texts, 49)]).toEqual([true, true, false]);
  });

  describe('in passes', () => {
    const load = async () => ({ bytes: 100 });
    const keys = [0, 1, 2, 3, 4, 5];
    const kept = async (cache: Cache<number, { bytes: number }>): Promise<boolean[]> =>
      Promise.all(keys.map((key) => cache.get(key, () => Promise.reject(new Error('missing'))).then(() => true, () => false))); // prettier-ignore

    test('over more than fits, finds at the beginning of each what the one before used first', async () => {
      const budget = createCacheBudget(3 * (100 + entryBytes));
      const cache = budget.cache<number, { bytes: number }>(bytesOf);
      for (let pass = 0; pass < 20; pass += 1) {
        budget.beginPass();
        let loads = 0;
        for (const key of keys) await cache.get(key, async () => ((loads += 1), load()));
        expect(loads).toBe(pass === 0 ? 6 : 4);
      }
      expect(await kept(cache)).toEqual([true, true, false, false, false, true]);
    });

    test('lets what an older one used go before what a later one did', async () => {
      const budget = createCacheBudget(4 * (100 + entryBytes));
      const cache = budget.cache<number, { bytes: number }>(bytesOf);
      for (const pass of [
        [0, 1, 2],
        [1, 3],
        [4, 5],
      ]) {
        budget.beginPass();
        for (const key of pass) await cache.get(key, load);
      }
      expect(await kept(cache)).toEqual([false, true, false, true, true, true]);
    });

    test('keeps what is asked for only where there is room, if that is what was said', async () => {
      const budget = createCacheBudget(2 * (100 + entryBytes));
      const cache = budget.cache<number, { bytes: number }>(bytesOf);
      budget.beginPass();
      for (const key of keys) expect(await cache.get(key, load, true)).toEqual({ bytes: 100 });
      expect(await kept(cache)).toEqual([true, true, false, false, false, false]);
    });
  });

  test('lets what goes first go even for what is only kept where there is room', async () => {
    const budget = createCacheBudget(2 * (100 + entryBytes));
    const [spare, usual] = [budget.cache<number, { bytes: number }>(bytesOf, 'first'), budget.cache<number, { bytes: number }>(bytesOf)];
    const load = async () => ({ bytes: 100 });
    for (const key of [0, 1]) await spare.get(key, load);
    for (const key of [0, 1, 2]) await usual.get(key, load, true);
    await spare.get(2, load, true);
    expect([await has(usual, 0), await has(usual, 1), await has(usual, 2)]).toEqual([true, true, false]);
    expect([await has(spare, 0), await has(spare, 1), await has(spare, 2)]).toEqual([false, false, false]);
  });

  test('is held whatever is asked for, and counts exactly what is there', async () => {
    const asked = fc.record({ cache: fc.nat(2), key: fc.nat(9), bytes: fc.nat(500), fails: fc.boolean(), clears: fc.integer({ min: 0, max: 20 }), passes: fc.boolean(), ifRoom: fc.boolean() }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 80 }), fc.nat(3000), async (steps, limitBytes) => {
        const budget = createCacheBudget(limitBytes);
        const caches = (['first', 'middle', 'last'] as const).map((goes) => budget.cache<number, { bytes: number }>(bytesOf, goes));
        for (const { cache, key, bytes, fails, clears, passes, ifRoom } of steps) {
          if (passes) budget.beginPass();
          const load = async () => (fails ? Promise.reject(new Error('no')) : { bytes });
          await caches[cache]?.get(key, load, ifRoom).catch(() => {});
          if (clears === 20) caches[cache]?.clear();
          expect(budget.heldBytes()).toBeLessThanOrEqual(Math.max(limitBytes, 500 + entryBytes));
        }
        let held = 0;
        for (const cache of caches) {
          for (let key = 0; key < 10; key += 1) {
            const missing = new Error('missing');
            const value = await cache.get(key, () => Promise.reject(missing)).catch(() => null);
            if (value !== null) held += value.bytes + entryBytes;
          }
        }
        expect(budget.heldBytes()).toBe(held);
        for (const cache of caches) cache.clear();
        expect(budget.heldBytes()).toBe(0);
      }),
    );
  });

  test('loads once for all who ask meanwhile, and keeps nothing that was cleared while it loaded', async () => {
    const budget = createCacheBudget(1000);
    const cache = budget.cache<string, { bytes: number }>(bytesOf);
    let loads = 0;
    let finish: (value: { bytes: number }) => void = () => {};
    const load = (): Promise<{ bytes: number }> => {
      loads += 1;
      return new Promise((resolve) => (finish = resolve));
    };
    const both = [cache.get('a', load), cache.get('a', load)];
    cache.clear();
    finish({ bytes: 1 });
    expect(await Promise.all(both)).toEqual([{ bytes: 1 }, { bytes: 1 }]);
    expect([loads, budget.heldBytes()]).toEqual([1, 0]);
  });
});

test('follows the memory of the device', () => {
  const mib = 1024 * 1024;
  expect([0.25, 2, 4, 8, 32, undefined].map((gib) => cacheBytesOf(gib) / mib)).toEqual([64, 64, 128, 256, 256, 128]);
});

// Results in order, however the steps end; never more at once than allowed; nothing left running.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAhead } from '../../src/model/read-ahead';

async function collect<Value>(values: AsyncIterable<Value>, limit = Infinity): Promise<Value[]> {
  const taken: Value[] = [];
  for await (const value of values) {
    taken.push(value);
    if (taken.length >= limit) break;
  }
  return taken;
}

test('gives results in the order of the items, at most so many at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (delays, atOnce) => {
      let running = 0;
      let most = 0;
      const run = async (delay: number): Promise<number> => {
        running++;
        most = Math.max(most, running);
        for (let turn = 0; turn < delay; turn++) await Promise.resolve();
        running--;
        return delay;
      };
      expect(await collect(readAhead(delays, atOnce, run))).toEqual(delays);
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(running).toBe(0);
    }),
  );
});

test('throws what a step throws in its turn, after those that were begun have ended', async () => {
  const ended: number[] = [];
  const taken: number[] = [];
  const run = async (item: number): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, item === 1 ? 0 : 5));
    ended.push(item);
    if (item === 1) throw new Error('one');
    return item;
  };
  const reading = async (): Promise<void> => {
    for await (const item of readAhead([0, 1, 2, 3, 4, 5], 3, run)) taken.push(item);
  };
  await expect(reading()).rejects.toThrow('one');
  expect(taken).toEqual([0]);
  expect(ended.toSorted()).toEqual([0, 1, 2, 3]);
});

test('begins nothing more once its reader has gone', async () => {
  const begun: number[] = [];
  const run = async (item: number): Promise<number> => begun.push(item);
  expect(await collect(readAhead([1, 2, 3, 4, 5, 6], 2, run), 2)).toHaveLength(2);
  expect(begun).toEqual([1, 2, 3]);
});

test('begins nothing more while what was begun is too heavy together, but one at a time whatever it weighs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 30 }), async (weights) => {
      let held = 0;
      let most = 0;
      const run = async (weight: number): Promise<number> => {
        most = Math.max(most, held);
        held += weight;
        await Promise.resolve();
        return weight;
      };
      const bounds = { limit: 10, weightOf: (weight: number) => weight };
      const taken: number[] = [];
      for await (const weight of readAhead(weights, 100, run, bounds)) {
        held -= weight;
        taken.push(weight);
      }
      expect(taken).toEqual(weights);
      expect(most).toBeLessThanOrEqual(10);
    }),
  );
});

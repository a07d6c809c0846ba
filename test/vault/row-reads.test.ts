// Reads that are joined give what each would have got alone.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowsOf, vaultDatabase } from '../../src/vault/database';
import type { VaultEnvironment } from '../../src/vault/environment';
import { joinReads } from '../../src/vault/row-reads';

const rowOf = (id: string): string => `row of ${id}`;

/** Lets everything go on that waits for nothing but promises. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('reads that are joined', () => {
  test('give the rows of each call in its order, and the error that the call alone would get', async () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'bad'), { maxLength: 90 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(ids, fc.boolean()), { maxLength: 30 }), async (calls) => {
        const read = joinReads(async (asked) => {
          await turn();
          if (asked.includes('bad')) throw new Error('unreadable');
          return asked.map(rowOf);
        });
        const results: Promise<readonly unknown[] | string>[] = [];
        for (const [asked, waits] of calls) {
          results.push(read(asked).catch((error: Error) => error.message));
          if (waits) await turn();
        }
        expect(await Promise.all(results)).toEqual(calls.map(([asked]) => (asked.includes('bad') ? 'unreadable' : asked.map(rowOf))));
      }),
      { numRuns: 200 },
    );
  });

  test('are few requests of at most 64 rows, two at a time', async () => {
    const requests: number[] = [];
    let [under, most] = [0, 0];
    const read = joinReads(async (asked) => {
      requests.push(asked.length);
      most = Math.max(most, ++under);
      await turn();
      under -= 1;
      return asked.map(rowOf);
    });
    await Promise.all(Array.from({ length: 200 }, (_, at) => read([`${at}`])));
    expect(requests).toEqual([1, 1, 64, 64, 64, 6]);
    expect(most).toBe(2);
    await read(Array.from({ length: 100 }, (_, at) => `${at}`));
    expect(requests.at(-1)).toBe(100);
  });

  test('read each call alone after a failure, one after the other', async () => {
    const asked: (readonly string[])[] = [];
    const read = joinReads(async (ids) => {
      asked.push(ids);
      await turn();
      if (ids.includes('bad')) throw new Error('unreadable');
      return ids.map(rowOf);
    });
    const calls = ['a', 'b', 'c', 'bad', 'd'].map((id) => read([id]).catch(() => null));
    expect(await Promise.all(calls)).toEqual([['row of a'], ['row of b'], ['row of c'], null, ['row of d']]);
    expect(asked).toEqual([['a'], ['b'], ['c', 'bad', 'd'], ['c'], ['bad'], ['d']]);
  });
});

describe('rows of a database', () => {
  const environment = { databaseName: 'row-reads', indexedDB: new IDBFactory(), IDBKeyRange } as unknown as VaultEnvironment;

  test.each([
    ['objects', 'roots'],
    ['roots', 'notes'],
  ])('are read whatever transaction the caller is in the middle of: %s and %s', async (...stores) => {
    const database = vaultDatabase(environment);
    await database.open();
    await database.objects.bulkPut([new Uint8Array([1]), new Uint8Array([2])], ['a', 'b']);
    const read = joinReads((ids) => rowsOf(database, ids));
    const begun: Promise<readonly unknown[]>[] = [];
    await database.transaction('rw', stores, async () => {
      await database.roots.put(true, 'x');
      begun.push(read(['a']), read(['b']), read(['none']), read(['a', 'b']));
      await database.roots.put(true, 'y');
    });
    begun.push(read(['b']));
    const [a, b] = [new Uint8Array([1]), new Uint8Array([2])];
    expect(await Promise.all(begun)).toEqual([[a], [b], [undefined], [a, b], [b]]);
    expect(await read(['a'])).toEqual([a]);
    database.close();
  });

  test('of a database that is closed wait until it is open again', async () => {
    const database = vaultDatabase(environment);
    await database.open();
    await database.objects.put(new Uint8Array([1]), 'a');
    database.close({ disableAutoOpen: false });
    const opening = database.open();
    expect(await rowsOf(database, ['a'])).toEqual([new Uint8Array([1])]);
    await opening;
    database.close();
    await expect(rowsOf(database, ['a'])).rejects.toMatchObject({ name: 'CamphorError' });
  });
});

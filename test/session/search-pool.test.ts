import type { Remote } from 'comlink';
import { describe, expect, it, vi } from 'vitest';
import { CamphorError } from '../../src/model/error';
import type { SearchVerbs } from '../../src/model/verbs';
import type { SearchRequest, SearchUpdate } from '../../src/model/view';
import type { ConfinedWorker } from '../../src/session/worker-calls';
import { createSearchPool } from '../../src/session/search-pool';

interface Call {
  readonly query: string;
  readonly share: { readonly index: number; readonly of: number };
  update(count: number, done: boolean): void;
  fail(error: CamphorError): void;
}

function poolOf(size: number) {
  const calls: Call[] = [];
  const prepared: { readonly index: number; readonly of: number }[] = [];
  let started = 0;
  const ended: CamphorError[] = [];
  const startWorker = async (): Promise<ConfinedWorker<SearchVerbs>> => {
    started += 1;
    const search: SearchVerbs['search'] = (request, share, update) =>
      new Promise((_, reject) => {
        const send = (count: number, done: boolean): void => {
          const sent: SearchUpdate = {
            hits: [],
            count,
            months: new Map(),
            conversations: new Map(),
            done,
            segmentsScanned: 0,
            segmentsTotal: 0,
            names: [],
          };
          update(sent);
        };
        calls.push({ query: request.query, share, update: send, fail: reject });
      });
    const verbs = {
      prepare: async (share: (typeof prepared)[number]) => {
        prepared.push(share);
        if (share.index === 0) throw new CamphorError('damaged');
      },
      search,
      suggest: async (text: string) => [{ insert: text, kind: 'value', label: text }],
    } as unknown as Remote<SearchVerbs>;
    return { call: (ask) => ask(verbs, (argument) => argument), end: (reason) => void ended.push(reason) };
  };
  return { pool: createSearchPool(size, startWorker), calls, prepared, ended, started: () => started };
}

const request = (query: string): SearchRequest => ({ query, conversation: null, order: 'newest', hitLimit: 10, zone: 'UTC' });

describe('the search pool', () => {
  it('gives each worker its share, sums, and is finished when all are done', async () => {
    const { pool, calls, started } = poolOf(3);
    const updates: SearchUpdate[] = [];
    const { finished } = pool.search(request('a'), (update) => updates.push(update));
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(calls.map(({ share }) => share)).toEqual([0, 1, 2].map((index) => ({ index, of: 3 })));
    for (const call of calls) call.update(5, true);
    await finished;
    expect(updates.at(-1)).toMatchObject({ count: 15, done: true });
    expect(started()).toBe(3);
  });

  it('ends an older search when a newer begins: it is finished and tells no more', async () => {
    const { pool, calls } = poolOf(2);
    const older: SearchUpdate[] = [];
    const first = pool.search(request('a'), (update) => older.push(update));
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    const newer: SearchUpdate[] = [];
    const second = pool.search(request('ab'), (update) => newer.push(update));
    await first.finished;
    await vi.waitFor(() => expect(calls).toHaveLength(4));
    for (const call of calls) call.update(1, true);
    await second.finished;
    expect(older).toEqual([]);
    expect(newer.at(-1)).toMatchObject({ count: 2, done: true });
  });

  it('ends by `cancel` before its workers have started', async () => {
    const { pool, calls } = poolOf(2);
    const run = pool.search(request('a'), () => expect.fail('told after it was cancelled'));
    run.cancel();
    await run.finished;
    await pool.prepare('UTC');
    expect(calls).toEqual([]);
  });

  it('lets each worker read its share before the first search, and leaves what fails to the search', async () => {
    const { pool, prepared } = poolOf(2);
    await pool.prepare('UTC');
    expect(prepared).toEqual([0, 1].map((index) => ({ index, of: 2 })));
  });

  it('rejects with what one share threw, after the others have told what they found', async () => {
    const { pool, calls } = poolOf(2);
    const updates: SearchUpdate[] = [];
    const { finished } = pool.search(request('a'), (update) => updates.push(update));
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    calls[1]?.fail(new CamphorError('tampered'));
    calls[0]?.update(4, true);
    await expect(finished).rejects.toMatchObject({ code: 'tampered' });
    expect(updates.at(-1)).toMatchObject({ count: 4, done: false });
  });

  it('starts anew after it was ended', async () => {
    const { pool, ended, started } = poolOf(2);
    await pool.prepare('UTC');
    pool.end(new CamphorError('locked'));
    await vi.waitFor(() => expect(ended.map(({ code }) => code)).toEqual(['locked', 'locked']));
    expect(await pool.suggest('fr', 2, 'en')).toHaveLength(1);
    expect(started()).toBe(4);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import type { SearchHit, SearchUpdate } from '../../src/model/view';
import { mergeHits } from '../../src/session/merge-hits';

function hitAt(sentAtMs: number, seq: number): SearchHit {
  return {
    conversation: 'c' as ConversationId,
    seq,
    sentAtMs,
    senderName: null,
    conversationName: '',
    kind: 'text',
    snippet: '',
    highlights: [],
  };
}

const update = (hits: readonly SearchHit[], count: number, done: boolean): SearchUpdate => ({
  hits,
  count,
  months: new Map(count === 0 ? [] : [['2024-05', count]]),
  conversations: new Map(count === 0 ? [] : [['c' as ConversationId, count]]),
  done,
  segmentsScanned: count,
  segmentsTotal: count,
  names: [],
});

/** A search's shares, each with its hits in order and cut into updates, and the order in which the updates arrive. */
const search = fc.record({
  order: fc.constantFrom('newest' as const, 'oldest' as const),
  hitLimit: fc.nat(60),
  shares: fc.array(fc.array(fc.nat(50), { maxLength: 20 }), { minLength: 1, maxLength: 4 }),
  cut: fc.integer({ min: 1, max: 7 }),
  says: fc.boolean(),
  turns: fc.array(fc.nat(3), { maxLength: 80 }),
});

describe('hits of several shares', () => {
  it('come out as if one worker had searched all, whatever the order of the updates', () => {
    fc.assert(
      fc.property(search, ({ order, hitLimit, shares, cut, says, turns }) => {
        const sign = order === 'newest' ? -1 : 1;
        const inOrder = (a: SearchHit, b: SearchHit): number => sign * (a.sentAtMs - b.sentAtMs || a.seq - b.seq);
        const all: SearchHit[] = [];
        let seq = 0;
        const queues = shares.map((times) => {
          const hits = times.map((time) => hitAt(time, seq++)).toSorted(inOrder);
          all.push(...hits);
          const updates: SearchUpdate[] = [];
          for (let from = 0; from < hits.length; from += cut) {
            const some = hits.slice(from, from + cut);
            const bound = says ? { untilMs: some.at(-1)?.sentAtMs ?? null } : {};
            updates.push({ ...update(some, from + some.length, false), ...bound });
          }
          updates.push(update([], hits.length, true));
          return updates;
        });
        const merger = mergeHits({ order, hitLimit }, queues.length);
        const seen: SearchHit[] = [];
        const merged: SearchUpdate[] = [];
        const deliver = (share: number): void => {
          const next = queues[share]?.shift();
          if (next === undefined) return;
          expect(merged.at(-1)?.done).not.toBe(true);
          merged.push(merger.add(share, next));
          seen.push(...(merged.at(-1)?.hits ?? []));
        };
        for (const turn of turns) deliver(turn % queues.length);
        queues.forEach((queue, share) => {
          while (queue.length > 0) deliver(share);
        });
        expect(seen).toEqual(all.toSorted(inOrder).slice(0, hitLimit));
        const whole = all.length === 0 ? [] : [all.length];
        const last = merged.at(-1);
        expect([...(last?.months.values() ?? [])]).toEqual(whole);
        expect([...(last?.conversations.values() ?? [])]).toEqual(whole);
        expect(last).toMatchObject({ count: all.length, done: true, segmentsTotal: all.length });
      }),
    );
  });

  it('do not wait for a share that says that it comes later', () => {
    const merger = mergeHits({ order: 'newest', hitLimit: 10 }, 2);
    merger.add(0, update([hitAt(9, 0), hitAt(5, 1)], 2, true));
    expect(merger.add(1, { ...update([], 0, false), untilMs: 7 }).hits.map(({ sentAtMs }) => sentAtMs)).toEqual([9]);
    expect(merger.add(1, { ...update([hitAt(7, 2)], 1, true) }).hits.map(({ sentAtMs }) => sentAtMs)).toEqual([7, 5]);
  });

  it('do not wait for a share that failed, and are then never done', () => {
    const merger = mergeHits({ order: 'newest', hitLimit: 10 }, 2);
    expect(merger.add(0, update([hitAt(5, 0)], 1, true)).hits).toEqual([]);
    const rest = merger.drop(1);
    expect(rest.hits.map(({ sentAtMs }) => sentAtMs)).toEqual([5]);
    expect(rest.done).toBe(false);
  });

  it('gives each matching name once', () => {
    const merger = mergeHits({ order: 'newest', hitLimit: 10 }, 1);
    const name = { kind: 'conversation', id: 'c' as ConversationId, name: 'Mum' } as const;
    merger.add(0, { ...update([], 0, false), names: [name] });
    expect(merger.add(0, { ...update([], 0, true), names: [name] }).names).toEqual([name]);
  });
});

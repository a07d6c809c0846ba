// From message numbers, which every vault gives as messages arrive, to places in a conversation's order.

import type { Place } from '../model/portable';
import type { SeqRun } from '../model/receipt';

/** Messages as they follow each other: a number, and how many of the next ones follow it by one each. */
export type OrderRun = readonly [seq: number, count: number];

export interface Places {
  /** Null for a number that no message has. */
  placeOf(seq: number): Place | null;
  /** Runs of places, ascending, of the messages whose numbers are in the runs. */
  placesOf(runs: readonly SeqRun[]): SeqRun[];
}

/** Adds a message to the runs of those before it. */
export function appendSeq(runs: [seq: number, count: number][], seq: number): void {
  const last = runs[runs.length - 1];
  if (last !== undefined && last[0] + last[1] === seq) last[1]++;
  else runs.push([seq, 1]);
}

interface PlacedRun {
  readonly seq: number;
  readonly count: number;
  readonly place: Place;
}

/** `order`: all messages of a conversation as they follow each other. */
export function makePlaces(order: Iterable<OrderRun>): Places {
  const placed: PlacedRun[] = [];
  let next = 0;
  for (const [seq, count] of order) {
    placed.push({ seq, count, place: next });
    next += count;
  }
  placed.sort((a, b) => a.seq - b.seq);
  const firstEndingAfter = (seq: number): number => {
    let low = 0;
    let high = placed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = placed[middle] as PlacedRun;
      if (run.seq + run.count > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    placeOf(seq) {
      const run = placed[firstEndingAfter(seq)];
      return run === undefined || run.seq > seq ? null : run.place + seq - run.seq;
    },
    placesOf(runs) {
      const found: SeqRun[] = [];
      for (const [from, to] of runs) {
        for (let index = firstEndingAfter(from); index < placed.length; index++) {
          const { seq, count, place } = placed[index] as PlacedRun;
          if (seq >= to) break;
          const low = Math.max(seq, from);
          found.push([place + low - seq, place + Math.min(seq + count, to) - seq]);
        }
      }
      return joinRuns(found);
    },
  };
}

/** Sorted, with runs that touch joined. */
function joinRuns(runs: readonly SeqRun[]): SeqRun[] {
  const joined: [from: number, to: number][] = [];
  for (const [from, to] of runs.toSorted((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last[1] >= from) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

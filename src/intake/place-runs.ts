// Runs of places, as receipts of a snapshot have them: sorted, disjoint, half-open.

import type { SeqRun } from '../model/receipt';

/** Sorted, with runs that touch or overlap joined. */
export function joinRuns(runs: readonly SeqRun[]): SeqRun[] {
  const joined: [from: number, to: number][] = [];
  for (const [from, to] of runs.toSorted((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last[1] >= from) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Index of the first run that ends behind `place`. */
function firstEndingAfter(runs: readonly SeqRun[], place: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as SeqRun)[1] > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function hasPlace(runs: readonly SeqRun[], place: number): boolean {
  const run = runs[firstEndingAfter(runs, place)];
  return run !== undefined && run[0] <= place;
}

/** The parts of the runs that lie in [from, to). */
export function clipRuns(runs: readonly SeqRun[], from: number, to: number): SeqRun[] {
  const clipped: SeqRun[] = [];
  for (let index = firstEndingAfter(runs, from); index < runs.length; index++) {
    const [start, end] = runs[index] as SeqRun;
    if (start >= to) break;
    clipped.push([Math.max(start, from), Math.min(end, to)]);
  }
  return clipped;
}

/** What of [0, to) lies in none of the runs. */
export function runsBetween(runs: readonly SeqRun[], to: number): SeqRun[] {
  const between: SeqRun[] = [];
  let at = 0;
  for (const [start, end] of runs) {
    if (start >= to) break;
    if (start > at) between.push([at, start]);
    at = Math.max(at, end);
  }
  if (at < to) between.push([at, to]);
  return between;
}

/** What of the runs lies in none of the others. */
export function subtractRuns(runs: readonly SeqRun[], others: readonly SeqRun[]): SeqRun[] {
  const left: SeqRun[] = [];
  for (const [from, to] of runs) {
    let at = from;
    for (const [start, end] of clipRuns(others, from, to)) {
      if (start > at) left.push([at, start]);
      at = end;
    }
    if (at < to) left.push([at, to]);
  }
  return left;
}

export function countPlaces(runs: readonly SeqRun[]): number {
  return runs.reduce((sum, [from, to]) => sum + to - from, 0);
}

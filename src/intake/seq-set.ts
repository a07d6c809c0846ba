// A set of message numbers of one conversation: a bit each, so that ten million take little more than a megabyte.

import type { SeqRun } from '../model/receipt';

export interface SeqSet {
  has(seq: number): boolean;
  add(seq: number): void;
  /** Adds [from, to). */
  addRun(from: number, to: number): void;
  delete(seq: number): void;
  /** As ascending, disjoint, half-open runs. */
  runs(): SeqRun[];
}

export function makeSeqSet(initial: readonly SeqRun[] = []): SeqSet {
  let bits = new Uint8Array(0);
  const reserve = (to: number): void => {
    const needed = (to + 7) >> 3;
    if (needed <= bits.length) return;
    const grown = new Uint8Array(Math.max(needed, bits.length * 2, 64));
    grown.set(bits);
    bits = grown;
  };
  const set: SeqSet = {
    has: (seq) => ((bits[seq >> 3] ?? 0) & (1 << (seq & 7))) !== 0,
    add(seq) {
      reserve(seq + 1);
      bits[seq >> 3] = (bits[seq >> 3] ?? 0) | (1 << (seq & 7));
    },
    addRun(from, to) {
      reserve(to);
      let seq = from;
      for (; seq < to && (seq & 7) !== 0; seq++) set.add(seq);
      const wholeTo = Math.max(seq, to & ~7);
      bits.fill(255, seq >> 3, wholeTo >> 3);
      for (seq = wholeTo; seq < to; seq++) set.add(seq);
    },
    delete(seq) {
      if (set.has(seq)) bits[seq >> 3] = (bits[seq >> 3] ?? 0) & ~(1 << (seq & 7));
    },
    runs: () => listRuns(bits),
  };
  for (const [from, to] of initial) set.addRun(from, to);
  return set;
}

function listRuns(bits: Uint8Array): SeqRun[] {
  const runs: SeqRun[] = [];
  let from = -1;
  for (let index = 0; index < bits.length; index++) {
    const byte = bits[index] ?? 0;
    if (byte === (from < 0 ? 0 : 255)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const isIn = (byte & (1 << bit)) !== 0;
      if (isIn === from >= 0) continue;
      if (isIn) from = index * 8 + bit;
      else {
        runs.push([from, index * 8 + bit]);
        from = -1;
      }
    }
  }
  if (from >= 0) runs.push([from, bits.length * 8]);
  return runs;
}

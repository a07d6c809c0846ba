// The parts of a search in their order, each with what its signature settles, and with the texts of those that come next on their
// way: a search waits longer for what it reads than it looks at it, and a rare word is in one of ten parts.

import type { HitQueue } from './hit-queue';
import type { Part } from './parts';
import { settle, usesNormalised, usesRaw, usesSignatures } from './plan';
import type { PlanNode } from './plan';
import type { Run } from './run';
import type { Scanner } from './scan';
import type { OpenSegment } from './segment-cache';

export interface Settled {
  readonly part: Part;
  readonly settled: PlanNode | boolean;
}

export interface Opened extends Settled {
  /** Null where the part is ruled out. */
  readonly columns: OpenSegment | null;
}

/** Signatures read together. */
const batchSize = 64;
/** Segments whose texts are being fetched while one is matched. */
const textsAhead = 8;
/** Parts settled before the first of them is matched, at most: those that are ruled out cost next to nothing. */
const partsAhead = 4 * batchSize;

/** While one batch is looked at the signatures of the next are read. */
async function* settleAll(run: Run, parts: readonly Part[]): AsyncGenerator<readonly Settled[], void, void> {
  const batchFrom = (begin: number): Promise<readonly Settled[]> => settleBatch(run, parts.slice(begin, begin + batchSize));
  let coming = batchFrom(0);
  for (let begin = 0; begin < parts.length; begin += batchSize) {
    const batch = await coming;
    coming = batchFrom(begin + batchSize);
    yield batch;
  }
}

async function settleBatch(run: Run, batch: readonly Part[]): Promise<readonly Settled[]> {
  const wanted = run.useSignatures && usesSignatures(run.plan);
  return Promise.all(
    batch.map(async (part) => {
      const early = settle(run.plan, { ...part, signature: null });
      if (!wanted || typeof early === 'boolean') return { part, settled: early };
      // A signature that cannot be read rules nothing out; the text then says what is wrong.
      const signature = await run.cache.signature(run.reader, part.segment.id).catch(() => null);
      return { part, settled: settle(early, { ...part, signature }) };
    }),
  );
}

/** Every part in order. Fails never: what cannot be read says so when it is looked at. */
export async function* openAhead(run: Run, queue: HitQueue, scanner: Scanner, parts: readonly Part[]): AsyncGenerator<Opened, void, void> {
  const ahead: (Opened & { readonly isFetched: boolean })[] = [];
  let fetching = 0;
  const isFull = (): boolean => fetching >= textsAhead || ahead.length >= partsAhead;
  const next = (): Opened | undefined => {
    const first = ahead.shift();
    if (first?.isFetched === true) fetching--;
    return first;
  };
  for await (const batch of settleAll(run, parts)) {
    for (const { part, settled } of batch) {
      // Texts in which hits are only counted are kept where there is room.
      const columns = settled === false ? null : run.cache.open(run.reader, part.segment.id, !queue.wants(part.boundMs));
      const isFetched = columns !== null && scanner.opens(part, settled);
      if (isFetched) fetchTexts(columns, settled);
      if (isFetched) fetching++;
      ahead.push({ part, settled, columns, isFetched });
      if (isFull()) yield next() as Opened;
    }
  }
  for (let first = next(); first !== undefined; first = next()) yield first;
}

/** A failure is met again, and told, when the segment is scanned. */
function fetchTexts(columns: OpenSegment, settled: PlanNode | boolean): void {
  if (typeof settled === 'boolean') return;
  if (usesRaw(settled)) columns.raw().catch(() => {});
  if (usesNormalised(settled)) columns.normalised().catch(() => {});
}

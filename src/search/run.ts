// One search over one worker's share of the segments: settle by signature, match, count, hand out hits in order.

import { messageKinds } from '../model/record';
import type { SearchHit, SearchRequest, SearchUpdate } from '../model/view';
import type { ArchiveReader } from '../vault/archive';
import { createHitQueue } from './hit-queue';
import type { Candidate, HitQueue } from './hit-queue';
import type { Marked } from './marked';
import type { Names } from './names';
import { partsOf } from './parts';
import type { Part, ShareSegment } from './parts';
import { settle, usesNormalised, usesRaw, usesSignatures, usesTexts } from './plan';
import type { PlanNode } from './plan';
import { textAt } from './raw-texts';
import { createScanner } from './scan';
import type { Scanner } from './scan';
import type { OpenSegment, SegmentCache } from './segment-cache';
import { makeSnippet } from './snippet';
import type { Wanted } from './snippet';
import { createTally } from './tally';
import type { Tally } from './tally';

export interface Run {
  readonly reader: ArchiveReader;
  readonly cache: SegmentCache;
  readonly names: Names;
  readonly marked: Marked | null;
  readonly plan: PlanNode;
  readonly wanted: Wanted;
  readonly request: SearchRequest;
  readonly segments: readonly ShareSegment[];
  /** From when on messages are kept by themselves; null: nothing is. */
  readonly recentFromMs: number | null;
  readonly useSignatures: boolean;
  readonly update: (update: SearchUpdate) => void;
  /** False once a newer search has begun. */
  readonly isCurrent: () => boolean;
  readonly nowMs: () => number;
  readonly yieldToEvents: () => Promise<void>;
}

const updateEveryMs = 50;
/** How long events may wait. */
const sliceMs = 8;
/** Signatures read together, and segments settled before the first of them is opened. */
const batchSize = 64;
/** Hits that are shown first. */
const firstScreen = 50;
/** Segments whose text is being fetched while one is matched. */
const readAhead = 16;

/**
 * Calls `run.update` until one update is `done`; ends silently once the run is no longer current. A segment that cannot be
 * read is passed over; after all others its error is thrown, and no update is `done`.
 */
export async function runSearch(run: Run): Promise<void> {
  const queue = createHitQueue(run.request.order, run.request.hitLimit);
  const tally = createTally();
  const parts = partsOf(run.segments, run.request.order, usesTexts(run.plan) ? run.recentFromMs : null);
  const sender = createSender(run, queue, tally);
  const scanner = createScanner(run, queue, tally);
  let yieldedAtMs = run.nowMs();
  const batchFrom = (begin: number): Promise<readonly Settled[]> => settleBatch(run, parts.slice(begin, begin + batchSize));
  let coming = batchFrom(0);
  for (let begin = 0; begin < parts.length; begin += batchSize) {
    const batch = await coming;
    // While one batch is scanned the signatures of the next are read.
    coming = batchFrom(begin + batchSize);
    const ahead = openAhead(run, queue, scanner, batch);
    for (const [place, { part, settled }] of batch.entries()) {
      if (run.nowMs() - yieldedAtMs >= sliceMs) {
        await run.yieldToEvents();
        yieldedAtMs = run.nowMs();
      }
      if (!run.isCurrent()) return;
      await scanner.scan(part, settled, ahead(place)).catch(sender.fail);
      await sender.scanned(part, parts[begin + place + 1]);
    }
  }
  await sender.finish();
}

interface Sender {
  fail(error: unknown): void;
  /** After each part, with the one that follows: the first hits go out at once, so do those that fill a screen, then an update every 50 ms. */
  scanned(part: Part, next: Part | undefined): Promise<void>;
  /** Throws what failed first. */
  finish(): Promise<void>;
}

function createSender(run: Run, queue: HitQueue, tally: Tally): Sender {
  let segmentsScanned = 0;
  let failure: { readonly error: unknown } | null = null;
  let updatedAtMs = run.nowMs();
  let sentHits = 0;
  const fail = (error: unknown): void => {
    failure ??= { error };
  };
  const send = async (untilMs: number | null): Promise<void> => {
    const made = await Promise.all(queue.take(untilMs).map((candidate) => makeHit(run, candidate).catch(fail)));
    if (!run.isCurrent()) return;
    const hits = made.filter((hit) => hit !== undefined);
    sentHits += hits.length;
    updatedAtMs = run.nowMs();
    const done = untilMs === null && failure === null;
    const { count, months, conversations } = tally;
    const segmentsTotal = run.segments.length;
    run.update({ hits, count, months: new Map(months), conversations: new Map(conversations), done, untilMs, segmentsScanned, segmentsTotal, names: [] }); // prettier-ignore
  };
  return {
    fail,
    scanned: async ({ isLast }, next) => {
      if (isLast) segmentsScanned++;
      if (next === undefined) return;
      const missing = sentHits === 0 ? 1 : firstScreen - sentHits;
      const isDue = (missing > 0 && queue.ready(missing, next.boundMs)) || run.nowMs() - updatedAtMs >= updateEveryMs;
      if (isDue) await send(next.boundMs);
    },
    finish: async () => {
      if (!run.isCurrent()) return;
      await send(null);
      if (failure !== null && run.isCurrent()) throw failure.error;
    },
  };
}

interface Settled {
  readonly part: Part;
  readonly settled: PlanNode | boolean;
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

/** Gives the open segment for each place of the batch in turn, while the texts that are needed next are being fetched. */
function openAhead(run: Run, queue: HitQueue, scanner: Scanner, batch: readonly Settled[]): (place: number) => OpenSegment {
  const ahead = new Map<number, OpenSegment>();
  let next = 0;
  // Texts in which hits are only counted are kept where there is room.
  const open = ({ part }: Settled): OpenSegment => run.cache.open(run.reader, part.segment.id, !queue.wants(part.boundMs));
  return (place) => {
    for (; next < batch.length && (next <= place || ahead.size < readAhead); next++) {
      const step = batch[next];
      if (step === undefined || !scanner.opens(step.part, step.settled)) continue;
      const columns = open(step);
      fetchTexts(columns, step.settled);
      ahead.set(next, columns);
    }
    const mine = ahead.get(place);
    ahead.delete(place);
    return mine ?? open(batch[place] as Settled);
  };
}

/** A failure is met again, and told, when the segment is scanned. */
function fetchTexts(columns: OpenSegment, settled: PlanNode | boolean): void {
  if (typeof settled === 'boolean') return;
  if (usesRaw(settled)) columns.raw().catch(() => {});
  if (usesNormalised(settled)) columns.normalised().catch(() => {});
}

async function makeHit(run: Run, { conversation, segment, index, sentAtMs }: Candidate): Promise<SearchHit> {
  const whole = run.cache.open(run.reader, segment.id);
  const recent = run.recentFromMs === null ? null : await whole.recent(run.recentFromMs);
  const { columns, fromIndex } = recent !== null && index >= recent.fromIndex ? recent : { columns: whole, fromIndex: 0 };
  const [raw, { seq }, people, kinds] = await Promise.all([columns.raw(), columns.times(), columns.people(), columns.kinds()]);
  const place = index - fromIndex;
  const sender = people.ids[people.index[place] ?? -1];
  const note = run.marked?.noteOf(conversation.id, seq[place] ?? -1);
  return {
    conversation: conversation.id,
    seq: seq[place] ?? 0,
    sentAtMs,
    senderName: sender === undefined ? null : run.names.personName(sender),
    conversationName: run.names.conversationName(conversation.id),
    kind: messageKinds[kinds[place] ?? -1] ?? 'unknown',
    ...makeSnippet(textAt(raw, place), run.wanted),
    ...(note && { note: makeSnippet(note, run.wanted) }),
  };
}

// One search over one worker's share of the segments: settle by signature, match, count, hand out hits in order.

import { messageKinds } from '../model/record';
import type { SearchHit, SearchRequest, SearchUpdate } from '../model/view';
import type { ArchiveReader } from '../vault/archive';
import { openAhead } from './ahead';
import { createHitQueue } from './hit-queue';
import type { Candidate, HitQueue } from './hit-queue';
import type { Marked } from './marked';
import type { Names } from './names';
import { partsOf } from './parts';
import type { Part, ShareSegment } from './parts';
import { usesTexts } from './plan';
import type { PlanNode } from './plan';
import { textAt } from './raw-texts';
import { createScanner } from './scan';
import type { SegmentCache } from './segment-cache';
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
/** Hits that are shown first. */
const firstScreen = 50;

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
  let place = 0;
  for await (const { part, settled, columns } of openAhead(run, queue, scanner, parts)) {
    if (run.nowMs() - yieldedAtMs >= sliceMs) {
      await run.yieldToEvents();
      yieldedAtMs = run.nowMs();
    }
    if (!run.isCurrent()) return;
    if (columns !== null) await scanner.scan(part, settled, columns).catch(sender.fail);
    await sender.scanned(part, parts[++place]);
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

// One search over one worker's share of the segments: settle by signature, match, count, hand out hits in order.

import { messageKinds } from '../model/record';
import type { SegmentId } from '../model/ids';
import type { SearchHit, SearchRequest, SearchUpdate } from '../model/view';
import type { ArchiveReader, ConversationEntry, SegmentEntry } from '../vault/archive';
import { createHitQueue } from './hit-queue';
import type { Candidate, HitQueue } from './hit-queue';
import type { Marked } from './marked';
import { matchSegment } from './match';
import { runsOfOneMonth } from './months';
import type { Names } from './names';
import { settle, usesSignatures, usesTexts } from './plan';
import type { PlanNode } from './plan';
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
  readonly useSignatures: boolean;
  readonly update: (update: SearchUpdate) => void;
  /** False once a newer search has begun. */
  readonly isCurrent: () => boolean;
  readonly nowMs: () => number;
  readonly yieldToEvents: () => Promise<void>;
}

export interface ShareSegment {
  readonly conversation: ConversationEntry;
  readonly segment: SegmentEntry;
}

const updateEveryMs = 50;
/** How long events may wait. */
const sliceMs = 8;
/** Signatures read together, and segments settled before the first of them is opened. */
const batchSize = 64;
/** Segments whose text is being fetched while one is matched. */
const readAhead = 4;

/** The segments that share `index` of `of` looks at, in the order of the search. A segment is always in the same share, so that caches hold. */
export function shareOf(
  conversations: readonly ConversationEntry[],
  order: SearchRequest['order'],
  share: { readonly index: number; readonly of: number },
): readonly ShareSegment[] {
  const all = conversations.flatMap((conversation) => conversation.segments.map((segment) => ({ conversation, segment })));
  const mine = all.filter(({ segment }) => hashId(segment.id) % share.of === share.index);
  return mine.toSorted((a, b) =>
    order === 'newest' ? b.segment.lastAtMs - a.segment.lastAtMs : a.segment.firstAtMs - b.segment.firstAtMs,
  );
}

function hashId(id: SegmentId): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * Calls `run.update` until one update is `done`; ends silently once the run is no longer current. A segment that cannot be
 * read is passed over; after all others its error is thrown, and no update is `done`.
 */
export async function runSearch(run: Run): Promise<void> {
  const queue = createHitQueue(run.request.order, run.request.hitLimit);
  const tally = createTally();
  const sender = createSender(run, queue, tally);
  let yieldedAtMs = run.nowMs();
  for (let begin = 0; begin < run.segments.length; begin += batchSize) {
    const batch = await settleBatch(run, run.segments.slice(begin, begin + batchSize));
    for (const [place, { share, settled }] of batch.entries()) {
      if (run.nowMs() - yieldedAtMs >= sliceMs) {
        await run.yieldToEvents();
        yieldedAtMs = run.nowMs();
      }
      if (!run.isCurrent()) return;
      for (const next of batch.slice(place, place + readAhead)) prefetch(run, next);
      await scanSegment(run, queue, tally, share, settled).catch(sender.fail);
      await sender.scanned(run.segments[begin + place + 1]?.segment);
    }
  }
  await sender.finish();
}

interface Sender {
  fail(error: unknown): void;
  /** After each segment, with the one that follows: the first hits go out at once, then an update every 50 ms. */
  scanned(next: SegmentEntry | undefined): Promise<void>;
  /** Throws what failed first. */
  finish(): Promise<void>;
}

function createSender(run: Run, queue: HitQueue, tally: Tally): Sender {
  let segmentsScanned = 0;
  let failure: { readonly error: unknown } | null = null;
  let updatedAtMs = run.nowMs();
  let sentHits = false;
  const fail = (error: unknown): void => {
    failure ??= { error };
  };
  const send = async (untilMs: number | null): Promise<void> => {
    const made = await Promise.all(queue.take(untilMs).map((candidate) => makeHit(run, candidate).catch(fail)));
    if (!run.isCurrent()) return;
    const hits = made.filter((hit) => hit !== undefined);
    sentHits ||= hits.length > 0;
    updatedAtMs = run.nowMs();
    const done = untilMs === null && failure === null;
    const { count, months, conversations } = tally;
    const segmentsTotal = run.segments.length;
    run.update({ hits, count, months: new Map(months), conversations: new Map(conversations), done, untilMs, segmentsScanned, segmentsTotal, names: [] }); // prettier-ignore
  };
  return {
    fail,
    scanned: async (next) => {
      segmentsScanned++;
      if (next === undefined) return;
      const untilMs = run.request.order === 'newest' ? next.lastAtMs : next.firstAtMs;
      if ((!sentHits && queue.ready(untilMs)) || run.nowMs() - updatedAtMs >= updateEveryMs) await send(untilMs);
    },
    finish: async () => {
      if (!run.isCurrent()) return;
      await send(null);
      if (failure !== null && run.isCurrent()) throw failure.error;
    },
  };
}

interface Settled {
  readonly share: ShareSegment;
  readonly settled: PlanNode | boolean;
}

async function settleBatch(run: Run, batch: readonly ShareSegment[]): Promise<readonly Settled[]> {
  const wanted = run.useSignatures && usesSignatures(run.plan);
  return Promise.all(
    batch.map(async (share) => {
      const early = settle(run.plan, { ...share, signature: null });
      if (!wanted || typeof early === 'boolean') return { share, settled: early };
      // A signature that cannot be read rules nothing out; the text then says what is wrong.
      const signature = await run.cache.signature(run.reader, share.segment.id).catch(() => null);
      return { share, settled: settle(early, { ...share, signature }) };
    }),
  );
}

function prefetch(run: Run, { share, settled }: Settled): void {
  // A failure is met again, and told, when the segment is scanned.
  if (typeof settled !== 'boolean' && usesTexts(settled)) run.cache.open(run.reader, share.segment.id).texts().catch(() => {}); // prettier-ignore
}

/** Adds the segment's hits to the tally and those that can be shown to the queue. */
async function scanSegment(
  run: Run,
  queue: HitQueue,
  tally: Tally,
  { conversation, segment }: ShareSegment,
  settled: PlanNode | boolean,
): Promise<void> {
  if (settled === false) return;
  const columns = run.cache.open(run.reader, segment.id);
  const messageCount = segment.messageCount;
  const owners = run.names.ownersOf(conversation);
  const hits = settled === true ? null : await matchSegment(settled, { segment: columns, messageCount, owners });
  if (messageCount === 0 || hits?.includes(1) === false) return;
  const newest = run.request.order === 'newest';
  if (queue.wants(newest ? segment.lastAtMs : segment.firstAtMs)) {
    const places = firstPlaces(hits, messageCount, newest, queue.room());
    const { sentAtMs } = await columns.times();
    queue.add(places.map((index) => ({ conversation, segment, index, sentAtMs: sentAtMs[index] ?? 0 })));
  }
  const { zone } = run.request;
  tally.add(conversation.id, hits, runsOfOneMonth(segment, zone) ?? (await columns.months(zone)));
}

/** Places of the first hits in the order of the search; `hits` null: all are. */
function firstPlaces(hits: Uint8Array | null, messageCount: number, newest: boolean, limit: number): readonly number[] {
  const places: number[] = [];
  for (let step = 0; step < messageCount && places.length < limit; step++) {
    const index = newest ? messageCount - 1 - step : step;
    if (hits === null || hits[index] === 1) places.push(index);
  }
  return places;
}

async function makeHit(run: Run, { conversation, segment, index, sentAtMs }: Candidate): Promise<SearchHit> {
  const columns: OpenSegment = run.cache.open(run.reader, segment.id);
  const [{ raw }, { seq }, people, kinds] = await Promise.all([columns.texts(), columns.times(), columns.people(), columns.kinds()]);
  const text = raw.joined.slice(index === 0 ? 0 : raw.ends[index - 1], raw.ends[index]);
  const sender = people.ids[people.index[index] ?? -1];
  const note = run.marked?.noteOf(conversation.id, seq[index] ?? -1);
  return {
    conversation: conversation.id,
    seq: seq[index] ?? 0,
    sentAtMs,
    senderName: sender === undefined ? null : run.names.personName(sender),
    conversationName: run.names.conversationName(conversation.id),
    kind: messageKinds[kinds[index] ?? -1] ?? 'unknown',
    ...makeSnippet(text, run.wanted),
    ...(note && { note: makeSnippet(note, run.wanted) }),
  };
}

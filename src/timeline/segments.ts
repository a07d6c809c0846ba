// Segments of one conversation by position and by time. A position is a message's place in the conversation's time order.

import type { CacheBudget } from '../model/cache-budget';
import { CamphorError } from '../model/error';
import type { SegmentId } from '../model/ids';
import type { Message } from '../model/message';
import type { ArchiveReader, ConversationEntry, SegmentColumns, SegmentEntry } from '../vault/archive';

type Times = NonNullable<SegmentColumns['times']>;

/** What was opened lately, by segment; segments never change, so it holds for every state of the archive. */
export interface OpenSegments {
  times(reader: ArchiveReader, id: SegmentId): Promise<Times>;
  messages(reader: ArchiveReader, id: SegmentId): Promise<readonly Message[]>;
  /** Least and greatest of the source's ids that are numbers; null where there is none. */
  idBounds(reader: ArchiveReader, id: SegmentId): Promise<IdBounds | null>;
}

export interface IdBounds {
  readonly least: number;
  readonly greatest: number;
}

const timesBytes = ({ sentAtMs }: Times): number => sentAtMs.length * 15;
/** A message as an object, with what most have beside their text. */
const messageBytes = 400;
const messagesBytes = (messages: readonly Message[]): number =>
  messages.reduce((sum, { text, facts, attachments }) => sum + messageBytes + text.length * 2 + (facts ? 500 : 0) + attachments.length * 200, 0); // prettier-ignore

export function createOpenSegments(caches: CacheBudget): OpenSegments {
  const times = caches.cache<SegmentId, Times>(timesBytes);
  const messages = caches.cache<SegmentId, readonly Message[]>(messagesBytes);
  const bounds = caches.cache<SegmentId, IdBounds | null>(() => 32);
  return {
    times: (reader, id) =>
      times.get(id, async () => {
        const column = (await reader.readColumns(id, ['times'])).times;
        if (column === undefined) throw new CamphorError('damaged', { what: 'segment' });
        return column;
      }),
    messages: (reader, id) => messages.get(id, () => reader.readMessages(id)),
    idBounds: (reader, id) => bounds.get(id, async () => boundsOf((await reader.readColumns(id, ['rest'])).rest ?? [])),
  };
}

function boundsOf(messages: readonly Pick<Message, 'sourceId'>[]): IdBounds | null {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { sourceId } of messages) {
    const id = sourceId === null ? NaN : idNumber(sourceId);
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  return least > greatest ? null : { least, greatest };
}

/** NaN for an id that is no number. */
export const idNumber = (sourceId: string): number => (/^\d{1,15}$/.test(sourceId) ? Number(sourceId) : NaN);

/** First position of each segment, and at the end the number of messages. */
export function firstPositions(segments: readonly SegmentEntry[]): Uint32Array {
  const first = new Uint32Array(segments.length + 1);
  for (const [place, { messageCount }] of segments.entries()) first[place + 1] = (first[place] ?? 0) + messageCount;
  return first;
}

/** How many items, in order, come before the first that is not less; `isLess` is true for a beginning of them. */
export function countLess(length: number, isLess: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLess(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the segment that holds a position. */
export function segmentAt(first: Uint32Array, position: number): number {
  return countLess(first.length - 1, (place) => (first[place + 1] ?? 0) <= position);
}

/** How many messages are earlier than `atMs`: the position of the first that is not. Opens one segment at most, and none where its range tells. */
export async function positionOfTime(reader: ArchiveReader, open: OpenSegments, entry: ConversationEntry, atMs: number): Promise<number> {
  const { segments } = entry;
  const first = firstPositions(segments);
  const place = countLess(segments.length, (index) => (segments[index]?.lastAtMs ?? 0) < atMs);
  const segment = segments[place];
  if (segment === undefined || segment.firstAtMs >= atMs) return first[place] ?? 0;
  const { sentAtMs } = await open.times(reader, segment.id);
  return (first[place] ?? 0) + countLess(sentAtMs.length, (index) => (sentAtMs[index] ?? 0) < atMs);
}

/** When the message at a position was sent. */
export async function timeOfPosition(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  position: number,
): Promise<number> {
  const first = firstPositions(entry.segments);
  const place = segmentAt(first, position);
  const segment = entry.segments[place];
  if (segment === undefined) throw new RangeError(`position ${position} of ${entry.messageCount}`);
  const index = position - (first[place] ?? 0);
  return index === 0 ? segment.firstAtMs : ((await open.times(reader, segment.id)).sentAtMs[index] ?? segment.lastAtMs);
}

/** Segments whose times are looked through together for a number. */
const seqBatch = 8;

/**
 * The position of the message with number `seq`, or null. Numbers follow time wherever one import brought the messages, so
 * the search begins at the segment where the number would then be and goes outwards.
 */
export async function positionOfSeq(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  seq: number,
): Promise<number | null> {
  const first = firstPositions(entry.segments);
  const likely = segmentAt(first, Math.min(seq, entry.messageCount - 1));
  const order = [...entry.segments.keys()].toSorted((a, b) => Math.abs(a - likely) - Math.abs(b - likely));
  for (let begin = 0; begin < order.length; begin += begin === 0 ? 1 : seqBatch) {
    const places = order.slice(begin, begin === 0 ? 1 : begin + seqBatch);
    const found = await Promise.all(places.map((place) => indexOfSeq(reader, open, entry.segments[place], seq)));
    const which = found.findIndex((index) => index >= 0);
    if (which >= 0) return (first[places[which] ?? 0] ?? 0) + (found[which] ?? 0);
  }
  return null;
}

async function indexOfSeq(reader: ArchiveReader, open: OpenSegments, segment: SegmentEntry | undefined, seq: number): Promise<number> {
  return segment === undefined ? -1 : (await open.times(reader, segment.id)).seq.indexOf(seq);
}

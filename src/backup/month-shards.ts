// The months of a conversation as files. A month is made only when its segments or the ids of people changed, or when the
// repository lacks it; then the segments that hold it are opened, one at a time.

import type { PersonId, SegmentId, Sha256Hex } from '../model/ids';
import type { PortableId } from '../model/portable';
import { readAhead } from '../model/read-ahead';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import type { BlobSink } from './blob-sink';
import { createFileCutter, type FileBlobs } from './file-blobs';
import type { LineSource } from './message-lines';
import { appendSeq, type OrderRun } from './places';
import { openSenderIds } from './sender-ids';
import type { ConversationSurvey } from './survey-conversation';
import { compareMonths, monthRange } from './utc-dates';

export interface MonthShard extends FileBlobs {
  readonly month: string;
  readonly messages: number;
  readonly lastAtMs: number;
  /** Numbers of its messages, as they follow each other. */
  readonly order: readonly OrderRun[];
  /** Media that it refers to, with the earliest time. */
  readonly media: readonly (readonly [sha256: Sha256Hex, atMs: number])[];
}

/** As it is remembered: with what it was made from. */
interface KeptShard extends MonthShard {
  readonly segments: readonly SegmentId[];
  /** The `now` of the SenderIds; null where somebody wrote in it whom the conversation does not name: then it is made each time. */
  readonly senderIds: string | null;
}

export interface ShardTools {
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  readonly sink: BlobSink;
  personOf(person: PersonId): PortableId;
  /** Made at once: one is written while another is sealed. */
  readonly monthsAtOnce: number;
  /** After each segment that was opened. */
  onStep(): Promise<void>;
}

export interface ReadShard {
  readonly shard: MonthShard;
  /** Whether the repository lacked it. */
  readonly isNew: boolean;
}

/** All months of a conversation, in order of time. */
export async function* readMonths(
  entry: Pick<ConversationEntry, 'id' | 'people'>,
  survey: ConversationSurvey,
  tools: ShardTools,
): AsyncGenerator<ReadShard> {
  const read = rememberLast(
    async (segment: SegmentId) => {
      const { lineColumns, openLineSource } = await loadLines();
      return openLineSource(await tools.reader.readColumns(segment, lineColumns));
    },
    // Those that are made at once go through theirs by turns, and each ends with the first of the next.
    2 * tools.monthsAtOnce,
  );
  const senderIds = await openSenderIds(entry, tools.cache, tools.personOf);
  const readMonth = async ([month, segments]: MonthSegments): Promise<ReadShard> => {
    const key = `month/${entry.id}/${month}`;
    const kept = tools.cache.get(key) as KeptShard | null;
    const isCurrent = kept !== null && isSameList(kept.segments, segments) && kept.senderIds !== null && senderIds.hold(kept.senderIds);
    if (isCurrent && kept.blobs.every((blob) => tools.sink.has(blob))) return { shard: kept, isNew: false };
    const { shard, senders, isNew } = await makeShard(month, segments, { ...tools, read });
    const areKnown = [...senders].every(senderIds.has);
    await tools.cache.set(key, { ...shard, segments, senderIds: areKnown ? senderIds.now : null } satisfies KeptShard);
    return { shard, isNew };
  };
  yield* readAhead(segmentsByMonth(survey), tools.monthsAtOnce, readMonth);
}

type MonthSegments = readonly [month: string, segments: SegmentId[]];

function segmentsByMonth({ segments }: ConversationSurvey): MonthSegments[] {
  const months = new Map<string, SegmentId[]>();
  for (const { id, months: held } of segments) {
    for (const month of held) {
      const list = months.get(month);
      if (list === undefined) months.set(month, [id]);
      else list.push(id);
    }
  }
  return [...months].sort(([a], [b]) => compareMonths(a, b));
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((each, at) => each === b[at]);

/** Neighbouring months share a segment, and mostly their senders. Keeps what was made last for `count` keys. */
function rememberLast<Key, Value>(make: (key: Key) => Value, count: number): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    const value = kept.has(key) ? (kept.get(key) as Value) : make(key);
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > count && !oldest.done) kept.delete(oldest.value);
    return value;
  };
}

/** Loaded when the first month is made. */
const loadLines = () => import('./message-lines');

interface MadeShard {
  readonly shard: MonthShard;
  readonly senders: ReadonlySet<PersonId>;
  /** Whether the repository lacked a blob of it. */
  readonly isNew: boolean;
}

async function makeShard(
  month: string,
  segments: readonly SegmentId[],
  tools: ShardTools & { readonly read: (segment: SegmentId) => Promise<LineSource> },
): Promise<MadeShard> {
  const facts = gatherFacts();
  let isNew = false;
  const cutter = createFileCutter(async (plain) => {
    const saved = await tools.sink.saveData(plain);
    isNew ||= saved.isNew;
    return saved;
  });
  const { createLineWriter, encodeLines } = await loadLines();
  const writeLine = createLineWriter(tools.personOf);
  for (const segment of segments) {
    const source = await tools.read(segment);
    for (const piece of encodeLines(source, writeLine, monthRange(month), facts.take)) await cutter.push(piece);
    await tools.onStep();
  }
  const { blobs, sizeBytes } = await cutter.finish();
  const { senders, ...found } = facts.finish();
  return { shard: { month, blobs, sizeBytes, ...found }, senders, isNew };
}

type ShardFacts = Pick<MonthShard, 'messages' | 'lastAtMs' | 'order' | 'media'> & Pick<MadeShard, 'senders'>;

function gatherFacts(): { take(source: LineSource, at: number): void; finish(): ShardFacts } {
  const order: [seq: number, count: number][] = [];
  const media = new Map<Sha256Hex, number>();
  const senders = new Set<PersonId>();
  let messages = 0;
  let lastAtMs = -Infinity;
  return {
    take({ columns: { times, people, rest } }, at) {
      const sentAtMs = times.sentAtMs[at] ?? 0;
      const sender = people.ids[people.index[at] ?? -1];
      messages++;
      lastAtMs = Math.max(lastAtMs, sentAtMs);
      appendSeq(order, times.seq[at] ?? 0);
      if (sender !== undefined) senders.add(sender);
      for (const { sha256 } of rest[at]?.attachments ?? [])
        if (sha256 !== null) media.set(sha256, Math.min(sentAtMs, media.get(sha256) ?? sentAtMs));
    },
    finish: () => ({ messages, lastAtMs, order, media: [...media], senders }),
  };
}

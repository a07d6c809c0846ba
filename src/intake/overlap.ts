// How a surveyed conversation overlaps with one in the vault: by texts at the same ticks, or all shifted by one constant.

import type { PersonId } from '../model/ids';
import { freeBytes } from '../model/free-bytes';
import { messageKinds } from '../model/record';
import type { ArchiveReader, ConversationEntry, SegmentEntry } from '../vault/archive';
import { floorTo } from './image';
import type { Sample, Sampled } from './sample';
import { hashText } from './sample';

export interface Overlap {
  /** Texts found at the same ticks. */
  readonly found: number;
  /** What the archive's clocks lack of the vault's; a constant, 0 where they agree. */
  readonly shiftMs: number;
  /** True where hardly any text speaks against it. */
  readonly isCertain: boolean;
  /** How often a sender of the archive (index) and a person of the vault sent the same. */
  readonly votes: ReadonlyMap<number, ReadonlyMap<PersonId, number>>;
}

const msPerMinute = 60_000;
/** Zones differ by multiples of this, and by no more than the second. */
const shiftStepMs = 15 * msPerMinute;
const shiftLimitMs = 26 * 60 * msPerMinute;
const occurrencesLimit = 8;

export interface OverlapInput {
  readonly reader: ArchiveReader;
  readonly conversation: ConversationEntry;
  readonly sample: Sample;
  /** The instant that a time of the sample stands for. */
  toInstant(atMs: number): number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** At most so many segments are opened. */
  readonly segmentLimit: number;
}

interface Kept {
  readonly atMs: number;
  readonly person: PersonId;
}

/** The overlap, or null where there is none. */
export async function findOverlap(input: OverlapInput): Promise<Overlap | null> {
  const segments = chooseSegments(input);
  const kept = new Map<number, Kept[]>();
  for (const segment of segments) await collect(input.reader, segment, input.sample.limit(), kept);
  const items = input.sample.items().map((item) => ({ ...item, atMs: floorTo(input.toInstant(item.atMs), msPerMinute) }));
  const comparable = items.filter(({ atMs }) =>
    segments.some((segment) => atMs >= floorTo(segment.firstAtMs, msPerMinute) && atMs <= segment.lastAtMs),
  ).length;
  const straight = pair(items, kept, 0);
  if (straight.length > 0 && straight.length >= comparable / 5) return describe(straight, 0, true);
  return findShift(items, kept);
}

/** Segments of the archive's own time first, then those that a shift of the clocks could reach. */
function chooseSegments({ conversation, firstAtMs, lastAtMs, segmentLimit }: OverlapInput): SegmentEntry[] {
  const reaches = (segment: SegmentEntry, byMs: number): boolean =>
    segment.lastAtMs >= firstAtMs - byMs && segment.firstAtMs <= lastAtMs + byMs;
  const near = spread(
    conversation.segments.filter((segment) => reaches(segment, msPerMinute)),
    segmentLimit,
  );
  const far = conversation.segments.filter((segment) => reaches(segment, shiftLimitMs) && !reaches(segment, msPerMinute));
  return [...near, ...spread(far, segmentLimit - near.length)];
}

/** At most `limit` of the segments, evenly spread, both ends among them. */
function spread(segments: readonly SegmentEntry[], limit: number): SegmentEntry[] {
  if (segments.length <= limit) return [...segments];
  if (limit <= 1) return segments.slice(0, Math.max(0, limit));
  return Array.from({ length: limit }, (_, index) => segments[Math.round((index * (segments.length - 1)) / (limit - 1))] as SegmentEntry);
}

async function collect(reader: ArchiveReader, segment: SegmentEntry, hashLimit: number, kept: Map<number, Kept[]>): Promise<void> {
  const { times, people, kinds, text } = await reader.readColumns(segment.id, ['times', 'people', 'kinds', 'text']);
  if (times === undefined || people === undefined || kinds === undefined || text === undefined) return;
  for (let index = 0; index < times.sentAtMs.length; index++) {
    const kind = messageKinds[kinds[index] ?? -1];
    const person = people.ids[people.index[index] ?? -1];
    if (person === undefined || (kind !== 'text' && kind !== 'link')) continue;
    const hash = hashText(text.joined.slice(index === 0 ? 0 : text.ends[index - 1], text.ends[index]));
    if (hash === null || hash >= hashLimit) continue;
    const list = kept.get(hash) ?? [];
    if (list.length < occurrencesLimit) list.push({ atMs: floorTo(times.sentAtMs[index] ?? 0, msPerMinute), person });
    kept.set(hash, list);
  }
  if (text.utf8 !== undefined) freeBytes(text.utf8 as Uint8Array<ArrayBuffer>);
}

interface Pair {
  readonly sender: number;
  readonly person: PersonId;
}

function pair(items: readonly Sampled[], kept: ReadonlyMap<number, readonly Kept[]>, shiftMs: number): Pair[] {
  return items.flatMap(({ hash, atMs, sender }) => {
    const found = kept.get(hash)?.find((each) => each.atMs === atMs + shiftMs);
    return found === undefined ? [] : [{ sender: Number(sender), person: found.person }];
  });
}

/** Texts that both sides have once vote for a shift; most of them must agree. */
function findShift(items: readonly Sampled[], kept: ReadonlyMap<number, readonly Kept[]>): Overlap | null {
  const counts = new Map<number, number>();
  for (const { hash } of items) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const votes = new Map<number, number>();
  let all = 0;
  for (const { hash, atMs } of items) {
    const [only, ...others] = kept.get(hash) ?? [];
    if (only === undefined || others.length > 0 || counts.get(hash) !== 1) continue;
    const shiftMs = only.atMs - atMs;
    if (Math.abs(shiftMs) > shiftLimitMs) continue;
    all++;
    votes.set(shiftMs, (votes.get(shiftMs) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  if (best === undefined) return null;
  const [shiftMs, found] = best;
  if (shiftMs === 0 || shiftMs % shiftStepMs !== 0 || found < 3 || found < all * 0.6) return null;
  return describe(pair(items, kept, shiftMs), shiftMs, found >= 10 && found >= all * 0.9);
}

function describe(pairs: readonly Pair[], shiftMs: number, isCertain: boolean): Overlap {
  const votes = new Map<number, Map<PersonId, number>>();
  for (const { sender, person } of pairs) {
    const of = votes.get(sender) ?? new Map<PersonId, number>();
    of.set(person, (of.get(person) ?? 0) + 1);
    votes.set(sender, of);
  }
  return { found: pairs.length, shiftMs, isCertain, votes };
}

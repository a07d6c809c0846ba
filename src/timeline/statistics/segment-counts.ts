// What is counted in one segment: days, hours, kinds, and who wrote how much. Segments never change, so it holds for ever.

import type { PersonId } from '../../model/ids';
import { messageKinds } from '../../model/record';
import { zoneOffsetMin } from '../../model/time';
import type { SegmentColumns } from '../../vault/archive';
import { bucketCount, bucketOf } from './answer-times';
import type { DayRange } from './year-days';

export interface SenderCounts {
  messages: number;
  readonly answers: Uint32Array;
}

/** A message that an answer may follow, or that is one. */
export interface Turn {
  readonly sender: PersonId;
  readonly atMs: number;
}

export interface SegmentCounts {
  /** By days since 1970 of the zone's calendar. */
  readonly days: Map<number, number>;
  /** 7 × 24, Monday first. */
  readonly hours: Uint32Array;
  /** By place in `messageKinds`. */
  readonly kinds: Uint32Array;
  readonly senders: Map<PersonId, SenderCounts>;
  /** The first and last that somebody wrote, for answers across segments. */
  readonly first: Turn | null;
  readonly last: Turn | null;
}

const msPerMinute = 60_000;
const msPerHour = 3_600_000;
const hoursPerDay = 24;
/** 1 January 1970 was a Thursday. */
const weekdayOfEpoch = 3;

/** Of lines that the app itself wrote. */
export const systemKind = messageKinds.indexOf('system');

export const emptyCounts = (): SegmentCounts & { first: Turn | null; last: Turn | null } => ({
  days: new Map(),
  hours: new Uint32Array(7 * hoursPerDay),
  kinds: new Uint32Array(messageKinds.length),
  senders: new Map(),
  first: null,
  last: null,
});

/** Counts of a sender, made where there are none yet. */
export function senderIn(senders: Map<PersonId, SenderCounts>, id: PersonId): SenderCounts {
  const known = senders.get(id);
  if (known) return known;
  const made = { messages: 0, answers: new Uint32Array(bucketCount) };
  senders.set(id, made);
  return made;
}

/** Counts `turn` as an answer where it follows another's message soon enough. */
export function takeAnswer(senders: Map<PersonId, SenderCounts>, before: Turn | null, turn: Turn): void {
  if (before === null || before.sender === turn.sender) return;
  const bucket = bucketOf(turn.atMs - before.atMs);
  const { answers } = senderIn(senders, turn.sender);
  if (bucket >= 0) answers[bucket] = (answers[bucket] ?? 0) + 1;
}

/** Hours since 1970 of the zone's clocks. A zone is asked once for each hour that follows another. */
function createWallHours(zone: string): (atMs: number) => number {
  let hour = NaN;
  let offsetMs = 0;
  return (atMs) => {
    const now = Math.floor(atMs / msPerHour);
    if (now !== hour) {
      hour = now;
      offsetMs = zoneOffsetMin(zone, atMs) * msPerMinute;
    }
    return Math.floor((atMs + offsetMs) / msPerHour);
  };
}

/** Of each message whether its day is within `range`. */
export function daysWithin({ times }: SegmentColumns, zone: string, range: DayRange): (at: number) => boolean {
  const wallHour = createWallHours(zone);
  return (at) => {
    const day = Math.floor(wallHour(times?.sentAtMs[at] ?? NaN) / hoursPerDay);
    return day >= range.first && day < range.end;
  };
}

function countTime({ days, hours }: SegmentCounts, hour: number): void {
  const day = Math.floor(hour / hoursPerDay);
  days.set(day, (days.get(day) ?? 0) + 1);
  const weekday = (((day + weekdayOfEpoch) % 7) + 7) % 7;
  const at = weekday * hoursPerDay + (hour - day * hoursPerDay);
  hours[at] = (hours[at] ?? 0) + 1;
}

/**
 * What `times`, `people` and `kinds` of a segment tell, in the order of time; with `range` of those days only. Lines of the app
 * itself have no writer.
 */
export function countSegment(columns: SegmentColumns, zone: string, range: DayRange | null = null): SegmentCounts {
  const { times, people, kinds } = columns;
  const counts = emptyCounts();
  const wallHour = createWallHours(zone);
  const isWithin = range === null ? null : daysWithin(columns, zone, range);
  for (const [at, atMs] of (times?.sentAtMs ?? new Float64Array()).entries()) {
    if (isWithin?.(at) === false) continue;
    countTime(counts, wallHour(atMs));
    const kind = kinds?.[at] ?? 0;
    counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
    const sender = people?.ids[people.index[at] ?? -1];
    if (sender === undefined || kind === systemKind) continue;
    senderIn(counts.senders, sender).messages += 1;
    const turn: Turn = { sender, atMs };
    takeAnswer(counts.senders, counts.last, turn);
    counts.first ??= turn;
    counts.last = turn;
  }
  return counts;
}

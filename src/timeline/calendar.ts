// Months and days that hold messages, with the position of their first. A day is what clocks in the screen's zone call it;
// where they are set back over midnight, a day once begun goes on, so that days and months never overlap or repeat.

import { wallClockToInstant, zoneOffsetMin } from '../model/time';
import type { DayCount, MonthCount } from '../model/view';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { positionOfTime, timeOfPosition } from './segments';
import type { OpenSegments } from './segments';

interface Stretch {
  readonly label: string;
  readonly firstPosition: number;
  readonly messageCount: number;
}

/** A month, or a day where `day` is given; months from 0, days from 1. */
interface CalendarUnit {
  readonly year: number;
  readonly month: number;
  readonly day: number | null;
}

/** Months with messages, in order. */
export async function countMonths(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  zone: string,
): Promise<readonly MonthCount[]> {
  const stretches = await countStretches(reader, open, entry, zone, { from: 0, to: entry.messageCount, byDay: false });
  return stretches.map(({ label, ...counts }) => ({ month: label, ...counts }));
}

/** Days of `month` (`yyyy-mm`) with messages, in order; [] for what is no month. */
export async function countDays(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  month: string,
  zone: string, // prettier-ignore
): Promise<readonly DayCount[]> {
  const written = /^(\d{4})-(\d{2})$/.exec(month);
  if (written === null) return [];
  const unit: CalendarUnit = { year: Number(written[1]), month: Number(written[2]) - 1, day: null };
  const from = await positionOfTime(reader, open, entry, startOf(zone, unit));
  const to = await positionOfTime(reader, open, entry, startOf(zone, following(unit)));
  const stretches = await countStretches(reader, open, entry, zone, { from, to, byDay: true });
  return stretches.map(({ label, ...counts }) => ({ day: label, ...counts }));
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly byDay: boolean;
}

/** Goes from the first message of one stretch to the first of the next, so that empty ones (a message of the year 1) cost nothing. */
async function countStretches(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  zone: string,
  { from, to, byDay }: Range, // prettier-ignore
): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  for (let position = from; position < to;) {
    const atMs = await timeOfPosition(reader, open, entry, position);
    let unit = unitOf(zone, atMs, byDay);
    let endMs = startOf(zone, following(unit));
    while (endMs <= atMs) {
      unit = following(unit);
      endMs = startOf(zone, following(unit));
    }
    const end = Math.min(to, await positionOfTime(reader, open, entry, endMs));
    stretches.push({ label: labelOf(unit), firstPosition: position, messageCount: end - position });
    position = end;
  }
  return stretches;
}

function unitOf(zone: string, atMs: number, byDay: boolean): CalendarUnit {
  const wall = new Date(atMs + zoneOffsetMin(zone, atMs) * 60_000);
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), day: byDay ? wall.getUTCDate() : null };
}

/** `Date.UTC` would read years below 100 as of the twentieth century. */
function wallMs({ year, month, day }: CalendarUnit): number {
  return new Date(0).setUTCFullYear(year, month, day ?? 1);
}

const startOf = (zone: string, unit: CalendarUnit): number => wallClockToInstant(zone, wallMs(unit));

function following(unit: CalendarUnit): CalendarUnit {
  const next = new Date(wallMs(unit.day === null ? { ...unit, month: unit.month + 1 } : { ...unit, day: unit.day + 1 }));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth(), day: unit.day === null ? null : next.getUTCDate() };
}

/** `yyyy-mm`, or `yyyy-mm-dd` of a day. */
export function labelOf({ year, month, day }: CalendarUnit): string {
  const yearMonth = `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
  return day === null ? yearMonth : `${yearMonth}-${String(day).padStart(2, '0')}`;
}

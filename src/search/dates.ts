// Dates in queries: `2024`, `2024-05`, `2024-05-01` (also with `/`, `.` or 年月日), what people say (natural-dates.ts), and
// ranges of both: `2023..2024-05`.

import { wallClockToInstant, zoneOffsetMin } from '../model/time';
import { naturalDate } from './natural-dates';
import type { CalendarSpan, YearMonthDay } from './natural-dates';
import { normaliseText } from './normalise';

/** The instants [fromMs, toMs) of a stretch of the calendar in a zone; infinite where a range is open. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Null where the text is no date, and for a range that ends before it begins. */
export function parseDate(text: string, zone: string, nowMs: number): TimeRange | null {
  const word = normaliseText(text).trim();
  const range = /^([^.]*(?:\.[^.]+)*)\.{2,3}([^.]*(?:\.[^.]+)*)$/.exec(word);
  if (range === null) return parseOne(word, zone, nowMs);
  const [from, to] = [range[1] ?? '', range[2] ?? ''].map((end) => end.trim());
  if (!from && !to) return null;
  const first = from ? parseOne(from, zone, nowMs) : { fromMs: -Infinity };
  const last = to ? parseOne(to, zone, nowMs) : { toMs: Infinity };
  return first && last && first.fromMs < last.toMs ? { fromMs: first.fromMs, toMs: last.toMs } : null;
}

function parseOne(word: string, zone: string, nowMs: number): TimeRange | null {
  const wall = new Date(nowMs + zoneOffsetMin(zone, nowMs) * 60_000);
  const today: YearMonthDay = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
  const span = writtenDate(word) ?? naturalDate(word.replace(/[\s_-]/g, ''), today);
  if (span === null) return null;
  const { start, length } = span;
  const end: YearMonthDay = [start[0] + length[0], start[1] + length[1], start[2] + length[2]];
  return { fromMs: wallClockToInstant(zone, wallMs(...start)), toMs: wallClockToInstant(zone, wallMs(...end)) };
}

const written = /^(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$/;

function writtenDate(word: string): CalendarSpan | null {
  const found = written.exec(word);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), found[2], found[3]];
  if (year === 0) return null;
  if (month === undefined) return { start: [year, 0, 1], length: [1, 0, 0] };
  const monthIndex = Number(month) - 1;
  if (monthIndex < 0 || monthIndex > 11) return null;
  if (day === undefined) return { start: [year, monthIndex, 1], length: [0, 1, 0] };
  const daysInMonth = new Date(wallMs(year, monthIndex + 1, 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= daysInMonth ? { start: [year, monthIndex, Number(day)], length: [0, 0, 1] } : null;
}

/** `Date.UTC` reads years below 100 as of the twentieth century. */
function wallMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

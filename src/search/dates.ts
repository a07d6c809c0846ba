// Dates in queries: `2024`, `2024-05`, `2024-05-01` (also with `/`, `.` or 年月日), today and yesterday.

import { wallClockToInstant, zoneOffsetMin } from '../model/time';
import { dayWords } from './operators';

/** The instants [fromMs, toMs) of a year, month or day in a zone. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

const written = /^(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$/;

/** Null where the text is no date. */
export function parseDate(text: string, zone: string, nowMs: number): TimeRange | null {
  const word = text.toLowerCase();
  const back = (dayWords.today as readonly string[]).includes(word)
    ? 0
    : (dayWords.yesterday as readonly string[]).includes(word)
      ? 1
      : null;
  if (back !== null) {
    const wall = new Date(nowMs + zoneOffsetMin(zone, nowMs) * 60_000);
    return between(zone, [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() - back], [0, 0, 1]);
  }
  const found = written.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), found[2], found[3]];
  if (year === 0) return null;
  if (month === undefined) return between(zone, [year, 0, 1], [1, 0, 0]);
  const monthIndex = Number(month) - 1;
  if (monthIndex < 0 || monthIndex > 11) return null;
  if (day === undefined) return between(zone, [year, monthIndex, 1], [0, 1, 0]);
  const daysInMonth = new Date(wallMs(year, monthIndex + 1, 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= daysInMonth ? between(zone, [year, monthIndex, Number(day)], [0, 0, 1]) : null;
}

type YearMonthDay = readonly [year: number, month: number, day: number];

function between(zone: string, [year, month, day]: YearMonthDay, [years, months, days]: YearMonthDay): TimeRange {
  return {
    fromMs: wallClockToInstant(zone, wallMs(year, month, day)),
    toMs: wallClockToInstant(zone, wallMs(year + years, month + months, day + days)),
  };
}

/** `Date.UTC` reads years below 100 as of the twentieth century. */
function wallMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

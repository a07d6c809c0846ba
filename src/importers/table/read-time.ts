// A time as a table writes it, read by a pattern: an instant, or a wall clock where the text names no zone.

import type { Clock } from '../../model/record';
import type { TimePattern, TimeWriting } from '../../model/table-mapping';

export interface CellTime {
  /** An instant in ms since 1970, or the wall clock read as UTC. */
  readonly atMs: number;
  readonly clock: Clock;
  /** False where the text is finer than `atMs`. */
  readonly isExact: boolean;
}

/** Longer texts are no times. */
const textLimit = 64;
/** Days between 1899-12-30, from which spreadsheets count, and 1970. */
const spreadsheetDays = 25_569;
const msPerDay = 86_400_000;
const appleEpochMs = Date.UTC(2001, 0, 1);
const latestMs = Date.UTC(9999, 11, 31);

const isNumber = /^-?\d{1,25}(?:\.\d{1,20})?$/;

/** The time, or null where the text is none in this pattern. */
export function readTime(text: string, { written, hours }: Pick<TimePattern, 'written' | 'hours'>): CellTime | null {
  if (text.length > textLimit) return null;
  return written === 'YMD' || written === 'DMY' || written === 'MDY'
    ? readClockText(text, written, hours)
    : readCount(text.trim(), written);
}

function readCount(text: string, written: TimeWriting): CellTime | null {
  if (!isNumber.test(text)) return null;
  // Nanoseconds are above 2^53: their last six digits are dropped as text.
  const isNano = written === 'ns' || written === 'apple-ns';
  const count = isNano ? Number(text.split('.')[0]?.slice(0, -6)) : Number(text);
  if (written === 'days') {
    const wallMs = Math.round(((count - spreadsheetDays) * msPerDay) / 1000) * 1000;
    return inRange({ atMs: wallMs, clock: 'second', isExact: true });
  }
  const perUnit = { s: 1000, 'apple-s': 1000, ms: 1, us: 0.001, ns: 1, 'apple-ns': 1 }[written as 's'];
  const fromMs = written === 'apple-s' || written === 'apple-ns' ? appleEpochMs : 0;
  const countMs = count * perUnit;
  return inRange({ atMs: fromMs + Math.trunc(countMs), clock: 'absolute', isExact: Number.isInteger(countMs) && !isNano });
}

function inRange(time: CellTime): CellTime | null {
  return time.atMs > 0 && time.atMs <= latestMs ? time : null;
}

const marks = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const spaces = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
const timeOfDay = /(\d{1,2})(?::|时|點|点)(\d{2})(?:(?::|分)(\d{2})(?:[.,](\d{1,9}))?)?/;
const dayHalf = /([ap])\.?m\.?(?![a-z])|上午|下午|凌晨|早上|清晨|中午|傍晚|晚上/i;
/** Behind a time of day: Z, or hours and minutes ahead of UTC. Letters that name other zones are left alone. */
const offset = /^\s*秒?\s*(?:(z|utc|gmt)(?![a-z]))?\s*(?:([+-])(\d{1,2})(?::?(\d{2}))?(?!\d))?/i;
const parts = /\d+|[a-z]+/gi;
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?$/;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Forms such as `2024-03-07T15:04:05.120Z`, `7.3.2024, 15:04`, `Mar 7, 2024 3:04 PM`, `2024年3月7日 下午3:04`, `20240307150405`. */
function readClockText(given: string, order: 'YMD' | 'DMY' | 'MDY', hours: 12 | 24): CellTime | null {
  const text = given.replace(marks, '').replace(spaces, ' ').replaceAll('：', ':').trim();
  const digits = compact.exec(text);
  if (digits !== null) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = digits
      .slice(1)
      .map((part) => (part === undefined ? undefined : Number(part)));
    return order === 'YMD' ? timeOf({ year, month, day, hour, minute, second, hasSeconds: digits[6] !== undefined }) : null;
  }
  const time = timeOfDay.exec(text);
  const before = time === null ? text : text.slice(0, time.index);
  const behind = time === null ? '' : text.slice(time.index + time[0].length);
  const half = dayHalf.exec(text);
  const zone = offset.exec(behind.replace(dayHalf, '')) ?? [''];
  const date = readDate(`${before.replace(dayHalf, '')} ${behind.replace(dayHalf, '').slice(zone[0].length)}`, order);
  const hour = time === null ? 0 : hourOf(Number(time[1]), half, hours);
  if (date === null || hour === null) return null;
  const [, , minute = '0', second, fraction = '0'] = time ?? [];
  const offsetMin = zone[1] === undefined && zone[2] === undefined ? null : offsetMinutes(zone);
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return timeOf({ ...date, hour, minute: Number(minute), second: Number(second ?? 0), hasSeconds: second !== undefined, ms, offsetMin });
}

function hourOf(hour: number, half: RegExpExecArray | null, hours: 12 | 24): number | null {
  if (hours === 24) return hour < 24 ? hour : null;
  if (half === null || hour > 12) return null;
  const [word, letter] = half;
  const isLate = letter === undefined ? ['下午', '中午', '傍晚', '晚上'].includes(word) : letter.toLowerCase() === 'p';
  // 中午 is from eleven to one, 晚上 ends at midnight.
  if ((word === '中午' && hour > 2 && hour < 12) || (word === '晚上' && hour === 12)) return hour % 12;
  return (hour % 12) + (isLate ? 12 : 0);
}

function offsetMinutes([, , sign = '+', hours = '0', minutes = '0']: readonly (string | undefined)[]): number {
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

interface DateParts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

function readDate(text: string, order: 'YMD' | 'DMY' | 'MDY'): DateParts | null {
  const numbers: number[] = [];
  let named: number | null = null;
  for (const [part] of text.matchAll(parts)) {
    if (/^\d/.test(part)) numbers.push(part.length > 4 ? Infinity : Number(part));
    else if (monthNames.includes(part.slice(0, 3).toLowerCase()) && part.length >= 3)
      named ??= monthNames.indexOf(part.slice(0, 3).toLowerCase()) + 1;
  }
  const [first, second, third] = numbers;
  if (numbers.length !== (named === null ? 3 : 2)) return null;
  // With the month in letters a number above 31 is the year, else the order says which comes first.
  if (named !== null) {
    const isYearFirst = (first ?? 0) > 31 || (order === 'YMD' && (second ?? 0) <= 31);
    return { year: wholeYear(isYearFirst ? first : second), month: named, day: isYearFirst ? second : first };
  }
  if (order === 'YMD') return { year: wholeYear(first), month: second, day: third };
  return { year: wholeYear(third), month: order === 'DMY' ? second : first, day: order === 'DMY' ? first : second };
}

function wholeYear(year = NaN): number {
  if (year >= 100) return year;
  return year + (year >= 70 ? 1900 : 2000);
}

interface ClockParts extends DateParts {
  readonly hour: number | undefined;
  readonly minute: number | undefined;
  readonly second: number | undefined;
  readonly hasSeconds: boolean;
  readonly ms?: number;
  readonly offsetMin?: number | null;
}

function timeOf({
  year = NaN,
  month = NaN,
  day = NaN,
  hour = 0,
  minute = 0,
  second = 0,
  hasSeconds,
  ms = 0,
  offsetMin = null,
}: ClockParts): CellTime | null {
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(wallMs);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || hour > 23 || minute > 59 || second > 59) return null;
  if (offsetMin !== null) return inRange({ atMs: wallMs + ms - offsetMin * 60_000, clock: 'absolute', isExact: true });
  return inRange({ atMs: wallMs, clock: hasSeconds ? 'second' : 'minute', isExact: ms === 0 });
}

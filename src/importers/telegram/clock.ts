// Times of messages. `date_unixtime` (a string of seconds, since early 2022) is an instant; `date` is the wall clock of the
// computer that exported, without a zone.

import type { Json } from '../../model/json';
import type { Clock } from '../../model/record';

/** The end of the year 9999: what lies beyond is no time of a message. */
const lastSecond = 253_402_300_799;

/** `YYYY-MM-DDTHH:MM:SS` read as UTC, in ms; null where it is no such clock. */
export function parseWallClock(text: string): number | null {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (year < 1000 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return null;
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(atMs).getUTCDate() === day ? atMs : null;
}

/** Seconds since 1970, as a string or a number, in ms; null where they are none, zero or beyond the year 9999. */
export function parseUnixTime(value: Json | undefined): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const seconds = value === '' ? Number.NaN : Number(value);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= lastSecond ? seconds * 1000 : null;
}

/** The time of a message, or null where it has none that can be read. */
export function messageTime(
  unixTime: Json | undefined,
  date: Json | undefined,
): { readonly sentAtMs: number; readonly clock: Clock } | null {
  const instant = parseUnixTime(unixTime);
  if (instant !== null) return { sentAtMs: instant, clock: 'absolute' };
  const wall = typeof date === 'string' ? parseWallClock(date) : null;
  return wall === null ? null : { sentAtMs: wall, clock: 'second' };
}

/** Exports up to 2020 write `edited` on every message; where it was never edited, as the epoch in the zone of the computer. */
export function isNeverEdited(edited: Json | undefined): boolean {
  return typeof edited === 'string' && (edited.startsWith('1970-01-01') || edited.startsWith('1969-12-31'));
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

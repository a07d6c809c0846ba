// Dates of Google Chat's Takeout: `Thursday, November 3, 2016 at 11:59:50 AM UTC`, in the language of the account.

import { isWeekdayOf } from '../weekday-words';
import { parseWrittenTime, timeIn } from '../written-time';
import type { WrittenTime } from '../written-time';

/** Longer texts are no dates. */
const longestDate = 120;
/** The zone by its name, with an offset or without. */
const namedZone = /(?<![\p{L}\d])(?:utc|gmt)(?: ?([+\u2212-])(\d{1,2})(?::?(\d{2}))?)?(?![\p{L}\d])/iu;
/** An offset alone. */
const offsetZone = /(?<= )([+\u2212-])(\d{2}):?(\d{2})(?![\d:])/;
const msPerMinute = 60_000;
const msPerDay = 86_400_000;
const mostHours = 14;

/**
 * ms since 1970; null for what is no such date, for a zone that is neither UTC nor an offset from it (names of others mean
 * several zones), and for a month whose word names two where no weekday tells which.
 */
export function parseChatDate(text: string): number | null {
  if (text.length > longestDate) return null;
  const plain = text.replaceAll(/\s/g, ' ');
  const zone = namedZone.exec(plain) ?? offsetZone.exec(plain);
  const offsetMs = zone === null ? null : offsetOf(zone);
  if (zone === null || offsetMs === null) return null;
  const rest = `${plain.slice(0, zone.index)} ${plain.slice(zone.index + zone[0].length)}`.replaceAll(/ {2,}/g, ' ').trim();
  const time = parseWrittenTime(rest);
  const clockMs = time === null ? null : clockOf(time, rest);
  return clockMs === null ? null : clockMs - offsetMs;
}

function offsetOf([, sign, hours, minutes = '0']: RegExpExecArray): number | null {
  if (sign === undefined) return 0;
  if (Number(hours) > mostHours || Number(minutes) > 59) return null;
  return (Number(hours) * 60 + Number(minutes)) * msPerMinute * (sign === '+' ? 1 : -1);
}

/** The clock read as UTC. `listopada` is October in Croatian and November in Polish: the weekday tells. */
function clockOf(time: WrittenTime, text: string): number | null {
  if (time.clock !== 'second' || time.orders.length > 1) return null;
  const order = time.orders[0] ?? 'YMD';
  const languages = time.months?.map(({ language }) => language) ?? [null];
  const found = new Set(languages.flatMap((language) => timeIn(time, { language, order }) ?? []));
  if (found.size < 2) return [...found][0] ?? null;
  const words = text.match(/[\p{L}\p{M}'’ʼ-]{2,20}/gu) ?? [];
  const onItsWeekday = [...found].filter((atMs) => words.some((word) => isWeekdayOf(word, Math.floor(atMs / msPerDay))));
  return onItsWeekday.length === 1 ? (onItsWeekday[0] ?? null) : null;
}

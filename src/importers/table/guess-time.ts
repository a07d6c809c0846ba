// Which pattern the times of a table are written in, guessed from some of them.

import { isPlausibleTime } from '../../model/time';
import type { TimePattern, TimeWriting } from '../../model/table-mapping';
import { readTime } from './read-time';

export interface GuessedTime extends TimePattern {
  /** Share of the texts that are plausible times in this pattern, 0 to 1. */
  readonly share: number;
  /** False where another order of day and month reads them as well. */
  readonly isCertain: boolean;
}

const counts: readonly TimeWriting[] = ['s', 'ms', 'us', 'ns', 'apple-s', 'apple-ns', 'days'];
const orders = ['YMD', 'DMY', 'MDY'] as const;
const dayHalf = /[ap]\.?m\.?(?![a-z])|上午|下午|凌晨|早上|中午|晚上/i;
const isCount = /^-?\d+(?:\.\d+)?$/;
/** 20240307, and with hours, minutes and seconds behind. */
const isCompact = /^(?:19|20)\d{6}(?:\d{4}|\d{6})?$/;
const utcName = /(?:^|[^a-z])(?:utc|gmt)(?:$|[^a-z])/i;

/** The pattern that reads most of the texts. `column`: a name such as `time (UTC)` tells the zone. Share 0 where none reads any. */
export function guessTime(texts: readonly string[], column = ''): GuessedTime {
  const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
  const zone = utcName.test(column) ? 'UTC' : null;
  const areCounts = filled.length > 0 && filled.every((text) => isCount.test(text) && !isCompact.test(text));
  const tried = areCounts ? counts.map((written) => trial(filled, written, 24)) : tryOrders(filled);
  const best = tried.reduce((one, other) => (other.share > one.share ? other : one));
  const rivals = tried.filter((each) => each !== best && each.share === best.share);
  const chosen = areCounts || rivals.length === 0 ? best : chooseOrder([best, ...rivals], filled);
  const { written, hours, share } = chosen;
  return { written, hours, zone, share, isCertain: areCounts || rivals.length === 0 || chosen.isTold };
}

interface Trial {
  readonly written: TimeWriting;
  readonly hours: 12 | 24;
  readonly share: number;
  /** How often a time is before the one above it. */
  readonly descents: number;
  readonly isTold: boolean;
}

function tryOrders(texts: readonly string[]): Trial[] {
  const hours = texts.some((text) => dayHalf.test(text)) ? 12 : 24;
  return orders.map((written) => trial(texts, written, hours));
}

function trial(texts: readonly string[], written: TimeWriting, hours: 12 | 24): Trial {
  let plausible = 0;
  let descents = 0;
  let before = -Infinity;
  for (const text of texts) {
    const time = readTime(text, { written, hours });
    if (time === null || !isPlausibleTime(time.atMs) || time.atMs < (leastMs[written] ?? 0)) continue;
    plausible++;
    if (time.atMs < before) descents++;
    before = time.atMs;
  }
  return { written, hours, share: texts.length === 0 ? 0 : plausible / texts.length, descents, isTold: false };
}

/** Seconds and nanoseconds of the last century are rather Apple's, and Apple's of its first year are rather days. */
const leastMs: Partial<Record<TimeWriting, number>> = {
  s: Date.UTC(2001, 0, 1),
  ns: Date.UTC(2001, 0, 1),
  'apple-s': Date.UTC(2002, 0, 1),
  'apple-ns': Date.UTC(2002, 0, 1),
};

/** Of orders that read the same share: the one in which times step back least, where one does; else by what is usual. */
function chooseOrder(rivals: readonly Trial[], texts: readonly string[]): Trial {
  const ascending = (one: Trial): number => Math.min(one.descents, texts.length - one.descents);
  const sorted = rivals.toSorted((one, other) => ascending(one) - ascending(other));
  const [first, second] = sorted;
  if (first !== undefined && second !== undefined && ascending(first) < ascending(second)) return { ...first, isTold: true };
  const [example = ''] = texts;
  const usual = /^\d{4}/.test(example) ? 'YMD' : example.includes('/') && dayHalf.test(example) ? 'MDY' : 'DMY';
  return rivals.find(({ written }) => written === usual) ?? (rivals[0] as Trial);
}

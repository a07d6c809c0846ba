// One year of a zone's calendar, as days since 1970, and which segments it concerns.

import type { SegmentEntry } from '../../vault/archive';

/** From `first` to before `end`. */
export interface DayRange {
  readonly first: number;
  readonly end: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** No clock is further from UTC. */
const zoneMs = 15 * hourMs;

const firstDay = (year: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year);
  return date.getTime() / dayMs;
};

export const yearDays = (year: number): DayRange => ({ first: firstDay(year), end: firstDay(year + 1) });

/** Whether all messages of a segment are in the range, none of them, or whether its messages have to be asked one by one. */
export function placeOf({ firstAtMs, lastAtMs }: SegmentEntry, { first, end }: DayRange): 'inside' | 'outside' | 'across' {
  if (lastAtMs < first * dayMs - zoneMs || firstAtMs >= end * dayMs + zoneMs) return 'outside';
  return firstAtMs >= first * dayMs + zoneMs && lastAtMs < end * dayMs - zoneMs ? 'inside' : 'across';
}

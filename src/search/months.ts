// Which calendar month each message of a segment is of. Messages lie in order of time, so months are runs of places.

import { wallClockToInstant, zoneOffsetMin } from '../model/time';
import type { SegmentEntry } from '../vault/archive';

/** Month `months[i]` (`yyyy-mm`) ends before place `ends[i]`. */
export interface MonthRuns {
  readonly months: readonly string[];
  readonly ends: readonly number[];
}

/** Months as `during:` reads them: from the instant at which the clocks of `zone` show its first midnight up to the next month's. */
export function monthRunsOf(sentAtMs: ArrayLike<number>, zone: string): MonthRuns {
  const months: string[] = [];
  const ends: number[] = [];
  let fromMs = Infinity;
  let toMs = -Infinity;
  for (let place = 0; place < sentAtMs.length; place++) {
    const atMs = sentAtMs[place] ?? 0;
    if (atMs < fromMs || atMs >= toMs) {
      const month = monthAt(atMs, zone);
      [fromMs, toMs] = [startMs(month, zone), startMs(month + 1, zone)];
      months.push(labelOf(month));
      ends.push(place);
    }
    ends[ends.length - 1] = place + 1;
  }
  return { months, ends };
}

/** The runs of a segment that lies within one month, as its ends tell; else null. */
export function runsOfOneMonth(segment: SegmentEntry, zone: string): MonthRuns | null {
  const month = monthAt(segment.firstAtMs, zone);
  return segment.lastAtMs < startMs(month + 1, zone) ? { months: [labelOf(month)], ends: [segment.messageCount] } : null;
}

/** Months since the year 0. Where clocks are put back over midnight of the first, the earlier of the two midnights counts. */
function monthAt(atMs: number, zone: string): number {
  const wall = new Date(atMs + zoneOffsetMin(zone, atMs) * 60_000);
  const month = wall.getUTCFullYear() * 12 + wall.getUTCMonth();
  if (startMs(month, zone) > atMs) return month - 1;
  return startMs(month + 1, zone) <= atMs ? month + 1 : month;
}

/** `Date.UTC` reads years below 100 as of the twentieth century. */
const startMs = (month: number, zone: string): number =>
  wallClockToInstant(zone, new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1));

const labelOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

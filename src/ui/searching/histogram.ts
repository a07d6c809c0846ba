// Counts by month as columns: a month each where there are few, else as many months each as keep the columns legible.

import { type MonthRange, monthNumber } from './month-range';

export interface HistogramColumn extends MonthRange {
  readonly count: number;
}

/** `from` and `to` are the first and the last month that can be chosen. */
export interface Histogram extends MonthRange {
  /** The month that the drawing begins with, and how many each column is wide. */
  readonly origin: number;
  readonly width: number;
  readonly columns: readonly HistogramColumn[];
  readonly most: number;
}

/** About as many as are told apart at a phone's width. */
const columnLimit = 72;
const widths = [1, 3, 12, 60, 120, 1200, 12_000];

/** Over the months from the first to the last hit, or those of `domain` too; null where there are none. */
export function histogramOf(months: ReadonlyMap<string, number>, domain: MonthRange | null): Histogram | null {
  let [from, to] = [domain?.from ?? Infinity, domain?.to ?? -Infinity];
  const counts = new Map<number, number>();
  for (const [label, count] of months) {
    const month = monthNumber(label);
    counts.set(month, count);
    from = Math.min(from, month);
    to = Math.max(to, month);
  }
  if (from > to) return null;
  const width = widths.find((each) => Math.floor(to / each) - Math.floor(from / each) < columnLimit) ?? 12_000;
  const first = Math.floor(from / width);
  const sums = Array.from({ length: Math.floor(to / width) - first + 1 }, () => 0);
  for (const [month, count] of counts) sums[Math.floor(month / width) - first] = (sums[Math.floor(month / width) - first] ?? 0) + count;
  const columns = sums.map((count, at) => ({
    from: Math.max(from, (first + at) * width),
    to: Math.min(to, (first + at + 1) * width - 1),
    count,
  }));
  return { from, to, origin: first * width, width, columns, most: Math.max(1, ...sums) };
}

/** Where a month begins, as a share of the drawing's width. */
export function placeOf({ origin, width, columns }: Histogram, month: number): number {
  return (month - origin) / (width * columns.length);
}

/** The month at a share of the drawing's width. */
export function monthAtPlace({ from, to, origin, width, columns }: Histogram, share: number): number {
  return Math.min(to, Math.max(from, origin + Math.floor(share * width * columns.length)));
}

/** Hits in these months. */
export function sumOf(months: ReadonlyMap<string, number>, { from, to }: MonthRange): number {
  let sum = 0;
  for (const [label, count] of months) {
    const month = monthNumber(label);
    if (month >= from && month <= to) sum += count;
  }
  return sum;
}

/** Beginnings of years to write below, at most `limit`. */
export function yearMarks({ from, to }: MonthRange, limit: number): readonly number[] {
  const firstYear = Math.ceil(from / 12);
  const lastYear = Math.floor(to / 12);
  const step = [1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000].find((each) => (lastYear - firstYear) / each < limit) ?? 5000;
  const years = Array.from({ length: Math.max(0, lastYear - firstYear + 1) }, (_, at) => firstYear + at);
  return years.filter((year) => year % step === 0);
}

// Counts by month as groups of a list: years while there are many months, else months.

import { type MonthRange, monthNumber } from './month-range';

/** A row that opens what it counts. */
export interface Group {
  readonly name: string;
  readonly count: number;
  readonly open: () => void;
}

export interface TimeGroup {
  readonly range: MonthRange;
  readonly year: number;
  /** `yyyy-mm`; null for a whole year. */
  readonly month: string | null;
  readonly count: number;
}

const monthLimit = 24;

/** In the order of the search; stretches without hits are left out. */
export function groupsByTime(months: ReadonlyMap<string, number>, order: 'newest' | 'oldest'): readonly TimeGroup[] {
  const sign = order === 'newest' ? -1 : 1;
  const byMonth = [...months].map(([month, count]): TimeGroup => {
    const number = monthNumber(month);
    return { range: { from: number, to: number }, year: Math.floor(number / 12), month, count };
  });
  return (byMonth.length > monthLimit ? byYear(byMonth) : byMonth).sort((a, b) => sign * (a.range.from - b.range.from));
}

function byYear(months: readonly TimeGroup[]): TimeGroup[] {
  const counts = new Map<number, number>();
  for (const { year, count } of months) counts.set(year, (counts.get(year) ?? 0) + count);
  return [...counts].map(([year, count]) => ({ range: { from: year * 12, to: year * 12 + 11 }, year, month: null, count }));
}

// What the counts of days tell: months, years, the busiest day, and the longest run of days. Days are `yyyy-mm-dd`.

export type DayCounts = readonly (readonly [day: string, messages: number])[];

export interface DayFacts {
  readonly busiest: { readonly day: string; readonly messages: number } | null;
  /** The most days in a row, and the first of them. */
  readonly streak: { readonly days: number; readonly from: string } | null;
  readonly perDay: number;
}

const dayMs = 86_400_000;
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);

export function factsOf(days: DayCounts): DayFacts {
  let busiest: DayFacts['busiest'] = null;
  let streak: DayFacts['streak'] = null;
  let run = { days: 0, from: '', last: NaN };
  let messages = 0;
  for (const [day, count] of days) {
    messages += count;
    if (busiest === null || count > busiest.messages) busiest = { day, messages: count };
    const number = dayNumber(day);
    run = number === run.last + 1 ? { ...run, days: run.days + 1, last: number } : { days: 1, from: day, last: number };
    if (streak === null || run.days > streak.days) streak = { days: run.days, from: run.from };
  }
  return { busiest, streak, perDay: days.length === 0 ? 0 : messages / days.length };
}

/** More months than this are not drawn one by one: a message of the year 1 would make 24,000. */
const monthLimit = 600;

function nextMonth(month: string): string {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return of === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${month.slice(0, 4)}-${String(of + 1).padStart(2, '0')}`;
}

/** Months from the first to the last, empty ones too; only those with messages where that would be too many. */
export function monthsOf(days: DayCounts): DayCounts {
  const counts = new Map<string, number>();
  for (const [day, count] of days) counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + count);
  const [first] = counts.keys();
  const last = [...counts.keys()].at(-1);
  if (first === undefined || last === undefined) return [];
  const months: (readonly [string, number])[] = [];
  for (let month = first; month <= last && months.length <= monthLimit; month = nextMonth(month))
    months.push([month, counts.get(month) ?? 0]);
  return months.length > monthLimit ? [...counts] : months;
}

/** The twelve months of a year, empty ones too. */
export function monthsOfYear(days: DayCounts, year: string): DayCounts {
  return Array.from({ length: 12 }, (_, at) => {
    const month = `${year}-${String(at + 1).padStart(2, '0')}`;
    return [month, days.reduce((sum, [day, count]) => (day.startsWith(month) ? sum + count : sum), 0)] as const;
  });
}

export const yearsOf = (days: DayCounts): readonly string[] => [...new Set(days.map(([day]) => day.slice(0, 4)))];

export interface CalendarDay {
  readonly day: string;
  readonly week: number;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly messages: number;
}

/** All days of a year in weeks from Monday. */
export function calendarOf(days: DayCounts, year: string): readonly CalendarDay[] {
  const counts = new Map(days.filter(([day]) => day.startsWith(`${year}-`)));
  const first = dayNumber(`${year}-01-01`);
  const end = dayNumber(`${String(Number(year) + 1).padStart(4, '0')}-01-01`);
  const offset = (((first + 3) % 7) + 7) % 7;
  return Array.from({ length: end - first }, (_, at) => {
    const day = new Date((first + at) * dayMs).toISOString().slice(0, 10);
    return { day, week: Math.floor((at + offset) / 7), weekday: (at + offset) % 7, messages: counts.get(day) ?? 0 };
  });
}

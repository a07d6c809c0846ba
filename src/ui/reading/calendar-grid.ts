// The squares of a month in a calendar.

export interface CalendarSquare {
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly number: number;
}

/** First day of the week as the language has it: 0 is Sunday. */
export function firstWeekday(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  return (info?.firstDay ?? 1) % 7;
}

/** Names of the weekdays, from the first of the week on. */
export function weekdayNames(language: string): readonly string[] {
  const names = new Intl.DateTimeFormat(language, { weekday: 'narrow', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, at) => names.format(Date.UTC(2023, 0, 1 + ((firstWeekday(language) + at) % 7))));
}

/** Days of `yyyy-mm`, and how many empty squares stand before the first. */
export function monthSquares(month: string, language: string): { readonly before: number; readonly squares: readonly CalendarSquare[] } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const first = new Date(Date.UTC(2000, number - 1, 1));
  first.setUTCFullYear(year);
  const last = new Date(first);
  last.setUTCMonth(number, 0);
  const squares = Array.from({ length: last.getUTCDate() }, (_, at) => ({
    day: `${month}-${String(at + 1).padStart(2, '0')}`,
    number: at + 1,
  }));
  return { before: (first.getUTCDay() - firstWeekday(language) + 7) % 7, squares };
}

// Dates and times as QQ's message manager writes them: of the computer's clock, without a zone.

export const dayMs = 86_400_000;

/** Midnight of a date read as UTC, in ms since 1970; null where there is no such day. */
export function dayOf(year: number, month: number, day: number): number | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : null;
}

/** Time since midnight in ms; null where there is no such time. */
export function timeOf(hour: number, minute: number, second: number): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

const datePattern = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const timePattern = /^(\d{1,2}):(\d{2}):(\d{2})$/;

/** As `dayOf`, of a date such as `2012-04-11` or `2012/4/11`. */
export function readDay(text: string): number | null {
  const found = datePattern.exec(text);
  return found === null ? null : dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

/** As `timeOf`, of a time such as `8:00:00` or `08:00:00`. */
export function readTime(text: string): number | null {
  const found = timePattern.exec(text);
  return found === null ? null : timeOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

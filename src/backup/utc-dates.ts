// Dates in names and contents of a snapshot: always UTC, so that no device's zone plays a part.

/** RFC 3339 in UTC, ms only where there are any; years outside of 0 to 9999 with a sign and six digits. */
export function writeInstant(atMs: number): string {
  const text = new Date(atMs).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** `yyyy-mm`, the name of a month's file. */
export function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, -17);
}

/** `<yyyy>`, `<mm>` and `<dd>`, the folders of a medium. */
export function dayOf(atMs: number): readonly [year: string, month: string, day: string] {
  const date = new Date(atMs).toISOString().slice(0, -14);
  return [date.slice(0, -6), date.slice(-5, -3), date.slice(-2)];
}

/** First instant of a month. */
export function monthStartMs(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}

/** Instants of a month: [fromMs, toMs). */
export function monthRange(month: string): readonly [fromMs: number, toMs: number] {
  const fromMs = monthStartMs(month);
  const next = new Date(fromMs);
  const toMs = next.setUTCMonth(next.getUTCMonth() + 1);
  return [Number.isNaN(fromMs) ? -Infinity : fromMs, Number.isNaN(toMs) ? Infinity : toMs];
}

/** Order in time of two months. */
export function compareMonths(a: string, b: string): number {
  return monthStartMs(a) - monthStartMs(b);
}

const earliestNodeMs = 0;
const latestNodeMs = Date.UTC(2200, 0, 1);

/** A file's time in a tree. Times that file systems cannot show become the nearest that they can. */
export function nodeTimeMs(atMs: number | null): number {
  return Math.min(latestNodeMs, Math.max(earliestNodeMs, Math.floor(atMs ?? earliestNodeMs)));
}

// Instants, wall clocks and the zones between them. A wall clock is written as the ms that it would be if it were UTC.

const msPerMinute = 60_000;
const msPerDay = 86_400_000;

/** Years 1 to 9999: what a `Date` can show in every engine, and what a message's time is kept within. */
export const earliestAtMs = new Date(0).setUTCFullYear(1, 0, 2);
export const latestAtMs = Date.UTC(9999, 11, 31);

/** Outside of these a message's time is kept and ordered as it is, but said to be absurd (`bad-time`). */
const plausibleFromMs = Date.UTC(1990, 0, 1);
const plausibleToMs = Date.UTC(2100, 0, 1);

/** True where an app can have sent something at that time. */
export function isPlausibleTime(atMs: number): boolean {
  return atMs >= plausibleFromMs && atMs < plausibleToMs;
}

/** `atMs` as whole ms within the years 1 to 9999, so that every order and every calendar holds; 0 for what is no number. */
export function clampTime(atMs: number): number {
  if (Number.isNaN(atMs)) return 0;
  return Math.trunc(Math.min(latestAtMs, Math.max(earliestAtMs, atMs)));
}

/** True where the engine knows this IANA zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** Offsets of one zone over one stretch of time: `offsetsMin[i]` holds from `fromMs[i]` to `fromMs[i + 1]`. */
interface OffsetTable {
  readonly fromMs: readonly number[];
  readonly offsetsMin: readonly number[];
}

/** Transitions are looked for between these; before and after, the first and last offset hold. */
const tableFromYear = 1970;
const tableToYear = 2040;
const tables = new Map<string, OffsetTable>();

function askOffsetMin(format: Intl.DateTimeFormat, atMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const wallMs = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  return Math.round((wallMs - atMs) / msPerMinute);
}

function findTransition(format: Intl.DateTimeFormat, fromMs: number, toMs: number, before: number): number {
  let low = fromMs;
  let high = toMs;
  while (high - low > msPerMinute) {
    const middle = Math.floor((low + high) / 2 / msPerMinute) * msPerMinute;
    if (askOffsetMin(format, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function makeTable(zone: string): OffsetTable {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  let atMs = Date.UTC(tableFromYear, 0, 1);
  let offsetMin = askOffsetMin(format, atMs);
  const fromMs = [-Infinity];
  const offsetsMin = [offsetMin];
  // Three weeks: shorter than any stay at an offset that a zone has known in these years (Morocco's Ramadan is 29 days).
  for (const endMs = Date.UTC(tableToYear, 0, 1); atMs < endMs; atMs += 21 * msPerDay) {
    const nextOffsetMin = askOffsetMin(format, atMs + 21 * msPerDay);
    if (nextOffsetMin === offsetMin) continue;
    fromMs.push(findTransition(format, atMs, atMs + 21 * msPerDay, offsetMin));
    offsetsMin.push((offsetMin = nextOffsetMin));
  }
  return { fromMs: [...fromMs, Infinity], offsetsMin };
}

// The stretch that the last question fell into: messages come in order, so nearly every question falls into it again.
const last = { zone: '', fromMs: 0, toMs: 0, offsetMin: 0 };

function findStretch(zone: string, atMs: number): void {
  let table = tables.get(zone);
  if (table === undefined) tables.set(zone, (table = makeTable(zone)));
  let low = 0;
  let high = table.offsetsMin.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.fromMs[middle] ?? 0) <= atMs) low = middle;
    else high = middle - 1;
  }
  last.zone = zone;
  last.fromMs = table.fromMs[low] ?? -Infinity;
  last.toMs = table.fromMs[low + 1] ?? Infinity;
  last.offsetMin = table.offsetsMin[low] ?? 0;
}

/**
 * Minutes that the clocks of `zone` (IANA) are ahead of UTC at an instant. Offsets are known from 1970 to 2040 and
 * continue beyond as they were. Throws RangeError for a zone that the engine does not know.
 */
export function zoneOffsetMin(zone: string, atMs: number): number {
  if (zone !== last.zone || atMs < last.fromMs || atMs >= last.toMs) findStretch(zone, atMs);
  return last.offsetMin;
}

/**
 * The instant (ms) at which a clock in `zone` shows `wallMs`. An hour that the clocks show twice is the first of the two;
 * a time that they skip is read with the offset before the gap. So the same clock gives the same instant always.
 */
export function wallClockToInstant(zone: string, wallMs: number): number {
  if (zone === last.zone && wallMs - msPerDay >= last.fromMs && wallMs + msPerDay < last.toMs) return wallMs - last.offsetMin * msPerMinute;
  const beforeMin = zoneOffsetMin(zone, wallMs - msPerDay);
  const afterMin = zoneOffsetMin(zone, wallMs + msPerDay);
  const byBefore = wallMs - beforeMin * msPerMinute;
  if (beforeMin === afterMin || zoneOffsetMin(zone, byBefore) === beforeMin) return byBefore;
  const byAfter = wallMs - afterMin * msPerMinute;
  return zoneOffsetMin(zone, byAfter) === afterMin ? byAfter : byBefore;
}

// Dates, sizes and numbers in words, through Intl, in the language and the zone of the screen.

import { type Language, languageOf } from './strings/text';

export interface Format {
  /** BCP 47. */
  readonly locale: string;
  /** For lists: the hour today, the weekday within six days, else the date. */
  listTime(ms: number, nowMs: number): string;
  /** Hour and minute. */
  clock(ms: number): string;
  /** The day, with `today` and `yesterday` said as such. */
  day(ms: number, nowMs: number): string;
  date(ms: number): string;
  /** Everything down to the second, with the zone. */
  instant(ms: number): string;
  /** `yyyy-mm` in words. */
  month(month: string): string;
  dateRange(fromMs: number, toMs: number): string;
  count(value: number): string;
  percent(share: number): string;
  bytes(value: number): string;
  /** `m:ss` or `h:mm:ss`. */
  duration(ms: number): string;
  /** A span of time to come, in its largest unit. */
  remaining(ms: number): string;
  list(items: readonly string[]): string;
}

const unknownTime = '–';
const dayMs = 86_400_000;
/** What Date can hold; foreign times may lie beyond. */
const dateLimitMs = 8.64e15;

/** True where `ms` is a time that a calendar can show. */
export function isShowable(ms: number): boolean {
  return Number.isFinite(ms) && Math.abs(ms) <= dateLimitMs;
}

/** `yyyy-mm-dd` of an instant in the zone of the screen, sortable; '' for a time that no calendar shows. */
export function dayKey(ms: number): string {
  if (!isShowable(ms)) return '';
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon of a `yyyy-mm-dd` or the first of a `yyyy-mm`, in the zone of the screen. */
export function dayToMs(key: string): number {
  const [year = 1970, month = 1, day = 1] = key.split('-').map(Number);
  const date = new Date(2000, month - 1, day, 12);
  date.setFullYear(year);
  return date.getTime();
}

/** How the owner's country writes dates in this language: `en-GB` of navigator.languages for English, else the language. */
export function formatLocale(language: Language, preferred: readonly string[]): string {
  const own = preferred.find((tag) => languageOf(tag) === language);
  return own !== undefined && Intl.DateTimeFormat.supportedLocalesOf(own).length > 0 ? own : language;
}

/** Formatters of one locale, made once and kept. */
export function createFormat(locale: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, options);
    return (ms) => (isShowable(ms) ? formatter.format(ms) : unknownTime);
  };
  let monthWords: ((ms: number) => string) | undefined;
  const number = new Intl.NumberFormat(locale);
  const clock = dates({ timeStyle: 'short' });
  const weekday = dates({ weekday: 'short' });
  const date = dates({ year: 'numeric', month: 'short', day: 'numeric' });
  const shortThisYear = dates({ month: 'short', day: 'numeric' });
  const longDay = dates({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const range = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    locale,
    clock,
    listTime(ms, nowMs) {
      if (dayKey(ms) === dayKey(nowMs)) return clock(ms);
      if (ms < nowMs && nowMs - ms < 6 * dayMs) return weekday(ms);
      return isShowable(ms) && new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? shortThisYear(ms) : date(ms);
    },
    day(ms, nowMs) {
      if (dayKey(ms) === dayKey(nowMs)) return capitalise(relative.format(0, 'day'), locale);
      if (dayKey(ms) === dayKey(nowMs - dayMs)) return capitalise(relative.format(-1, 'day'), locale);
      return longDay(ms);
    },
    date,
    instant: dates({ dateStyle: 'full', timeStyle: 'long' }),
    month: (month) => (monthWords ??= dates({ year: 'numeric', month: 'long' }))(dayToMs(month)),
    dateRange: (fromMs, toMs) => (isShowable(fromMs) && isShowable(toMs) && fromMs <= toMs ? range.formatRange(fromMs, toMs) : unknownTime),
    count: (value) => number.format(value),
    percent: (share) => percent.format(Math.min(1, Math.max(0, share))),
    bytes: (value) => formatBytes(value, locale),
    duration: formatDuration,
    remaining: (ms) => formatRemaining(ms, locale),
    list: (items) => list.format(items),
  };
}

function formatBytes(value: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let size = value;
  let step = 0;
  while (size >= 1000 && step < units.length - 1) {
    size /= 1000;
    step += 1;
  }
  const digits = step > 0 && size < 100 ? 1 : 0;
  const unit = units[step] ?? 'byte';
  return formatUnit(size, unit, language, { unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: digits });
}

/** With a space before a Chinese unit, as in all other words of the app. */
function formatUnit(value: number, unit: string, language: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, ...options }).format(value).replace(/(\d)(\p{Script=Han})/u, '$1 $2');
}

function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function formatRemaining(ms: number, language: string): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3600), 'hour'];
  return formatUnit(Number(value), String(unit), language, { unitDisplay: 'long' });
}

function capitalise(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

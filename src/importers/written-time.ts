// Times that an app wrote for people, in the language and order of its user: `Sep 22, 2017 6:33 am`, `22.09.2017, 06:33:12`,
// `22 de set. de 2017 06:33`, `2017年9月22日 上午6:33`. What the text leaves open is a writing; written-order.ts finds it.

import type { Clock } from '../model/record';
import { dayOf } from './calendar';
import { dayPeriods, hourOfDay, type HalfDay } from './day-periods';
import { dropMarks, isBlank, phraseKey } from './marks';
import { monthsOf, type MonthWord } from './month-words';

export type DateOrder = 'YMD' | 'DMY' | 'MDY';

/** What the texts of one file have in common. */
export interface TimeWriting {
  /** Number of a language in month-words.ts; null where no month is written as a word. */
  readonly language: number | null;
  /** Of dates that are numbers only. */
  readonly order: DateOrder;
}

/** A text taken apart; what its date means depends on the writing. */
export interface WrittenTime {
  readonly clock: Exclude<Clock, 'absolute'>;
  readonly secondOfDay: number;
  /** True where a word says which half of the day it is. */
  readonly hasHalfDay: boolean;
  /** The months that its word may name; null for a date of numbers only. */
  readonly months: readonly MonthWord[] | null;
  /** Two numbers beside a word, else three. */
  readonly numbers: readonly number[];
  /** Orders that the number of digits allows; one where words tell. */
  readonly orders: readonly DateOrder[];
}

const textLimit = 80;
const digits = /[٠-٩۰-۹०-९০-৯๐-๙０-９]/g;
/** The first digit of each script that apps write dates in. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10];

/** The text taken apart, or null where it is no time. */
export function parseWrittenTime(text: string): WrittenTime | null {
  if (text.length > textLimit) return null;
  const plain = plainOf(text);
  const clock = findClock(plain);
  if (clock === null) return null;
  const date = parseDate(`${plain.slice(0, clock.from)} ${plain.slice(clock.end)}`);
  const { secondOfDay, hasHalfDay, hasSeconds } = clock;
  return date && { clock: hasSeconds ? 'second' : 'minute', secondOfDay, hasHalfDay, ...date };
}

/** The wall clock read as UTC, in ms since 1970; null for a day that the calendar does not have. */
export function timeIn({ months, numbers, orders, secondOfDay }: WrittenTime, { language, order }: TimeWriting): number | null {
  const day =
    months === null
      ? dayByOrder(numbers, orders.includes(order) ? order : (orders[0] ?? order))
      : dayByWord(numbers, (months.find((word) => word.language === language) ?? months[0])?.month ?? 0);
  return day < 0 ? null : (day * 86_400 + secondOfDay) * 1000;
}

/** The day (since 1970) of three numbers in an order, or -1. */
export function dayByOrder([first = 0, second = 0, third = 0]: readonly number[], order: DateOrder): number {
  if (order === 'YMD') return dayOf(first, second, third);
  return order === 'DMY' ? dayOf(third, second, first) : dayOf(third, first, second);
}

/** Beside a word the number above 31 is the year, else the last one. */
function dayByWord([first = 0, second = 0]: readonly number[], month: number): number {
  return first > 31 ? dayOf(first, month, second) : dayOf(second, month, first);
}

function plainOf(text: string): string {
  return [...dropMarks(text)]
    .map((letter) => (isBlank(letter.charCodeAt(0)) ? ' ' : letter))
    .join('')
    .replace(digits, (digit) => String(digit.charCodeAt(0) - (zeros.findLast((zero) => zero <= digit.charCodeAt(0)) ?? 0)))
    .replaceAll('：', ':')
    .trim();
}

interface FoundClock {
  readonly from: number;
  readonly end: number;
  readonly secondOfDay: number;
  readonly hasSeconds: boolean;
  readonly hasHalfDay: boolean;
}

const colons = /(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)/g;
const words = /(?<!\d)(\d{1,2}) ?[时時點点시] ?(\d{2})(?: ?[分분](?: ?(\d{2}) ?[秒초])?)?(?!\d)/g;
/** As Finns and Danes write it; no part of a date with dots. */
const dots = /(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![.\d])/g;

/** The last time of day in the text; a word for its half of the day may stand before or behind it. */
function findClock(text: string): FoundClock | null {
  const match = [colons, words, dots].map((pattern) => [...text.matchAll(pattern)].at(-1)).find((found) => found !== undefined);
  if (match === undefined) return null;
  const [whole, hours, minutes, seconds = '0'] = match;
  const end = match.index + whole.length;
  const half = halfOf(text.slice(0, match.index), text.slice(end));
  const hour = hourOfDay(Number(hours), Number(hours) > 12 ? null : half);
  if (hour < 0 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return {
    from: match.index,
    end,
    secondOfDay: hour * 3600 + Number(minutes) * 60 + Number(seconds),
    hasSeconds: match[3] !== undefined,
    hasHalfDay: half !== null,
  };
}

const wordBefore = /(?:^|[^\p{L}])日?(\p{L}[\p{L}\p{M}.]{0,20}) ?$/u;
const wordsBehind = /^ ?((\p{L}[\p{L}\p{M}.]{0,20})(?: \p{L}\.?(?!\p{L}))?)/u;

function halfOf(before: string, behind: string): HalfDay | null {
  const [, two, one] = wordsBehind.exec(behind) ?? [];
  const last = wordBefore.exec(before.slice(-24))?.[1];
  const halves = [two, one, last].map((word) => dayPeriods.get(phraseKey(word ?? '')));
  return halves.find((found) => found !== undefined) ?? null;
}

const token = /\d{1,4}|(?:thg|tháng) ?\d{1,2}(?!\d)|\p{L}[\p{L}\p{M}.'’ʼ׳]{0,30}/giu;
const numberedMonth = /(?:^|[^\d])(\d{1,2}) ?[月월](?!\p{L})|(?:thg|tháng) ?(\d{1,2})/iu;

function parseDate(text: string): Pick<WrittenTime, 'months' | 'numbers' | 'orders'> | null {
  const tokens = [...text.matchAll(token)].map(([part]) => part);
  const numbers = tokens.filter((part) => /^\d/.test(part));
  const numbered = numberedMonth.exec(text);
  if (numbered?.[2] !== undefined) return ofWord(numbers, [{ language: -1, month: Number(numbered[2]) }]);
  const names = tokens.filter((part) => !/\d/.test(part));
  const found = names.map((word, at) => monthsOf(`${word} ${names[at + 1] ?? ''}`).concat(monthsOf(word)));
  const months = found.findLast((one) => one.length > 0);
  if (months !== undefined && numbers.length === 2) return ofWord(numbers, months);
  return numbers.length === 3 ? { months: null, numbers: numbers.map(Number), orders: ordersOf(numbers, numbered !== null) } : null;
}

function ofWord(numbers: readonly string[], months: readonly MonthWord[]): Pick<WrittenTime, 'months' | 'numbers' | 'orders'> | null {
  return numbers.length === 2 ? { months, numbers: numbers.map(Number), orders: ['DMY'] } : null;
}

function ordersOf([first = '', , third = '']: readonly string[], hasMonthSign: boolean): readonly DateOrder[] {
  if (first.length > 2 || hasMonthSign) return ['YMD'];
  return third.length > 2 ? ['DMY', 'MDY'] : ['DMY', 'MDY', 'YMD'];
}

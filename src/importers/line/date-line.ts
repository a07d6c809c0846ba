// Lines that say which day the messages below them are of. The weekday that each names must be that of the date: so no
// message that begins with a date is taken for one, and mostly it tells the day from the month.

import { dayOf } from '../calendar';
import { isBlank } from '../marks';
import { isWeekdayOf } from '../weekday-words';

export type DateOrder = 'YMD' | 'DMY' | 'MDY';

export interface DateLine {
  /** Days since 1970-01-01 by the orders of numbers in which the weekday fits. Never empty. */
  readonly days: ReadonlyMap<DateOrder, number>;
}

const lineLimit = 48;
const yearFirst = /^(\d{4})(?:([./-])(\d{1,2})\2(\d{1,2})|[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일])(.{1,24})$/;
const yearLast = /^([^\d]{1,24}?)[, ] ?(\d{1,2})([./-])(\d{1,2})\3(\d{4})$/;

/** `2018/04/16(Mon)`, `2026/1/30周五`, `2017.09.03 Sunday`, `Fri, 9/25/2026`, `ศ. 28/11/2568`, or null. */
export function readDateLine(line: string): DateLine | null {
  if (line.length > lineLimit) return null;
  const text = plain(line);
  const first = yearFirst.exec(text);
  if (first) {
    const [, year, , month, date, otherMonth, otherDate, word] = first;
    const day = dayOf(Number(year), Number(month ?? otherMonth), Number(date ?? otherDate));
    return day >= 0 && isWeekdayOf(word ?? '', day) ? { days: new Map([['YMD', day]]) } : null;
  }
  const last = yearLast.exec(text);
  if (!last) return null;
  const [, word = '', one, , other, year] = last;
  const days = new Map<DateOrder, number>();
  for (const order of ['DMY', 'MDY'] as const) {
    const [date, month] = order === 'DMY' ? [one, other] : [other, one];
    const day = dayOf(Number(year), Number(month), Number(date));
    if (day >= 0 && isWeekdayOf(word, day)) days.set(order, day);
  }
  return days.size > 0 ? { days } : null;
}

function plain(line: string): string {
  return [...line.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')]
    .map((letter) => (isBlank(letter.charCodeAt(0)) ? ' ' : letter))
    .join('')
    .trim();
}

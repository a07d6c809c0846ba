// What a header looks like apart from its numbers. The order of day and month is decided once a format, not once a file,
// since a file may be stitched from two exports (formats/international.md §1.1, "order of day and month").

import { dayOf } from '../calendar';

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

/** A format signature: separator, digits of the year, brackets, seconds, half of the day. One object for each signature. */
export interface HeaderFormat {
  /** Names the format in questions: `x/x/YYYY h:mm p`, `[YYYY-x-x h:mm:ss]`; `x` is a field whose meaning is open. */
  readonly scope: string;
  /** Written by an iPhone. */
  readonly bracketed: boolean;
  readonly hasSeconds: boolean;
  readonly hasHalfDay: boolean;
  /** Orders that the number of digits allows. */
  readonly orders: readonly DateOrder[];
}

/** Numbers of one header. One object is filled again and again, so that reading a line makes none. */
export interface Header {
  format: HeaderFormat;
  /** The date's three numbers in the order of the text, and how many digits the outer two have. */
  first: number;
  second: number;
  third: number;
  firstDigits: number;
  thirdDigits: number;
  secondOfDay: number;
  /** Where the rest of the line begins. */
  restAt: number;
}

const yearFirst: readonly DateOrder[] = ['YMD'];
const yearLast: readonly DateOrder[] = ['DMY', 'MDY'];
const yearOpen: readonly DateOrder[] = ['DMY', 'MDY', 'YMD'];

export interface FormatParts {
  readonly separator: string;
  readonly firstDigits: number;
  readonly thirdDigits: number;
  readonly bracketed: boolean;
  readonly timeSeparator: string;
  readonly hasSeconds: boolean;
  readonly hasHalfDay: boolean;
}

export function createHeaderFormat(parts: FormatParts): HeaderFormat {
  const { separator, firstDigits, thirdDigits, bracketed, timeSeparator, hasSeconds, hasHalfDay } = parts;
  const fields = firstDigits === 4 ? ['YYYY', 'x', 'x'] : thirdDigits === 4 ? ['x', 'x', 'YYYY'] : ['x', 'x', 'x'];
  const time = ['h', 'mm', ...(hasSeconds ? ['ss'] : [])].join(timeSeparator);
  const words = `${fields.join(separator)} ${time}${hasHalfDay ? ' p' : ''}`;
  return {
    scope: bracketed ? `[${words}]` : words,
    bracketed,
    hasSeconds,
    hasHalfDay,
    orders: firstDigits === 4 ? yearFirst : thirdDigits === 4 ? yearLast : yearOpen,
  };
}

/** Days since 1970-01-01 of a header's date in this order, or -1 where it has no such day. A year has two or four digits. */
export function dayInOrder(header: Header, order: DateOrder): number {
  if (order === 'YMD') return header.firstDigits === 1 ? -1 : dayOf(header.first, header.second, header.third);
  if (header.thirdDigits === 1) return -1;
  return order === 'DMY' ? dayOf(header.third, header.second, header.first) : dayOf(header.third, header.first, header.second);
}

/**
 * Orders in which a format's dates may be read once it was decided: an impossible date is read as the other of day and
 * month first, but never with the year in another place, or every slip would be some date.
 */
export function ordersBeside(decided: DateOrder, format: HeaderFormat): readonly DateOrder[] {
  return decided === 'YMD' ? yearFirst : format.orders.filter((order) => order !== 'YMD');
}

/** The day in the order decided for the format; a date that is impossible in it is read in one in which it is possible. */
export function dayOfHeader(header: Header, decided: DateOrder): number {
  const day = dayInOrder(header, decided);
  if (day >= 0) return day;
  for (const order of header.format.orders) {
    const other = dayInOrder(header, order);
    if (other >= 0) return other;
  }
  return -1;
}

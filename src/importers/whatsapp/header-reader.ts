// Reads headers fast. Headers of one export differ in their numbers only, so the first one of each kind, understood by the
// grammar, becomes a template: the code units between the numbers, which later lines are compared with one by one.

import { hourOfDay, type HalfDay } from '../day-periods';
import { digitValue, mayBeHeader, parseHeader, type ParsedHeader } from './header-grammar';
import { createHeaderFormat, dayInOrder, type DateOrder, type Header, type HeaderFormat } from './header-format';

/** Kinds of header that are remembered; a file has two or three (with and without a mark, before and after noon). */
const templateLimit = 16;
/** A literal code unit, or one of these in its place. */
const shortNumber = -1; // one or two digits
const pairNumber = -2; // exactly two
const longYear = -4; // exactly four

interface Template {
  readonly codes: Int32Array;
  readonly zero: number;
  readonly half: HalfDay | null;
  readonly format: HeaderFormat;
}

export interface HeaderReader {
  /** The header that was read last. */
  readonly header: Header;
  /** True where `line` begins with a header; then `header` holds it. */
  read(line: string): boolean;
}

/**
 * A reader for one file. Formats are the same objects as long as the reader lives. `ordersOf` narrows the orders in which
 * a format's dates may be read, once they are decided: what is a date in none of them is no header.
 */
export function createHeaderReader(ordersOf: (format: HeaderFormat) => readonly DateOrder[] = (format) => format.orders): HeaderReader {
  const formats = new Map<string, HeaderFormat>();
  const templates: Template[] = [];
  const numbers = new Int32Array(6);
  const header = emptyHeader();

  const learn = (line: string, parsed: ParsedHeader): Template => {
    const draft = createTemplate(line, parsed);
    const format = formats.get(draft.format.scope) ?? { ...draft.format, orders: ordersOf(draft.format) };
    formats.set(format.scope, format);
    return { ...draft, format };
  };
  const readKnown = (line: string): boolean => {
    for (let at = 0; at < templates.length; at++) {
      const template = templates[at]!;
      if (!matchTemplate(line, template, numbers, header)) continue;
      if (at > 0) {
        templates[at] = templates[at - 1]!;
        templates[at - 1] = template;
      }
      return true;
    }
    return false;
  };
  return {
    header,
    read(line) {
      if (readKnown(line)) return true;
      const parsed = mayBeHeader(line) ? parseHeader(line) : null;
      if (!parsed) return false;
      const template = learn(line, parsed);
      if (!matchTemplate(line, template, numbers, header)) return false;
      if (templates.length === templateLimit) templates.pop();
      templates.push(template);
      return true;
    },
  };
}

function emptyHeader(): Header {
  const parts = {
    separator: '',
    firstDigits: 0,
    thirdDigits: 0,
    bracketed: false,
    timeSeparator: '',
    hasSeconds: false,
    hasHalfDay: false,
  };
  return { format: createHeaderFormat(parts), first: -1, second: 0, third: 0, firstDigits: 0, thirdDigits: 0, secondOfDay: 0, restAt: 0 };
}

/** The template of a header that the grammar understood. */
function createTemplate(line: string, parsed: ParsedHeader): Template {
  const codes: number[] = [];
  let at = 0;
  parsed.ranges.forEach(([from, to], field) => {
    while (at < from) codes.push(line.charCodeAt(at++));
    codes.push(field > 3 ? pairNumber : to - from === 4 ? longYear : shortNumber);
    at = to;
  });
  while (at < parsed.restAt) codes.push(line.charCodeAt(at++));
  const [firstFrom, firstTo] = parsed.ranges[0]!;
  const [thirdFrom, thirdTo] = parsed.ranges[2]!;
  const zeroCode = line.charCodeAt(firstFrom);
  return {
    codes: Int32Array.from(codes),
    zero: zeroCode - digitValue(zeroCode),
    half: parsed.half,
    format: createHeaderFormat({
      separator: parsed.separator,
      firstDigits: firstTo - firstFrom,
      thirdDigits: thirdTo - thirdFrom,
      bracketed: parsed.bracketed,
      timeSeparator: parsed.timeSeparator,
      hasSeconds: parsed.ranges.length === 6,
      hasHalfDay: parsed.half !== null,
    }),
  };
}

/** Fills `header` where `line` fits the template and its numbers are a date and a time; else leaves it as it was. */
function matchTemplate(line: string, template: Template, numbers: Int32Array, header: Header): boolean {
  const { codes, zero } = template;
  let at = 0;
  let field = 0;
  let firstDigits = 0;
  let thirdDigits = 0;
  for (let step = 0; step < codes.length; step++) {
    const code = codes[step]!;
    if (code >= 0) {
      if (line.charCodeAt(at) !== code) return false;
      at++;
      continue;
    }
    let value = line.charCodeAt(at) - zero;
    if (!(value >= 0 && value <= 9)) return false;
    let digits = 1;
    const most = code === longYear ? 4 : 2;
    while (digits < most) {
      const digit = line.charCodeAt(at + digits) - zero;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      digits++;
    }
    if (code !== shortNumber && digits !== most) return false;
    at += digits;
    if (field === 0) firstDigits = digits;
    else if (field === 2) thirdDigits = digits;
    numbers[field++] = value;
  }
  const hour = hourOfDay(numbers[3]!, template.half);
  const second = field === 6 ? numbers[5]! : 0;
  if (hour < 0 || numbers[4]! > 59 || second > 59) return false;
  return fillHeader(header, template.format, numbers, firstDigits, thirdDigits, hour * 3600 + numbers[4]! * 60 + second, at);
}

function fillHeader(
  header: Header,
  format: HeaderFormat,
  numbers: Int32Array,
  firstDigits: number,
  thirdDigits: number,
  secondOfDay: number,
  restAt: number,
): boolean {
  const first = numbers[0]!;
  const second = numbers[1]!;
  const third = numbers[2]!;
  const isSameDate =
    header.first === first &&
    header.second === second &&
    header.third === third &&
    header.format === format &&
    header.firstDigits === firstDigits &&
    header.thirdDigits === thirdDigits;
  if (!isSameDate && !isPossibleDate({ format, first, second, third, firstDigits, thirdDigits, secondOfDay, restAt })) return false;
  header.format = format;
  header.first = first;
  header.second = second;
  header.third = third;
  header.firstDigits = firstDigits;
  header.thirdDigits = thirdDigits;
  header.secondOfDay = secondOfDay;
  header.restAt = restAt;
  return true;
}

function isPossibleDate(header: Header): boolean {
  return header.format.orders.some((order) => dayInOrder(header, order) >= 0);
}

// Which of a date's numbers is the day. No file says so; the dates of all its headers together mostly do.

import { dayInOrder, type DateOrder, type Header, type HeaderFormat } from './header-format';

/** WhatsApp began in 2009: an earlier year of two digits speaks against an order, though it does not forbid it. */
const firstShortYear = 9;

/** What the headers of one format have shown. Lists go along `format.orders`. */
export interface OrderEvidence {
  readonly format: HeaderFormat;
  /** Headers whose date is impossible in this order. */
  readonly impossible: number[];
  /** How often time steps back in this order. */
  readonly backward: number[];
  readonly lastSecond: number[];
  /** How often the first, second, third number differs from the header before. */
  readonly changes: [number, number, number];
  readonly last: [number, number, number];
  /** A date that two orders read as different days, else any; as it is read in each order. */
  example: readonly number[];
  exampleDiffers: boolean;
  headers: number;
}

export interface OrderDecision {
  readonly order: DateOrder;
  /** True where the file proves it, or where all orders read every date as the same day. */
  readonly certain: boolean;
}

export function createOrderEvidence(format: HeaderFormat): OrderEvidence {
  const zeros = () => format.orders.map(() => 0);
  return {
    format,
    impossible: zeros(),
    backward: zeros(),
    lastSecond: zeros(),
    changes: [0, 0, 0],
    last: [0, 0, 0],
    example: [],
    exampleDiffers: false,
    headers: 0,
  };
}

/** Takes one header of the format in. */
export function addOrderEvidence(evidence: OrderEvidence, header: Header): void {
  const { format, last, changes } = evidence;
  const isFirst = evidence.headers++ === 0;
  if (!isFirst && last[0] === header.first && last[1] === header.second && last[2] === header.third) {
    stepTimes(
      evidence,
      evidence.lastSecond.map((second) => second - (second % 86_400) + header.secondOfDay),
    );
    return;
  }
  const days = format.orders.map((order) => dayInOrder(header, order));
  days.forEach((day, index) => {
    if (day < 0 || isEarlyShortYear(header, format.orders[index]!)) evidence.impossible[index]!++;
  });
  if (!isFirst) {
    if (last[0] !== header.first) changes[0]++;
    if (last[1] !== header.second) changes[1]++;
    if (last[2] !== header.third) changes[2]++;
  }
  last[0] = header.first;
  last[1] = header.second;
  last[2] = header.third;
  const possible = days.filter((day) => day >= 0);
  const differs = possible.some((day) => day !== possible[0]);
  if (isFirst || (differs && !evidence.exampleDiffers)) {
    evidence.example = days;
    evidence.exampleDiffers = differs;
  }
  const times = days.map((day, index) => (day < 0 ? evidence.lastSecond[index]! : day * 86_400 + header.secondOfDay));
  if (isFirst) evidence.lastSecond.splice(0, times.length, ...times);
  else stepTimes(evidence, times);
}

function stepTimes(evidence: OrderEvidence, times: readonly number[]): void {
  times.forEach((time, index) => {
    if (time < evidence.lastSecond[index]!) evidence.backward[index]!++;
    evidence.lastSecond[index] = time;
  });
}

function isEarlyShortYear(header: Header, order: DateOrder): boolean {
  return order === 'YMD'
    ? header.firstDigits === 2 && header.first < firstShortYear
    : header.thirdDigits === 2 && header.third < firstShortYear;
}

/**
 * True once one order is possible and every other has been refuted. Two digits of a year before the month are too rare to
 * be asked for: they count as refuted, unless time would step back less with them.
 */
export function isOrderProven({ format, impossible, backward }: OrderEvidence): boolean {
  const possible = format.orders.flatMap((_, index) => (impossible[index] === 0 ? [index] : []));
  if (possible.length !== 2) return possible.length === 1;
  const [one, other] = possible as [number, number];
  return format.orders[other] === 'YMD' && backward[one]! <= backward[other]!;
}

/**
 * The three rules of formats/international.md §1.1: the order in which the fewest dates are impossible; among equals the
 * one in which time steps back least; then the one whose day changes most often; then, by the clock, month first with
 * twelve hours and day first with twenty-four.
 */
export function decideOrder(evidence: OrderEvidence): OrderDecision {
  const { format, impossible, backward, changes } = evidence;
  const certain = isOrderProven(evidence) || (!evidence.exampleDiffers && impossible.includes(0));
  const dayPlace = { DMY: 0, MDY: 1, YMD: 2 } as const;
  let best = format.orders.map((_, index) => index);
  best = keepLeast(best, (index) => impossible[index]!);
  best = keepLeast(best, (index) => backward[index]!);
  best = keepLeast(best, (index) => -changes[dayPlace[format.orders[index]!]]);
  const usual: DateOrder = format.hasHalfDay ? 'MDY' : 'DMY';
  const order = best.map((index) => format.orders[index]!).find((candidate, _, all) => all.length === 1 || candidate === usual);
  return { order: order ?? format.orders[best[0]!]!, certain };
}

function keepLeast(indexes: readonly number[], measure: (index: number) => number): number[] {
  const least = Math.min(...indexes.map(measure));
  return indexes.filter((index) => measure(index) === least);
}

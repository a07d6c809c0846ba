// The time of a header, in the order of day and month that was decided for its format.

import { dayOfHeader, type DateOrder, type Header, type HeaderFormat } from './header-format';

const dayMs = 86_400_000;

export interface WallClock {
  /** Null for a format that was not decided yet. */
  orderOf(format: HeaderFormat): DateOrder | null;
  decide(format: HeaderFormat, order: DateOrder): void;
  /** The wall clock read as UTC, in ms since 1970. The format must have been decided. */
  timeOf(header: Header): number;
}

/** Remembers the last date, since many messages share one. */
export function createWallClock(): WallClock {
  const orders = new Map<HeaderFormat, DateOrder>();
  let format: HeaderFormat | null = null;
  let first = 0;
  let second = 0;
  let third = 0;
  let startMs = 0;
  return {
    orderOf: (wanted) => orders.get(wanted) ?? null,
    decide: (decided, order) => void orders.set(decided, order),
    timeOf(header) {
      if (header.format !== format || header.first !== first || header.second !== second || header.third !== third) {
        format = header.format;
        first = header.first;
        second = header.second;
        third = header.third;
        startMs = dayOfHeader(header, orders.get(format) ?? 'DMY') * dayMs;
      }
      return startMs + header.secondOfDay * 1000;
    },
  };
}

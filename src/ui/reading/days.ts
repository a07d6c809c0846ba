// The days and rows of what is mounted; what did not change keeps its identity, so that it stays in the page.

import { createMemo } from 'solid-js';
import type { MessageView } from '../../model/view';
import { type Row, groupByDay } from './rows';

export interface Days {
  readonly keys: () => readonly string[];
  readonly rowsOf: (key: string) => readonly Row[];
}

export function createDays(messages: () => readonly MessageView[]): Days {
  let former: ReadonlyMap<number, Row> = new Map();
  const days = createMemo(() => {
    const next = groupByDay(messages(), former);
    former = new Map(next.flatMap(({ rows }) => rows.map((row) => [row.message.seq, row] as const)));
    return new Map(next.map(({ key, rows }) => [key, rows]));
  });
  const keys = createMemo(() => [...days().keys()]);
  return { keys, rowsOf: (key) => days().get(key) ?? [] };
}

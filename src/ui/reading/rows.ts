// From messages to what is drawn: days, and in them rows that know whether they begin or end a group of one sender.

import type { MessageView } from '../../model/view';
import { dayKey } from '../format';

export interface Row {
  readonly message: MessageView;
  /** True for the first of a run by one sender: the name stands above it. */
  readonly startsGroup: boolean;
  /** True for the last of a run by one sender: avatar and tail stand beside it. */
  readonly endsGroup: boolean;
}

export interface Day {
  /** `yyyy-mm-dd` in the zone of the screen; '' for times that no calendar shows. */
  readonly key: string;
  readonly rows: readonly Row[];
}

/** Messages of one sender further apart than this stand in groups of their own. */
export const groupGapMs = 5 * 60_000;

/** True where two neighbours are drawn as one group. */
export function areGrouped(a: MessageView, b: MessageView): boolean {
  if (a.kind === 'system' || b.kind === 'system') return false;
  return a.sender === b.sender && a.own === b.own && Math.abs(b.sentAtMs - a.sentAtMs) <= groupGapMs;
}

/**
 * Days in the order of the messages. Rows that did not change are taken over from `former` (by message number), so that
 * what is mounted stays mounted.
 */
export function groupByDay(messages: readonly MessageView[], former: ReadonlyMap<number, Row> = new Map()): readonly Day[] {
  const days: { readonly key: string; readonly rows: Row[] }[] = [];
  const keys = messages.map(({ sentAtMs }) => dayKey(sentAtMs));
  messages.forEach((message, at) => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    const startsGroup = before === undefined || keys[at - 1] !== keys[at] || !areGrouped(before, message);
    const endsGroup = after === undefined || keys[at + 1] !== keys[at] || !areGrouped(message, after);
    const had = former.get(message.seq);
    const same = had !== undefined && had.message === message && had.startsGroup === startsGroup && had.endsGroup === endsGroup;
    const row = same ? had : { message, startsGroup, endsGroup };
    const day = days.at(-1);
    if (day !== undefined && day.key === keys[at]) day.rows.push(row);
    else days.push({ key: keys[at] ?? '', rows: [row] });
  });
  return days;
}

// Hits waiting for their turn: segments of different conversations overlap in time, so a hit goes out only when no segment
// that is still to come can hold one that belongs before it. Many apps write times by the minute or the second: what was sent at
// one time goes by conversation, so that the order is the same whatever was looked at first.

import type { SearchRequest } from '../model/view';
import type { ConversationEntry, SegmentEntry } from '../vault/archive';

export interface Candidate {
  readonly conversation: ConversationEntry;
  readonly segment: SegmentEntry;
  /** Place in the segment. */
  readonly index: number;
  readonly sentAtMs: number;
}

export interface HitQueue {
  /** Whether a hit at this time could still be among those that are shown. */
  wants(sentAtMs: number): boolean;
  /** How many hits of one segment are worth handing in. */
  room(): number;
  add(candidates: readonly Candidate[]): void;
  /** Whether `take` would give so many. */
  ready(count: number, untilMs: number): boolean;
  /** Those that come before `untilMs` in the order; all where it is null. */
  take(untilMs: number | null): readonly Candidate[];
}

export function createHitQueue(order: SearchRequest['order'], limit: number): HitQueue {
  const sign = order === 'newest' ? -1 : 1;
  let waiting: Candidate[] = [];
  let left = limit;
  return {
    wants: (sentAtMs) => {
      const worst = waiting[left - 1];
      return left > 0 && (worst === undefined || sign * (sentAtMs - worst.sentAtMs) <= 0);
    },
    room: () => left,
    add: (candidates) => {
      waiting = [...waiting, ...candidates].toSorted((a, b) => sign * inOrder(a, b)).slice(0, left);
    },
    ready: (count, untilMs) => sign * ((waiting[count - 1]?.sentAtMs ?? sign * Infinity) - untilMs) < 0,
    take: (untilMs) => {
      const until = untilMs === null ? -1 : waiting.findIndex(({ sentAtMs }) => sign * (sentAtMs - untilMs) >= 0);
      const taken = until < 0 ? waiting : waiting.slice(0, until);
      waiting = until < 0 ? [] : waiting.slice(until);
      left -= taken.length;
      return taken;
    },
  };
}

function inOrder(a: Candidate, b: Candidate): number {
  if (a.sentAtMs !== b.sentAtMs) return a.sentAtMs - b.sentAtMs;
  if (a.conversation.id !== b.conversation.id) return a.conversation.id < b.conversation.id ? -1 : 1;
  if (a.segment === b.segment) return a.index - b.index;
  const { segments } = a.conversation;
  return segments.indexOf(a.segment) - segments.indexOf(b.segment);
}

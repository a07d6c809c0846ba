// Counts of hits while a search runs: of all, by month, by conversation.

import type { ConversationId } from '../model/ids';
import type { SearchCounts } from '../model/view';
import type { MonthRuns } from './months';

export interface Tally extends SearchCounts {
  readonly count: number;
  /** Adds a segment's hits, one byte a message (null: all are); `runs` ends with its last message. */
  add(conversation: ConversationId, hits: Uint8Array | null, runs: MonthRuns): void;
}

export function createTally(): Tally {
  const months = new Map<string, number>();
  const conversations = new Map<ConversationId, number>();
  let count = 0;
  return {
    months,
    conversations,
    get count() {
      return count;
    },
    add: (conversation, hits, { months: labels, ends }) => {
      let from = 0;
      for (const [run, month] of labels.entries()) {
        const to = ends[run] ?? from;
        const added = hits === null ? to - from : countHits(hits, from, to);
        from = to;
        if (added === 0) continue;
        count += added;
        months.set(month, (months.get(month) ?? 0) + added);
        conversations.set(conversation, (conversations.get(conversation) ?? 0) + added);
      }
    },
  };
}

function countHits(hits: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) count += hits[index] ?? 0;
  return count;
}

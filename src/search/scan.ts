// Looks at one part after the other: hits are counted, and those that can be shown wait for their turn.

import type { SegmentId } from '../model/ids';
import type { HitQueue } from './hit-queue';
import { matchSegment } from './match';
import type { MatchContext } from './match';
import { runsOfOneMonth } from './months';
import type { Part } from './parts';
import { usesTexts } from './plan';
import type { PlanNode } from './plan';
import type { RecentPart } from './recent';
import type { Run } from './run';
import type { Columns, OpenSegment } from './segment-cache';
import type { Tally } from './tally';

export interface Scanner {
  /** Whether texts must be opened from disk for a part. */
  opens(part: Part, settled: PlanNode | boolean): boolean;
  /** Adds the part's hits to the tally and those that can be shown to the queue. */
  scan(part: Part, settled: PlanNode | boolean, columns: OpenSegment): Promise<void>;
}

interface Found {
  /** One byte a message of the whole segment; null: all are. */
  readonly hits: Uint8Array | null;
  /** Columns that hold all hits, and the place in the segment at which they begin. */
  readonly columns: Columns;
  readonly fromIndex: number;
}

/** How many messages of a segment, from its first on, were not looked at with the recent ones. */
type Left = Map<SegmentId, number>;

export function createScanner(run: Run, queue: HitQueue, tally: Tally): Scanner {
  const left: Left = new Map();
  const collect = async (part: Part, { hits, columns, fromIndex }: Found, whole: OpenSegment): Promise<void> => {
    const { conversation, segment, boundMs } = part;
    if (queue.wants(boundMs)) {
      const places = firstPlaces(hits, segment.messageCount, run.request.order === 'newest', queue.room());
      const { sentAtMs } = await columns.times();
      queue.add(places.map((index) => ({ conversation, segment, index, sentAtMs: sentAtMs[index - fromIndex] ?? 0 })));
    }
    const { zone } = run.request;
    tally.add(conversation.id, hits, runsOfOneMonth(segment, zone) ?? (await whole.months(zone)));
  };
  return {
    opens: (part, settled) => {
      if (typeof settled === 'boolean' || !usesTexts(settled)) return false;
      if (part.which === 'older') return (left.get(part.segment.id) ?? 0) > 0;
      return part.which === 'whole' || run.recentFromMs === null || !run.cache.hasRecent(part.segment.id, run.recentFromMs);
    },
    scan: async (part, settled, columns) => {
      const { messageCount, id } = part.segment;
      if (settled === false || messageCount === 0 || (part.which === 'older' && left.get(id) === 0)) return;
      // Unless only the recent ones are at hand, nothing is left of it, even where it cannot be read.
      if (part.which === 'recent') left.set(id, 0);
      const found = settled === true ? { hits: null, columns, fromIndex: 0 } : await match(run, left, part, settled, columns);
      if (found.hits?.includes(1) !== false) await collect(part, found, columns);
    },
  };
}

async function match(run: Run, left: Left, part: Part, settled: PlanNode, columns: OpenSegment): Promise<Found> {
  const { messageCount, id } = part.segment;
  const owners = run.names.ownersOf(part.conversation);
  const recentFromMs = part.which === 'recent' ? run.recentFromMs : null;
  const recent = recentFromMs === null ? null : await columns.recent(recentFromMs);
  if (recent !== null) {
    left.set(id, recent.fromIndex);
    return matchRecent(settled, recent, messageCount, owners);
  }
  // What must be opened for its recent messages is looked at whole; next time they are at hand.
  const keeping = recentFromMs !== null && usesTexts(settled) ? columns.keepRecent(recentFromMs).catch(() => {}) : null;
  const hits = await matchSegment(settled, { segment: columns, messageCount, owners });
  await keeping;
  if (part.which === 'older') hits.fill(0, left.get(id) ?? messageCount);
  return { hits, columns, fromIndex: 0 };
}

async function matchRecent(
  settled: PlanNode,
  { columns, fromIndex }: RecentPart,
  messageCount: number,
  owners: MatchContext['owners'],
): Promise<Found> {
  const hits = new Uint8Array(messageCount);
  hits.set(await matchSegment(settled, { segment: columns, messageCount: messageCount - fromIndex, owners }), fromIndex);
  return { hits, columns, fromIndex };
}

/** Places of the first hits in the order of the search; `hits` null: all are. */
function firstPlaces(hits: Found['hits'], messageCount: number, newest: boolean, limit: number): readonly number[] {
  const places: number[] = [];
  for (let step = 0; step < messageCount && places.length < limit; step++) {
    const index = newest ? messageCount - 1 - step : step;
    if (hits === null || hits[index] === 1) places.push(index);
  }
  return places;
}

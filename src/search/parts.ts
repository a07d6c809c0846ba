// What a search looks at, piece by piece: segments, or the recent messages of each and then what is older.

import type { SegmentId } from '../model/ids';
import type { SearchShare } from '../model/verbs';
import type { SearchRequest } from '../model/view';
import type { ConversationEntry, SegmentEntry } from '../vault/archive';

export interface ShareSegment {
  readonly conversation: ConversationEntry;
  readonly segment: SegmentEntry;
}

export interface Part extends ShareSegment {
  /** `recent`: the messages that are kept by themselves; `older`: those before. */
  readonly which: 'whole' | 'recent' | 'older';
  /** In this part and all that follow, no message comes before this time in the order of the search. */
  readonly boundMs: number;
  /** Whether no other part of the segment follows. */
  readonly isLast: boolean;
}

/** The segments that share `index` of `of` looks at, in the order of the search. A segment is always in the same share, so that caches hold. */
export function shareOf(
  conversations: readonly ConversationEntry[],
  order: SearchRequest['order'],
  share: SearchShare,
): readonly ShareSegment[] {
  const all = conversations.flatMap((conversation) => conversation.segments.map((segment) => ({ conversation, segment })));
  const mine = all.filter(({ segment }) => hashId(segment.id) % share.of === share.index);
  return mine.toSorted((a, b) =>
    order === 'newest' ? b.segment.lastAtMs - a.segment.lastAtMs : a.segment.firstAtMs - b.segment.firstAtMs,
  );
}

function hashId(id: SegmentId): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Segments in the order of the search, cut where messages are recent. `recentFromMs` null: not cut. */
export function partsOf(segments: readonly ShareSegment[], order: SearchRequest['order'], recentFromMs: number | null): readonly Part[] {
  const whole = ({ conversation, segment }: ShareSegment): Part => {
    return { conversation, segment, which: 'whole', boundMs: order === 'newest' ? segment.lastAtMs : segment.firstAtMs, isLast: true };
  };
  if (order === 'oldest' || recentFromMs === null) return segments.map(whole);
  const recent = segments.filter(({ segment }) => segment.lastAtMs >= recentFromMs);
  const cut = recent.filter(({ segment }) => segment.firstAtMs < recentFromMs);
  return [
    ...recent.map((share): Part => ({ ...whole(share), which: 'recent', isLast: share.segment.firstAtMs >= recentFromMs })),
    ...cut.map((share): Part => ({ ...whole(share), which: 'older', boundMs: recentFromMs - 1 })),
    ...segments.filter(({ segment }) => segment.lastAtMs < recentFromMs).map(whole),
  ];
}

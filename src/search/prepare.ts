// What every search reads, read before the first one is typed: signatures, and the texts that are looked at first.

import { readAhead } from '../model/read-ahead';
import type { SearchShare } from '../model/verbs';
import type { SegmentEntry } from '../vault/archive';
import type { createSearchCatalogue, SearchAccess } from './catalogue';
import { runsOfOneMonth } from './months';
import { shareOf } from './parts';
import type { createRecentTime } from './recent';
import type { SegmentCache } from './segment-cache';

interface Parts {
  readonly access: SearchAccess;
  readonly cache: SegmentCache;
  readonly catalogue: ReturnType<typeof createSearchCatalogue>;
  readonly recentTime: ReturnType<typeof createRecentTime>;
}

const signaturesAhead = 64;
/** Not more, since a search that begins meanwhile waits for them. */
const textsAhead = 8;

/** Gives what reads it, newest first, for as long as `isCurrent`. What cannot be read is left to the search, which says so. */
export function createPreparation({ access, cache, catalogue, recentTime }: Parts) {
  return async (share: SearchShare, zone: string, isCurrent: () => boolean): Promise<void> => {
    const reader = await access.reader();
    const { conversations } = await catalogue.look(reader, '');
    const recentFromMs = recentTime(conversations, share.of);
    const segments = shareOf(conversations, 'newest', share).map(({ segment }) => segment);
    const signature = ({ id }: SegmentEntry): Promise<unknown> => cache.signature(reader, id).catch(() => {});
    for await (const _ of readAhead(segments, signaturesAhead, signature)) if (!isCurrent()) return;
    const first = segments.filter(({ lastAtMs }) => recentFromMs === null || lastAtMs >= recentFromMs);
    const texts = async (segment: SegmentEntry): Promise<void> => {
      const columns = cache.open(reader, segment.id, true);
      await (recentFromMs === null ? columns.normalised() : columns.keepRecent(recentFromMs));
      if (runsOfOneMonth(segment, zone) === null) await columns.months(zone);
    };
    for await (const _ of readAhead(first, textsAhead, (segment) => texts(segment).catch(() => {}))) if (!isCurrent()) return;
  };
}

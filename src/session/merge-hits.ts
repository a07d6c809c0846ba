// One stream of updates from the shares of a search: counts summed, hits in the order asked for. A hit is held back while
// a share that still runs could bring one that belongs before it, so that the list on the screen only ever grows at its end.

import type { SearchHit, SearchRequest, SearchUpdate } from '../model/view';

interface Share {
  readonly waiting: SearchHit[];
  latest: SearchUpdate | null;
  failed: boolean;
}

export interface HitMerger {
  /** Takes an update of one share in; gives the merged update. */
  add(share: number, update: SearchUpdate): SearchUpdate;
  /** The share failed: nobody waits for it any more, and the merged stream is never `done`. */
  drop(share: number): SearchUpdate;
}

/** By time, and what was sent at one time by conversation, as each share orders its own. */
function inOrder(a: SearchHit, b: SearchHit): number {
  if (a.sentAtMs !== b.sentAtMs) return a.sentAtMs - b.sentAtMs;
  if (a.conversation !== b.conversation) return a.conversation < b.conversation ? -1 : 1;
  return a.seq - b.seq;
}

function sumMaps<Key>(maps: readonly (ReadonlyMap<Key, number> | undefined)[]): ReadonlyMap<Key, number> {
  const sums = new Map<Key, number>();
  for (const map of maps) for (const [key, count] of map ?? []) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

/** Merges `shareCount` streams, each of which brings its hits in the order of `request`. */
export function mergeHits(request: Pick<SearchRequest, 'order' | 'hitLimit'>, shareCount: number): HitMerger {
  const shares: Share[] = Array.from({ length: shareCount }, () => ({ waiting: [], latest: null, failed: false }));
  const names = new Map<string, SearchUpdate['names'][number]>();
  const sign = request.order === 'newest' ? -1 : 1;
  let delivered = 0;
  const sum = (pick: (update: SearchUpdate) => number): number =>
    shares.reduce((total, share) => total + (share.latest === null ? 0 : pick(share.latest)), 0);
  /** Whether a share may still bring a hit that belongs before `sentAtMs`. */
  const mayPrecede = ({ waiting, latest, failed }: Share, sentAtMs: number): boolean => {
    if (waiting.length > 0 || failed || latest?.done === true) return false;
    const untilMs = latest?.untilMs ?? null;
    return untilMs === null || sign * (untilMs - sentAtMs) <= 0;
  };
  const takeReady = (): readonly SearchHit[] => {
    const hits: SearchHit[] = [];
    while (delivered + hits.length < request.hitLimit) {
      const heads = shares.flatMap(({ waiting }) => waiting.slice(0, 1).map((hit) => ({ waiting, hit })));
      const [first] = heads.toSorted((a, b) => sign * inOrder(a.hit, b.hit));
      const next = first?.hit;
      if (next === undefined || shares.some((share) => mayPrecede(share, next.sentAtMs))) return hits;
      first?.waiting.shift();
      hits.push(next);
    }
    return hits;
  };
  const merged = (): SearchUpdate => {
    const hits = takeReady();
    delivered += hits.length;
    return {
      hits,
      count: sum((latest) => latest.count),
      months: sumMaps(shares.map(({ latest }) => latest?.months)),
      conversations: sumMaps(shares.map(({ latest }) => latest?.conversations)),
      done: shares.every(({ latest }) => latest?.done === true),
      segmentsScanned: sum((latest) => latest.segmentsScanned),
      segmentsTotal: sum((latest) => latest.segmentsTotal),
      names: [...names.values()],
    };
  };
  const shareAt = (index: number): Share => {
    const share = shares[index];
    if (share === undefined) throw new RangeError(`no share ${index}`);
    return share;
  };
  return {
    add: (index, update) => {
      const share = shareAt(index);
      share.latest = update;
      share.waiting.push(...update.hits);
      for (const name of update.names) names.set(`${name.kind} ${name.id}`, name);
      return merged();
    },
    drop: (index) => {
      shareAt(index).failed = true;
      return merged();
    },
  };
}

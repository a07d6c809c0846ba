// The newest messages of a vault that is larger than its caches, kept by themselves: the newest hits are asked for first, and in
// a vault whose conversations all reach to today they lie at the end of every segment.

import type { ConversationEntry, SegmentEntry } from '../vault/archive';
import { normaliseRaw } from './normalise';
import { textsFrom } from './raw-texts';
import type { RawTexts } from './raw-texts';
import type { Columns, SegmentTimes } from './segment-cache';

/** Times, numbers and ends of two texts. */
const columnBytes = 8 + 4 + 4 + 4;
/** Columns, a text in UTF-8 and its normalised one in UTF-16: measured on the bench's corpus. */
const messageBytes = 95;
/** Of what a thread may keep decrypted. */
const shareOfCaches = 1 / 3;
/** Of that at first, so that there is room for what is imported later. */
const aim = 3 / 4;

/**
 * Gives from when on messages are recent: as early as the caches of one of `shares` workers allow, by how segments' messages spread
 * between their first and last. Null where the caches hold all texts, so that none need be kept by themselves. It stays what it was
 * while about as many messages are recent, so that an import does not cost what is kept.
 */
export function createRecentTime(cacheBytes: number): (conversations: readonly ConversationEntry[], shares: number) => number | null {
  let fromMs: number | null = null;
  return (conversations, shares) => {
    const segments = conversations.flatMap((conversation) => conversation.segments);
    const limit = ((cacheBytes * shareOfCaches) / messageBytes) * shares;
    if (estimateSince(segments, -lastMs) <= 2 * limit) return (fromMs = null);
    const count = fromMs === null ? -1 : estimateSince(segments, fromMs);
    return count <= limit && count >= limit / 2 ? fromMs : (fromMs = earliestWithin(segments, limit * aim));
  };
}

/** The largest that a date can hold. */
const lastMs = 8.64e15;

function earliestWithin(segments: readonly SegmentEntry[], limit: number): number {
  let [fromMs, toMs] = [-lastMs, lastMs];
  while (toMs - fromMs > 1) {
    const middleMs = Math.floor((fromMs + toMs) / 2);
    if (estimateSince(segments, middleMs) > limit) fromMs = middleMs;
    else toMs = middleMs;
  }
  return toMs;
}

function estimateSince(segments: readonly SegmentEntry[], fromMs: number): number {
  let count = 0;
  for (const { firstAtMs, lastAtMs, messageCount } of segments) {
    const share = (lastAtMs - fromMs + 1) / (lastAtMs - firstAtMs + 1);
    count += messageCount * Math.min(1, Math.max(0, share));
  }
  return count;
}

/** The last messages of a segment: its columns cut off before `fromIndex`. */
export interface RecentPart {
  readonly fromIndex: number;
  readonly columns: Columns;
  /** An estimate. */
  readonly bytes: number;
}

/** Of a segment whose texts and times are open. */
export function recentPart(whole: Columns, texts: RawTexts, times: SegmentTimes, fromMs: number): RecentPart {
  const fromIndex = firstAt(times.sentAtMs, fromMs);
  const raw = textsFrom(texts, fromIndex);
  const normalised = normaliseRaw(raw);
  const ownTimes = { sentAtMs: times.sentAtMs.slice(fromIndex), seq: times.seq.slice(fromIndex) };
  const columns: Columns = {
    raw: async () => raw,
    normalised: async () => normalised,
    times: async () => ownTimes,
    people: async () => {
      const { ids, index } = await whole.people();
      return { ids, index: index.subarray(fromIndex) };
    },
    kinds: async () => (await whole.kinds()).subarray(fromIndex),
    features: async () => (await whole.features()).subarray(fromIndex),
    sizes: async () => (await whole.sizes()).subarray(fromIndex),
  };
  const bytes = raw.utf8.length + 2 * normalised.joined.length + (times.sentAtMs.length - fromIndex) * columnBytes;
  return { fromIndex, columns, bytes };
}

/** Place of the first message at or after `fromMs`. */
function firstAt(sentAtMs: Float64Array, fromMs: number): number {
  let place = sentAtMs.length;
  while (place > 0 && (sentAtMs[place - 1] ?? 0) >= fromMs) place--;
  return place;
}

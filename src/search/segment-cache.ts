// Decoded columns of segments, kept within the thread's budget of bytes. Signatures stay longest, since every search reads all
// of them.

import type { CacheBudget } from '../model/cache-budget';
import { CamphorError } from '../model/error';
import { lazily } from '../model/lazily';
import type { SegmentId } from '../model/ids';
import type { ArchiveReader, ColumnName, SegmentColumns } from '../vault/archive';
import { monthRunsOf } from './months';
import type { MonthRuns } from './months';
import { normaliseRaw } from './normalise';
import type { JoinedTexts } from './normalise';
import { rawTextsOf } from './raw-texts';
import type { RawTexts } from './raw-texts';
import { recentPart } from './recent';
import type { RecentPart } from './recent';

/** Bits of what `has:` asks of a message beyond its kind. */
export const featureBit = { reply: 1, reaction: 2, edit: 4, deletion: 8 } as const;

export type SegmentTimes = Pick<NonNullable<SegmentColumns['times']>, 'sentAtMs' | 'seq'>;

/** What conditions look at, one item a message. */
export interface Columns {
  raw(): Promise<RawTexts>;
  normalised(): Promise<JoinedTexts>;
  times(): Promise<SegmentTimes>;
  people(): Promise<NonNullable<SegmentColumns['people']>>;
  kinds(): Promise<Uint8Array>;
  /** Bits of `featureBit`, one byte a message. */
  features(): Promise<Uint8Array>;
  /** Bytes of a message's largest attachment whose size is known, else 0. */
  sizes(): Promise<Float64Array>;
}

export interface OpenSegment extends Columns {
  /** Months in this zone; kept beside the signatures, so that times are opened for them once. */
  months(zone: string): Promise<MonthRuns>;
  /** Its messages from this time on, where they are kept. */
  recent(fromMs: number): Promise<RecentPart | null>;
  /** Keeps its messages from this time on beside the signatures. */
  keepRecent(fromMs: number): Promise<void>;
}

export interface SegmentCache {
  /** Its texts are opened once. `ifRoom`: they are kept in the cache only where nothing goes for them. */
  open(reader: ArchiveReader, id: SegmentId, ifRoom?: boolean): OpenSegment;
  /** Whether its messages from this time on are kept. */
  hasRecent(id: SegmentId, fromMs: number): boolean;
  signature(reader: ArchiveReader, id: SegmentId): Promise<Uint8Array>;
  clear(): void;
}

export function createSegmentCache(caches: CacheBudget): SegmentCache {
  const columns = openColumns(caches);
  const open: SegmentCache['open'] = (reader, id, ifRoom = false) => {
    const read = async <Name extends ColumnName>(name: Name): Promise<NonNullable<SegmentColumns[Name]>> =>
      present<SegmentColumns[Name]>((await reader.readColumns(id, [name]))[name]);
    const times: Columns['times'] = () => columns.times.get(id, () => read('times'));
    // Times that nothing else needs would take the room of texts.
    const timesInPassing = lazily(async (): Promise<SegmentTimes> => (columns.times.has(id) ? times() : read('times')));
    const readRaw = async (): Promise<RawTexts> => rawTextsOf(await read('text'));
    const raw = lazily(() => columns.raw.get(id, readRaw, ifRoom));
    const whole: Columns = {
      raw,
      normalised: lazily(() => columns.normalised.get(id, async () => normaliseRaw(await raw()), ifRoom)),
      times,
      people: () => columns.people.get(id, () => read('people')),
      kinds: () => columns.bytes.get(`${id} kinds`, () => read('kinds')),
      features: () => columns.bytes.get(`${id} features`, async () => featuresOf(await read('rest'))),
      sizes: () => columns.sizes.get(id, async () => sizesOf(await read('rest'))),
    };
    const keepRecent = async (fromMs: number): Promise<RecentPart> => recentPart(whole, await raw(), await timesInPassing(), fromMs);
    return {
      ...whole,
      months: (zone) => columns.months.get(`${zone} ${id}`, async () => monthRunsOf((await timesInPassing()).sentAtMs, zone)),
      recent: async (fromMs) => {
        const key = recentKey(id, fromMs);
        return columns.recent.has(key) ? columns.recent.get(key, () => keepRecent(fromMs)) : null;
      },
      keepRecent: async (fromMs) => void (await columns.recent.get(recentKey(id, fromMs), () => keepRecent(fromMs))),
    };
  };
  return {
    open,
    hasRecent: (id, fromMs) => columns.recent.has(recentKey(id, fromMs)),
    signature: (reader, id) =>
      columns.signatures.get(id, async () => (await reader.readColumns(id, ['signature'])).signature ?? new Uint8Array(0)),
    clear: () => {
      for (const cache of Object.values(columns)) cache.clear();
    },
  };
}

const recentKey = (id: SegmentId, fromMs: number): string => `${fromMs} ${id}`;

// What every search asks for stays.
const openColumns = (caches: CacheBudget) => ({
  raw: caches.cache<SegmentId, RawTexts>(({ utf8, ends }) => utf8.byteLength + ends.byteLength, 'first'),
  // Strings at two bytes a code unit, which is what they take at most.
  normalised: caches.cache<SegmentId, JoinedTexts>(({ joined, ends }) => joined.length * 2 + ends.byteLength),
  times: caches.cache<SegmentId, NonNullable<SegmentColumns['times']>>(({ seq }) => seq.length * 15),
  people: caches.cache<SegmentId, NonNullable<SegmentColumns['people']>>(({ index }) => index.length * 4),
  bytes: caches.cache<string, Uint8Array>((bytes) => bytes.length),
  sizes: caches.cache<SegmentId, Float64Array>((sizes) => sizes.byteLength),
  months: caches.cache<string, MonthRuns>(({ months }) => months.length * 40, 'last'),
  recent: caches.cache<string, RecentPart>(({ bytes }) => bytes, 'last'),
  signatures: caches.cache<SegmentId, Uint8Array>((signature) => signature.length, 'last'),
});

function present<Value>(value: Value): NonNullable<Value> {
  if (value === undefined || value === null) throw new CamphorError('damaged', { what: 'segment' });
  return value;
}

function sizesOf(rest: NonNullable<SegmentColumns['rest']>): Float64Array {
  return Float64Array.from(rest, ({ attachments }) => attachments.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes ?? 0), 0));
}

function featuresOf(rest: NonNullable<SegmentColumns['rest']>): Uint8Array {
  return Uint8Array.from(rest, ({ facts }) => {
    if (facts === null) return 0;
    return (
      (facts.replyTo ? featureBit.reply : 0) |
      (facts.reactions && facts.reactions.length > 0 ? featureBit.reaction : 0) |
      (facts.edited || (facts.olderTexts && facts.olderTexts.length > 0) ? featureBit.edit : 0) |
      (facts.deleted ? featureBit.deletion : 0)
    );
  });
}

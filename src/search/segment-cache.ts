// Decoded columns of segments, kept within the thread's budget of bytes. Signatures stay longest, since every search reads all
// of them.

import type { CacheBudget } from '../model/cache-budget';
import { CamphorError } from '../model/error';
import type { SegmentId } from '../model/ids';
import type { ArchiveReader, ColumnName, SegmentColumns } from '../vault/archive';
import { monthRunsOf } from './months';
import type { MonthRuns } from './months';
import { normaliseJoined } from './normalise';
import type { JoinedTexts } from './normalise';

/** Bits of what `has:` asks of a message beyond its kind. */
export const featureBit = { reply: 1, reaction: 2, edit: 4, deletion: 8 } as const;

export interface SegmentTexts {
  readonly raw: JoinedTexts;
  readonly normalised: JoinedTexts;
}

export interface OpenSegment {
  texts(): Promise<SegmentTexts>;
  times(): Promise<NonNullable<SegmentColumns['times']>>;
  /** Months in this zone; kept beside the signatures, so that times are opened for them once. */
  months(zone: string): Promise<MonthRuns>;
  people(): Promise<NonNullable<SegmentColumns['people']>>;
  kinds(): Promise<Uint8Array>;
  /** Bits of `featureBit`, one byte a message. */
  features(): Promise<Uint8Array>;
  /** Bytes of a message's largest attachment whose size is known, else 0. */
  sizes(): Promise<Float64Array>;
}

export interface SegmentCache {
  open(reader: ArchiveReader, id: SegmentId): OpenSegment;
  signature(reader: ArchiveReader, id: SegmentId): Promise<Uint8Array>;
  clear(): void;
}

export function createSegmentCache(caches: CacheBudget): SegmentCache {
  const columns = {
    texts: caches.cache<SegmentId, SegmentTexts>(textsBytes),
    times: caches.cache<SegmentId, NonNullable<SegmentColumns['times']>>(({ seq }) => seq.length * 15),
    people: caches.cache<SegmentId, NonNullable<SegmentColumns['people']>>(({ index }) => index.length * 4),
    bytes: caches.cache<string, Uint8Array>((bytes) => bytes.length),
    sizes: caches.cache<SegmentId, Float64Array>((sizes) => sizes.byteLength),
    // Every search asks for all of these.
    months: caches.cache<string, MonthRuns>(({ months }) => months.length * 40, true),
    signatures: caches.cache<SegmentId, Uint8Array>((signature) => signature.length, true),
  };
  const open = (reader: ArchiveReader, id: SegmentId): OpenSegment => {
    const read = async <Name extends ColumnName>(name: Name): Promise<NonNullable<SegmentColumns[Name]>> =>
      present<SegmentColumns[Name]>((await reader.readColumns(id, [name]))[name]);
    const times: OpenSegment['times'] = () => columns.times.get(id, () => read('times'));
    return {
      texts: () => columns.texts.get(id, async () => normalisedTexts(await read('text'))),
      times,
      // Times that nothing else needs would push texts out of the cache.
      months: (zone) =>
        columns.months.get(`${zone} ${id}`, async () => {
          const { sentAtMs } = await (columns.times.has(id) ? times() : read('times'));
          return monthRunsOf(sentAtMs, zone);
        }),
      people: () => columns.people.get(id, () => read('people')),
      kinds: () => columns.bytes.get(`${id} kinds`, () => read('kinds')),
      features: () => columns.bytes.get(`${id} features`, async () => featuresOf(await read('rest'))),
      sizes: () => columns.sizes.get(id, async () => sizesOf(await read('rest'))),
    };
  };
  return {
    open,
    signature: (reader, id) =>
      columns.signatures.get(id, async () => (await reader.readColumns(id, ['signature'])).signature ?? new Uint8Array(0)),
    clear: () => {
      for (const cache of Object.values(columns)) cache.clear();
    },
  };
}

function present<Value>(value: Value): NonNullable<Value> {
  if (value === undefined || value === null) throw new CamphorError('damaged', { what: 'segment' });
  return value;
}

function normalisedTexts(raw: JoinedTexts): SegmentTexts {
  const normalised = normaliseJoined(raw);
  return { raw, normalised: normalised.joined === raw.joined ? raw : normalised };
}

/** Strings at two bytes a code unit, which is what they take at most. */
function textsBytes({ raw, normalised }: SegmentTexts): number {
  const sizeOf = ({ joined, ends }: JoinedTexts): number => joined.length * 2 + ends.byteLength;
  return normalised === raw ? sizeOf(raw) : sizeOf(raw) + sizeOf(normalised);
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

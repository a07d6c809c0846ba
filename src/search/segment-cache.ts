// Decoded columns of segments, kept within a budget of bytes; what was used longest ago goes first. Signatures are kept
// beside them, since every search reads all of them.

import { CamphorError } from '../model/error';
import type { SegmentId } from '../model/ids';
import type { ArchiveReader, ColumnName, SegmentColumns } from '../vault/archive';
import { createColumnCache } from './column-cache';
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

export function createSegmentCache(budgetBytes: number): SegmentCache {
  const columns = createColumnCache(budgetBytes);
  const signatures = new Map<SegmentId, Uint8Array>();
  const months = createMonthCache();
  const open = (reader: ArchiveReader, id: SegmentId): OpenSegment => {
    const read = async <Name extends ColumnName>(name: Name): Promise<NonNullable<SegmentColumns[Name]>> =>
      present<SegmentColumns[Name]>((await reader.readColumns(id, [name]))[name]);
    const times: OpenSegment['times'] = () => columns.get(id, 'times', () => read('times'), ({ seq }) => seq.length * 15); // prettier-ignore
    return {
      times,
      // Times that nothing else needs would push texts out of the cache.
      months: (zone) => months.get(id, zone, () => (columns.has(id, 'times') ? times() : read('times'))),
      texts: () => columns.get(id, 'texts', async () => normalisedTexts(await read('text')), textsBytes),
      people: () => columns.get(id, 'people', () => read('people'), ({ index }) => index.length * 4), // prettier-ignore
      kinds: () => columns.get(id, 'kinds', () => read('kinds'), (kinds) => kinds.length), // prettier-ignore
      features: () => columns.get(id, 'features', async () => featuresOf(await read('rest')), (features) => features.length), // prettier-ignore
      sizes: () => columns.get(id, 'sizes', async () => sizesOf(await read('rest')), (sizes) => sizes.byteLength), // prettier-ignore
    };
  };
  return {
    open,
    signature: async (reader, id) => {
      const known = signatures.get(id);
      if (known !== undefined) return known;
      const signature = (await reader.readColumns(id, ['signature'])).signature ?? new Uint8Array(0);
      signatures.set(id, signature);
      return signature;
    },
    clear: () => {
      columns.clear();
      signatures.clear();
      months.clear();
    },
  };
}

type Times = NonNullable<SegmentColumns['times']>;

/** Months of segments in the zone that was asked for last. */
function createMonthCache() {
  const kept = new Map<SegmentId, { readonly zone: string; readonly runs: MonthRuns }>();
  return {
    get: async (id: SegmentId, zone: string, readTimes: () => Promise<Times>): Promise<MonthRuns> => {
      const known = kept.get(id);
      if (known?.zone === zone) return known.runs;
      const runs = monthRunsOf((await readTimes()).sentAtMs, zone);
      kept.set(id, { zone, runs });
      return runs;
    },
    clear: () => kept.clear(),
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

// Decoded columns of segments, kept within a budget of bytes; what was used longest ago goes first. Signatures are kept
// beside them, since every search reads all of them.

import type { SegmentId } from '../model/ids';
import type { ArchiveReader, SegmentColumns } from '../vault/archive';
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
  people(): Promise<NonNullable<SegmentColumns['people']>>;
  kinds(): Promise<Uint8Array>;
  /** Bits of `featureBit`, one byte a message. */
  features(): Promise<Uint8Array>;
}

export interface SegmentCache {
  open(reader: ArchiveReader, id: SegmentId): OpenSegment;
  signature(reader: ArchiveReader, id: SegmentId): Promise<Uint8Array>;
  clear(): void;
}

interface Kept {
  readonly columns: Map<string, Promise<unknown>>;
  bytes: number;
}

export function createSegmentCache(budgetBytes: number): SegmentCache {
  /** In the order of last use. */
  const kept = new Map<SegmentId, Kept>();
  const signatures = new Map<SegmentId, Uint8Array>();
  let bytes = 0;

  const use = (id: SegmentId): Kept => {
    const entry = kept.get(id) ?? { columns: new Map(), bytes: 0 };
    kept.delete(id);
    kept.set(id, entry);
    return entry;
  };
  const account = (id: SegmentId, entry: Kept, added: number): void => {
    if (kept.get(id) !== entry) return;
    entry.bytes += added;
    bytes += added;
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= budgetBytes || oldest === id) break;
      kept.delete(oldest);
      bytes -= freed;
    }
  };
  const column = <Value>(id: SegmentId, name: string, load: () => Promise<Value>, sizeOf: (value: Value) => number): Promise<Value> => {
    const entry = use(id);
    const known = entry.columns.get(name);
    if (known !== undefined) return known as Promise<Value>;
    const loading = load();
    entry.columns.set(name, loading);
    loading.then(
      (value) => account(id, entry, sizeOf(value)),
      () => entry.columns.delete(name),
    );
    return loading;
  };
  return {
    open: (reader, id) => ({
      texts: () => column(id, 'texts', () => readTexts(reader, id), textsBytes),
      times: () => column(id, 'times', async () => present((await reader.readColumns(id, ['times'])).times), (times) => times.seq.length * 15), // prettier-ignore
      people: () => column(id, 'people', async () => present((await reader.readColumns(id, ['people'])).people), (people) => people.index.length * 4), // prettier-ignore
      kinds: () =>
        column(
          id,
          'kinds',
          async () => present((await reader.readColumns(id, ['kinds'])).kinds),
          (kinds) => kinds.length,
        ),
      features: () => column(id, 'features', () => readFeatures(reader, id), (features) => features.length), // prettier-ignore
    }),
    signature: async (reader, id) => {
      const known = signatures.get(id);
      if (known !== undefined) return known;
      const signature = (await reader.readColumns(id, ['signature'])).signature ?? new Uint8Array(0);
      signatures.set(id, signature);
      return signature;
    },
    clear: () => {
      kept.clear();
      signatures.clear();
      bytes = 0;
    },
  };
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('a column that was asked for is not there');
  return value;
}

async function readTexts(reader: ArchiveReader, id: SegmentId): Promise<SegmentTexts> {
  const raw = present((await reader.readColumns(id, ['text'])).text);
  const normalised = normaliseJoined(raw);
  return { raw, normalised: normalised.joined === raw.joined ? raw : normalised };
}

/** Strings at two bytes a code unit, which is what they take at most. */
function textsBytes({ raw, normalised }: SegmentTexts): number {
  const sizeOf = ({ joined, ends }: JoinedTexts): number => joined.length * 2 + ends.byteLength;
  return normalised === raw ? sizeOf(raw) : sizeOf(raw) + sizeOf(normalised);
}

async function readFeatures(reader: ArchiveReader, id: SegmentId): Promise<Uint8Array> {
  const rest = present((await reader.readColumns(id, ['rest'])).rest);
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

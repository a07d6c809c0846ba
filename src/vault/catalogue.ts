// The content of the `archive` root, and its pages.

import type { Cache, CacheBudget } from '../model/cache-budget';
import { CamphorError } from '../model/error';
import type { ObjectId, ReceiptId } from '../model/ids';
import { type ConversationEntry, isHere, type MediaEntry, type PersonEntry } from './archive';
import { type ColumnCodec, pack, unpack } from './codec';
import { emptyTable, type Page, type PageStore, type TableKind, type TableState } from './table';
import { jsonBytes, jsonValue } from './utf8';

/** A receipt or a note lies in an object of its own; the catalogue knows where. */
export interface StoredReceipt {
  readonly id: ReceiptId;
  readonly importedAtMs: number;
  readonly object: ObjectId;
}

export interface StoredNote {
  readonly name: string;
  readonly object: ObjectId;
}

export const tableNames = ['conversations', 'people', 'media', 'receipts', 'notes'] as const;
export type TableName = (typeof tableNames)[number];

export interface TableValues {
  conversations: ConversationEntry;
  people: PersonEntry;
  media: MediaEntry;
  receipts: StoredReceipt;
  notes: StoredNote;
}

/** Weights are what storageCounts adds up: messages, and bytes of the media that are here. */
export const tableKinds: { readonly [Name in TableName]: TableKind<TableValues[Name]> } = {
  conversations: { name: 'conversations', weigh: ({ messageCount, parts }) => (parts === undefined ? messageCount : 0) },
  people: { name: 'people', weigh: () => 0 },
  media: { name: 'media', weigh: (entry) => (isHere(entry) ? entry.sizeBytes : 0) },
  receipts: { name: 'receipts', weigh: () => 0 },
  notes: { name: 'notes', weigh: () => 0 },
};

export type Catalogue = Readonly<Record<TableName, TableState>> & {
  /** Number of the root whose content this is, where only rows were moved since. */
  readonly content?: number;
};

export const emptyCatalogue: Catalogue = {
  conversations: emptyTable,
  people: emptyTable,
  media: emptyTable,
  receipts: emptyTable,
  notes: emptyTable,
};

export const encodeJson = (codec: ColumnCodec, value: unknown): Uint8Array => pack(codec, jsonBytes(value));

export const decodeJson = (codec: ColumnCodec, packed: Uint8Array): unknown => jsonValue(unpack(codec, packed));

/** Pages as JSON arrays of [key, value]. `write` seals and stores; it gets a purpose and gives the new id. */
export function pageStore(
  codec: ColumnCodec,
  read: (id: ObjectId, purpose: string) => Promise<Uint8Array>,
  write: (purpose: string, plain: Uint8Array) => Promise<ObjectId>,
  cache: PageCache,
): PageStore {
  return {
    readPage: async (id, purpose) => {
      const load = async (): Promise<DecodedPage> => {
        const plain = unpack(codec, await read(id, purpose));
        const entries = jsonValue(plain);
        if (!Array.isArray(entries)) throw new CamphorError('damaged');
        return { page: new Map(entries as [string, unknown][]), jsonBytes: plain.length };
      };
      return (await cache.get(id, load)).page;
    },
    writePage: async (purpose, page) => {
      const plain = jsonBytes([...page]);
      const id = await write(purpose, pack(codec, plain));
      await cache.get(id, async () => ({ page, jsonBytes: plain.length }));
      return id;
    },
  };
}

export interface DecodedPage {
  readonly page: Page<unknown>;
  readonly jsonBytes: number;
}

/** Decoded pages. Pages never change, so they never go stale. */
export type PageCache = Cache<ObjectId, DecodedPage>;

/** As objects, values take some four times what they take as JSON. */
const decodedFactor = 4;

/** What the list of conversations is read from stays longest. */
export const createPageCache = (budget: CacheBudget): PageCache => budget.cache(({ jsonBytes: bytes }) => bytes * decodedFactor, 'last');

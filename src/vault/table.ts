// A table of the catalogue: keys to JSON values, spread over sealed pages by a hash of the key. Pages are immutable:
// a change writes new pages for the shards it touches and a new list of pages; the old state stays readable.

import type { ObjectId } from '../model/ids';
import { readAhead } from '../model/read-ahead';

/** As it lies in a root. `pages[shard]` is null where the shard is empty. */
export interface TableState {
  readonly bits: number;
  readonly count: number;
  /** Sum of the values' weights (messages, bytes of media). */
  readonly weight: number;
  readonly pages: readonly (ObjectId | null)[];
}

export type Page<Value> = ReadonlyMap<string, Value>;
export type Edits<Value> = ReadonlyMap<string, Value | null>;

/** How pages are read and written; `shard` is part of what a page is sealed for. */
export interface PageStore {
  readPage(id: ObjectId, purpose: string): Promise<Page<unknown>>;
  writePage(purpose: string, page: Page<unknown>): Promise<ObjectId>;
}

export interface TableKind<Value> {
  readonly name: string;
  weigh(value: Value): number;
}

export const emptyTable: TableState = { bits: 0, count: 0, weight: 0, pages: [null] };

/** A page should hold about this many values: small enough to rewrite, large enough to compress. */
const valuesPerPage = 64;
const greatestBits = 12;

/** FNV-1a, 32 bits: spreads keys evenly; it protects nothing. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const shardOf = (key: string, bits: number): number => hashOf(key) & (2 ** bits - 1);

const purposeOf = (kind: TableKind<never>, bits: number, shard: number): string => `page ${kind.name} ${bits} ${shard}`;

async function readShard<Value>(store: PageStore, kind: TableKind<Value>, state: TableState, shard: number): Promise<Page<Value>> {
  const id = state.pages[shard];
  if (!id) return new Map();
  return (await store.readPage(id, purposeOf(kind, state.bits, shard))) as Page<Value>;
}

export async function tableValue<Value>(store: PageStore, kind: TableKind<Value>, state: TableState, key: string): Promise<Value | null> {
  const page = await readShard(store, kind, state, shardOf(key, state.bits));
  return page.get(key) ?? null;
}

/** Pages that are read at the same time, since each waits for storage and for its key. */
const pagesAhead = 8;

/** All entries, page by page, in no order that means anything. */
export async function* tablePages<Value>(store: PageStore, kind: TableKind<Value>, state: TableState): AsyncGenerator<Page<Value>> {
  const shards = [...state.pages.keys()].filter((shard) => state.pages[shard]);
  yield* readAhead(shards, pagesAhead, (shard) => readShard(store, kind, state, shard));
}

interface Growth {
  count: number;
  weight: number;
}

function edited<Value>(page: Page<Value>, edits: Edits<Value>, kind: TableKind<Value>, growth: Growth): Page<Value> {
  const next = new Map(page);
  for (const [key, value] of edits) {
    const before = next.get(key);
    growth.count += (value === null ? 0 : 1) - (before === undefined ? 0 : 1);
    growth.weight += (value === null ? 0 : kind.weigh(value)) - (before === undefined ? 0 : kind.weigh(before));
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

function byShard<Value>(entries: Iterable<readonly [string, Value]>, bits: number): Map<number, Map<string, Value>> {
  const shards = new Map<number, Map<string, Value>>();
  for (const [key, value] of entries) {
    const shard = shardOf(key, bits);
    const entriesOfShard = shards.get(shard) ?? new Map<string, Value>();
    shards.set(shard, entriesOfShard.set(key, value));
  }
  return shards;
}

const writeShard = async <Value>(store: PageStore, kind: TableKind<Value>, bits: number, shard: number, page: Page<Value>) =>
  page.size === 0 ? null : store.writePage(purposeOf(kind, bits, shard), page);

const isCrowded = (count: number, bits: number): boolean => count > 2 * valuesPerPage * 2 ** bits && bits < greatestBits;

/** For so many values, with room for as many again. */
const bitsFor = (count: number): number => Math.min(greatestBits, Math.ceil(Math.log2(Math.max(1, count / valuesPerPage))) + 1);

/** All pages anew, in as many shards as the count asks for. */
async function spread<Value>(store: PageStore, kind: TableKind<Value>, state: TableState): Promise<TableState> {
  const bits = bitsFor(state.count);
  const all = new Map<string, Value>();
  for await (const page of tablePages(store, kind, state)) for (const [key, value] of page) all.set(key, value);
  const shards = byShard(all, bits);
  const pages: (ObjectId | null)[] = [];
  for (let shard = 0; shard < 2 ** bits; shard += 1) pages.push(await writeShard(store, kind, bits, shard, shards.get(shard) ?? new Map()));
  return { ...state, bits, pages };
}

/** The table with the edits (null removes). Rewrites only the pages that they touch, or all when it has outgrown them. */
export async function editTable<Value>(
  store: PageStore,
  kind: TableKind<Value>,
  state: TableState,
  edits: Edits<Value>,
): Promise<TableState> {
  if (edits.size === 0) return state;
  return editSpread(store, kind, state.count === 0 ? emptyFor(edits) : state, edits);
}

/** An empty table that what comes does not crowd: else all of it would be one page first, and that page read again. */
function emptyFor(edits: Edits<unknown>): TableState {
  let count = 0;
  for (const value of edits.values()) if (value !== null) count += 1;
  if (!isCrowded(count, 0)) return emptyTable;
  const bits = bitsFor(count);
  return { ...emptyTable, bits, pages: Array.from({ length: 2 ** bits }, () => null) };
}

async function editSpread<Value>(store: PageStore, kind: TableKind<Value>, state: TableState, edits: Edits<Value>): Promise<TableState> {
  const growth: Growth = { count: state.count, weight: state.weight };
  const pages = [...state.pages];
  for (const [shard, changes] of byShard(edits, state.bits)) {
    const page = edited(await readShard(store, kind, state, shard), changes, kind, growth);
    pages[shard] = await writeShard(store, kind, state.bits, shard, page);
  }
  const next = { bits: state.bits, ...growth, pages };
  return isCrowded(next.count, next.bits) ? spread(store, kind, next) : next;
}

// The sweep: removes objects that no spared root reaches. Spared are the root in force, the one before it, and every
// root that a reader holds a lock on.

import { removeRows } from './batch';
import { tableNames } from './catalogue';
import { placeOf } from './chunk-place';
import { columnRows } from './column-rows';
import { columnNames } from './columns/segment';
import type { SegmentId } from '../model/ids';
import type { VaultContext } from './context';
import { stored } from './database';
import { type Release, sweepLock, writerLock } from './locks';
import { epochOf } from './object-id';
import { rootLock } from './open-reader';
import { allValues, type ArchiveState, stateOnDisk } from './reader';
import { openRoot, readPointer, readRootRow, unfinishedKey } from './root';

/** A commit sweeps only when more roots than these have gathered: marking costs 0.2 s at ten million messages. */
const gatheredRootsLimit = 4;

/** Keys looked at in one step. */
const scanStep = 2_000;

/** Every row that a state reaches, its pages included, without those of the segments that are `known`. Throws when a page cannot be read. */
export async function* reachableRows(state: ArchiveState, known = new Set<SegmentId>()): AsyncGenerator<string> {
  for (const name of tableNames) {
    for (const page of state.catalogue[name].pages) if (page) yield page;
  }
  for await (const { segments } of allValues(state, 'conversations')) {
    for (const { id } of segments) {
      if (known.has(id)) continue;
      known.add(id);
      yield* await columnRows(id, columnNames);
    }
  }
  for await (const { chunks, thumbnail } of allValues(state, 'media')) {
    yield* chunks;
    if (thumbnail) yield thumbnail.object;
  }
  for await (const { object } of allValues(state, 'receipts')) yield object;
  for await (const { object } of allValues(state, 'notes')) yield object;
}

async function rootNumbers({ database }: VaultContext): Promise<number[]> {
  const keys = await stored(() => database.roots.toCollection().primaryKeys());
  return keys.filter((key) => key.startsWith('archive/')).map((key) => Number(key.slice('archive/'.length)));
}

/** Removes the rows of roots that nobody needs, each under its exclusive lock; gives the numbers of those spared. */
async function removeStaleRoots(context: VaultContext, dropPrevious: boolean): Promise<number[]> {
  const pointer = await readPointer(context);
  const spared = new Set([pointer.number, dropPrevious ? pointer.number : (pointer.previous ?? pointer.number)]);
  for (const number of await rootNumbers(context)) {
    if (spared.has(number)) continue;
    const release: Release | null = await context.locks.tryExclusive(rootLock(number));
    if (release === null) spared.add(number);
    else await stored(() => context.database.roots.delete(`archive/${number}`)).finally(release);
  }
  return [...spared];
}

async function mark(context: VaultContext, numbers: readonly number[]): Promise<Set<string>> {
  const reached = new Set<string>();
  // States share most segments, and each costs a hash for every column.
  const known = new Set<SegmentId>();
  for (const number of numbers) {
    const row = await readRootRow(context, number);
    if (row === null) continue;
    for await (const id of reachableRows(stateOnDisk(context, number, await openRoot(context, row)), known)) reached.add(id);
  }
  return reached;
}

export interface Swept {
  readonly removed: number;
  /** Of the keys that what is left is sealed under; -1 where a file could not go yet, so that nobody knows. */
  readonly epochs: ReadonlySet<number>;
}

/** Files none of whose chunks is reached. */
async function sweepFiles({ chunkFiles }: VaultContext, reached: ReadonlySet<string>, epochs: Set<number>): Promise<number> {
  const spared = new Set<string>();
  for (const id of reached) {
    const place = placeOf(id);
    if (place === null) continue;
    spared.add(place.file);
    epochs.add(epochOf(id));
  }
  let removed = 0;
  const files = await chunkFiles();
  for (const name of await stored(async () => (await files?.names()) ?? [])) {
    if (spared.has(name)) continue;
    if (await stored(async () => files?.remove(name))) removed += 1;
    else epochs.add(-1);
  }
  return removed;
}

/** The caller holds the writer's lock, so nothing new appears meanwhile. When a page cannot be read, nothing is removed. */
export async function sweepUnderLock(context: VaultContext, dropPrevious: boolean): Promise<Swept> {
  const { database } = context;
  const reached = await mark(context, await removeStaleRoots(context, dropPrevious));
  const epochs = new Set<number>();
  let removed = await sweepFiles(context, reached, epochs);
  for (let last = '', more = true; more;) {
    const keys = await stored(() => database.objects.where(':id').above(last).limit(scanStep).primaryKeys());
    const garbage: string[] = [];
    for (const key of keys) {
      if (reached.has(key)) epochs.add(epochOf(key));
      else garbage.push(key);
    }
    await removeRows(context, garbage);
    removed += garbage.length;
    more = keys.length === scanStep;
    last = keys.at(-1) ?? last;
  }
  await stored(() => database.roots.delete(unfinishedKey));
  return { removed, epochs };
}

/** After a commit, under its lock: sweeps when it is worth it, or when the state before must go. */
export async function sweepAfterCommit(context: VaultContext, dropPrevious: boolean): Promise<void> {
  if (dropPrevious || (await rootNumbers(context)).length > gatheredRootsLimit) await sweepUnderLock(context, dropPrevious);
}

/** True after an import that was killed, and where commits have left roots behind. */
export async function needsSweep(context: VaultContext): Promise<boolean> {
  const unfinished = await stored(() => context.database.roots.get(unfinishedKey));
  return unfinished !== undefined || (await rootNumbers(context)).length > 2;
}

/** 0 and nothing done while someone writes. */
export async function sweep(context: VaultContext, dropPrevious: boolean): Promise<number> {
  const sweeping = await context.locks.tryExclusive(sweepLock);
  if (sweeping === null) return 0;
  try {
    const writing = await context.locks.tryExclusive(writerLock);
    if (writing === null) return 0;
    return (await sweepUnderLock(context, dropPrevious).finally(writing)).removed;
  } finally {
    sweeping();
  }
}

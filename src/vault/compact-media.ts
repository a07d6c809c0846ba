// Compaction: files of chunks of which less than half is still needed. What is needed of them is copied, sealed as it is, into new
// files; the old ones go with the sweep of the states that reach them.

import type { ObjectId } from '../model/ids';
import type { MediaEntry } from './archive';
import { chunkFileBytes } from './chunk-writer';
import { placeOf, rowOf } from './chunk-place';
import { commitState } from './commit';
import type { VaultContext } from './context';
import { stored } from './database';
import type { Release } from './locks';
import { holdCurrentState } from './open-reader';
import { allValues, type ArchiveState } from './reader';
import { endWriter, movesOnly, startState, type WriterState } from './writer-state';

/** Copied in one step, so that a step ends soon. */
const stepBytes = 32 * 1024 * 1024;

/** Bytes of each file that the state in force reaches. */
async function neededBytes(state: ArchiveState): Promise<ReadonlyMap<string, number>> {
  const needed = new Map<string, number>();
  for await (const { chunks } of allValues(state, 'media')) {
    for (const id of chunks) {
      const place = placeOf(id);
      if (place) needed.set(place.file, (needed.get(place.file) ?? 0) + place.sizeBytes);
    }
  }
  return needed;
}

async function sparseFiles(context: VaultContext, state: ArchiveState): Promise<ReadonlySet<string>> {
  const sparse = new Set<string>();
  const files = await context.chunkFiles();
  if (files === null) return sparse;
  for (const [name, bytes] of await neededBytes(state)) {
    // Files end at that size, so that those with half of it need not be measured.
    if (bytes * 2 >= chunkFileBytes) continue;
    if (bytes * 2 < (await stored(() => files.sizeBytesOf(name)))) sparse.add(name);
  }
  return sparse;
}

/** The chunk's new id, or the old one where it lies well or cannot be read. */
async function moveChunk(state: WriterState, id: ObjectId, sparse: ReadonlySet<string>): Promise<ObjectId> {
  if (!sparse.has(placeOf(id)?.file ?? '')) return id;
  const [sealed] = await state.next.fetchRows([id]);
  return sealed instanceof Uint8Array ? ((await state.chunks.put(rowOf(id) as ObjectId, sealed)) ?? id) : id;
}

async function moveMedium(state: WriterState, entry: MediaEntry, sparse: ReadonlySet<string>): Promise<number> {
  const chunks: ObjectId[] = [];
  for (const id of entry.chunks) chunks.push(await moveChunk(state, id, sparse));
  const moved = chunks.filter((id, at) => id !== entry.chunks[at]);
  if (moved.length > 0) state.edits.media.set(entry.sha256, { ...entry, chunks });
  return moved.reduce((sum, id) => sum + (placeOf(id)?.sizeBytes ?? 0), 0);
}

/** One step, in a commit of its own. False when there was nothing to move. `release` lets the next writer in. */
export async function compactMediaStep(context: VaultContext, release: Release): Promise<boolean> {
  let state: WriterState | null = null;
  try {
    state = startState(context, await holdCurrentState(context), movesOnly, release);
    const sparse = await sparseFiles(context, state.base.state);
    let movedBytes = 0;
    for await (const entry of sparse.size > 0 ? allValues(state.base.state, 'media') : []) {
      movedBytes += await moveMedium(state, entry, sparse);
      if (movedBytes >= stepBytes) break;
    }
    if (movedBytes > 0) (await commitState(state, { keepPrevious: true, keepsContent: true })).release();
    return movedBytes > 0;
  } finally {
    if (state) await endWriter(state);
    else release();
  }
}

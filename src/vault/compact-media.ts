// Compaction: files of chunks, or of segments' columns, of which less than half is still needed, and small ones. What is needed of them is copied,
// sealed as it is, into new files; the old ones go with the sweep of the states that reach them.

import type { ObjectId, SegmentId } from '../model/ids';
import type { MediaEntry, SegmentEntry } from './archive';
import { chunkFileBytes } from './chunk-writer';
import { placeOf, rowOf } from './chunk-place';
import { commitState } from './commit';
import { followParts } from './compact-segments';
import type { VaultContext } from './context';
import { stored } from './database';
import type { Release } from './locks';
import { holdCurrentState } from './open-reader';
import { moveColumns } from './put-columns';
import { allValues, type ArchiveState } from './reader';
import { endWriter, movesOnly, startState, type WriterState } from './writer-state';

/** Copied in one step, so that a step ends soon. */
const stepBytes = 32 * 1024 * 1024;

/** As many small files, which many imports leave, are joined: a search opens each file that has segments. */
const smallFilesLimit = 16;

/** Bytes of each file that the state in force reaches. */
async function neededBytes(state: ArchiveState): Promise<ReadonlyMap<string, number>> {
  const needed = new Map<string, number>();
  const count = (id: string): void => {
    const place = placeOf(id);
    if (place) needed.set(place.file, (needed.get(place.file) ?? 0) + place.sizeBytes);
  };
  for await (const { chunks } of allValues(state, 'media')) chunks.forEach(count);
  const segments = new Set<SegmentId>();
  // Joined conversations share them with their parts.
  for await (const conversation of allValues(state, 'conversations')) conversation.segments.forEach(({ id }) => segments.add(id));
  segments.forEach(count);
  return needed;
}

async function sparseFiles(context: VaultContext, state: ArchiveState): Promise<ReadonlySet<string>> {
  const sparse = new Set<string>();
  const files = await context.chunkFiles();
  if (files === null) return sparse;
  const needed = await neededBytes(state);
  const small = [...needed].filter(([, bytes]) => bytes * 4 < chunkFileBytes);
  if (small.length >= smallFilesLimit) for (const [name] of small) sparse.add(name);
  for (const [name, bytes] of needed) {
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

interface SegmentMove {
  readonly state: WriterState;
  readonly sparse: ReadonlySet<string>;
  /** Files from which everything goes: what shares a segment is to share it afterwards. */
  readonly begun: Set<string>;
  readonly moved: Map<SegmentId, SegmentId>;
  bytes: number;
}

async function moveSegment(move: SegmentMove, id: SegmentId): Promise<SegmentId> {
  const place = placeOf(id);
  if (place === null || !move.sparse.has(place.file)) return id;
  if (move.bytes < stepBytes) move.begun.add(place.file);
  if (!move.begun.has(place.file)) return id;
  const known = move.moved.get(id);
  if (known !== undefined) return known;
  const next = await moveColumns(move.state, id);
  move.moved.set(id, next);
  if (next !== id) move.bytes += place.sizeBytes;
  return next;
}

/** Bytes that were copied. */
async function moveSegments(state: WriterState, sparse: ReadonlySet<string>): Promise<number> {
  const move: SegmentMove = { state, sparse, begun: new Set(), moved: new Map(), bytes: 0 };
  for await (const entry of allValues(state.base.state, 'conversations')) {
    const segments: SegmentEntry[] = [];
    for (const segment of entry.segments) segments.push({ ...segment, id: await moveSegment(move, segment.id) });
    const isMoved = segments.some(({ id }, at) => id !== entry.segments[at]?.id);
    if (isMoved) state.edits.conversations.set(entry.id, { ...entry, segments });
  }
  if (move.bytes > 0) await followParts(state);
  return move.bytes;
}

/** One step, in a commit of its own. False when there was nothing to move. `release` lets the next writer in. */
export async function compactMediaStep(context: VaultContext, release: Release): Promise<boolean> {
  let state: WriterState | null = null;
  try {
    state = startState(context, await holdCurrentState(context), movesOnly, release);
    const sparse = await sparseFiles(context, state.base.state);
    let movedBytes = sparse.size > 0 ? await moveSegments(state, sparse) : 0;
    for await (const entry of sparse.size > 0 ? allValues(state.base.state, 'media') : []) {
      if (movedBytes >= stepBytes) break;
      movedBytes += await moveMedium(state, entry, sparse);
    }
    if (movedBytes > 0) (await commitState(state, { keepPrevious: true, keepsContent: true })).release();
    return movedBytes > 0;
  } finally {
    if (state) await endWriter(state);
    else release();
  }
}

// A writer's state: the base it started from, the changes, and the rows on their way to disk.

import { freeBytes } from '../model/free-bytes';
import { CamphorError } from '../model/error';
import type { ObjectId, ReceiptId } from '../model/ids';
import type { Receipt } from '../model/receipt';
import { type Batch, createBatch } from './batch';
import { type ChunkWriter, createChunkWriter } from './chunk-writer';
import type { VaultContext } from './context';
import { stored } from './database';
import type { WriterOptions } from './environment';
import { sealRow } from './keyring';
import { newObjectId } from './object-id';
import type { HeldState } from './open-reader';
import type { ArchiveState, TableEdits } from './reader';
import { unfinishedKey } from './root';
import { createSideWork, type SideWork } from './side-work';

export { notePurpose } from './reader';

export interface WriterState {
  readonly context: VaultContext;
  readonly base: HeldState;
  readonly next: ArchiveState;
  readonly edits: TableEdits;
  readonly newReceipts: Map<ReceiptId, Receipt>;
  readonly batch: Batch;
  readonly chunks: ChunkWriter;
  /** For segments, in files of their own: a search opens all of these, and none of the many that media fill. */
  readonly columns: ChunkWriter;
  /** Segments on their way into the batch. */
  readonly sealing: SideWork;
  readonly options: WriterOptions;
  /** Lets the next writer in. */
  readonly release: () => void;
  phase: 'open' | 'ended';
}

/** Of a writer that only moves rows, and puts no segment. */
export const movesOnly: WriterOptions = {
  signatureOf: () => {
    throw new CamphorError('unexpected');
  },
};

/** Segments sealed at a time: enough to keep WebCrypto's threads at work, some 2 MB of sealed columns. */
const sealingLimit = 4;

export function startState(context: VaultContext, base: HeldState, options: WriterOptions, release: () => void): WriterState {
  const batch = createBatch(context);
  const chunks = createChunkWriter(context);
  const columns = createChunkWriter(context);
  const sealing = createSideWork(sealingLimit);
  const edits: TableEdits = { conversations: new Map(), people: new Map(), media: new Map(), receipts: new Map(), notes: new Map() };
  const newReceipts = new Map<ReceiptId, Receipt>();
  const fetchRows = async (rows: readonly string[]) => {
    await sealing.settle();
    const pending = rows.map((row) => batch.pending(row));
    const missing = rows.filter((_, at) => pending[at] === undefined);
    if (missing.length === 0) return pending;
    const found = await base.state.fetchRows(missing);
    const foundByRow = new Map(missing.map((row, at) => [row, found[at]]));
    return rows.map((row, at) => pending[at] ?? foundByRow.get(row));
  };
  const next: ArchiveState = { ...base.state, edits, newReceipts, fetchRows };
  return { context, base, next, edits, newReceipts, batch, chunks, columns, sealing, options, release, phase: 'open' };
}

/** Seals under a fresh id and hands it to the batch. */
export async function putObject({ context, batch }: WriterState, purpose: string, plain: Uint8Array): Promise<ObjectId> {
  const id = newObjectId(context.random, context.keyring.epoch());
  await batch.put(id, await sealRow(context.keyring, id, purpose, plain));
  return id;
}

/** A chunk of a medium, sealed under a fresh id, into a file of chunks where the engine has such. */
export async function putChunk({ context, batch, chunks }: WriterState, plain: Uint8Array): Promise<ObjectId> {
  const id = newObjectId(context.random, context.keyring.epoch());
  const sealed = await sealRow(context.keyring, id, 'media', plain);
  const placed = await chunks.put(id, sealed);
  if (placed === null) await batch.put(id, sealed);
  else freeBytes(sealed);
  return placed ?? id;
}

/** Forgets chunks that have just been put. */
export function dropChunks({ batch, chunks }: WriterState, ids: readonly ObjectId[]): void {
  batch.drop(ids);
  chunks.drop(ids);
}

/** Ends the writer whatever happens: nothing of it is left on disk but what a commit made visible. */
export async function endWriter(state: WriterState): Promise<void> {
  if (state.phase === 'ended') return;
  state.phase = 'ended';
  try {
    await state.sealing.settle().catch(() => undefined);
    await Promise.all([state.batch.undo(), state.chunks.undo(), state.columns.undo()]);
    // Last: while anything is left, the mark has the next opening sweep.
    await stored(() => state.context.database.roots.delete(unfinishedKey));
  } finally {
    state.base.release();
    state.release();
  }
}

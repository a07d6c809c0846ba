// Sealed chunks on their way into files: what one writer adds, several chunks a file.

import type { ObjectId } from '../model/ids';
import { toBase64Url } from '../crypto/base64url';
import type { ChunkFile } from './chunk-files';
import { placedId, placeOf } from './chunk-place';
import type { VaultContext } from './context';
import { stored } from './database';
import { unfinishedKey } from './root';

/** A file takes chunks until it is as long as this: short enough that most of what is removed frees whole files. */
export const chunkFileBytes = 16 * 1024 * 1024;

const fileNameBytes = 8;

export interface ChunkWriter {
  /** Writes it, and gives the id under which it is found; null where this engine has no such files. Throws `storage-full`, `storage-failed`. */
  put(row: ObjectId, sealed: Uint8Array): Promise<ObjectId | null>;
  /** Forgets chunks: the room of those written last is used again. */
  drop(ids: readonly ObjectId[]): void;
  /** Everything is on disk when it has ended. */
  flush(): Promise<void>;
  /** Removes everything that was written. */
  undo(): Promise<void>;
}

interface Open {
  readonly name: string;
  readonly file: ChunkFile;
  endByte: number;
}

interface ChunkWriterState {
  readonly context: VaultContext;
  readonly made: string[];
  open: Open | null;
}

/** The mark comes first: a file that a killed writer leaves is looked for at the next opening. */
async function openNext(state: ChunkWriterState): Promise<Open | null> {
  const { context, made } = state;
  const files = await context.chunkFiles();
  if (files === null) return null;
  const name = toBase64Url(context.random(fileNameBytes));
  if (made.length === 0) await stored(() => context.database.roots.put(true, unfinishedKey));
  made.push(name);
  return { name, file: await stored(() => files.create(name)), endByte: 0 };
}

async function finish(state: ChunkWriterState): Promise<void> {
  const { open } = state;
  state.open = null;
  if (open) await stored(async () => open.file.finish(open.endByte));
}

async function put(state: ChunkWriterState, row: ObjectId, sealed: Uint8Array): Promise<ObjectId | null> {
  if (state.open && state.open.endByte > 0 && state.open.endByte + sealed.length > chunkFileBytes) await finish(state);
  state.open ??= await openNext(state);
  const { open } = state;
  if (open === null) return null;
  const place = { file: open.name, fromByte: open.endByte, sizeBytes: sealed.length };
  await stored(async () => open.file.write(sealed, open.endByte));
  open.endByte += sealed.length;
  return placedId(row, place);
}

function dropLast({ open }: ChunkWriterState, ids: readonly ObjectId[]): void {
  for (const id of ids.toReversed()) {
    const place = placeOf(id);
    const isLast = open !== null && place?.file === open.name && place.fromByte + place.sizeBytes === open.endByte;
    if (isLast) open.endByte = place.fromByte;
  }
}

async function undo(state: ChunkWriterState): Promise<void> {
  await finish(state).catch(() => undefined);
  const files = state.made.length > 0 ? await state.context.chunkFiles() : null;
  for (const name of state.made.splice(0)) await stored(async () => files?.remove(name));
}

export function createChunkWriter(context: VaultContext): ChunkWriter {
  const state: ChunkWriterState = { context, made: [], open: null };
  // One after the other: the file that a chunk goes into is not known before the one before is written.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(run: () => Promise<Value>): Promise<Value> => {
    const next = turn.then(run);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    put: (row, sealed) => inTurn(() => put(state, row, sealed)),
    drop: (ids) => dropLast(state, ids),
    flush: () => inTurn(() => finish(state)),
    undo: () => inTurn(() => undo(state)),
  };
}

// Sealed chunks on their way into files: what one writer adds, several chunks a file. What is still being sealed has its place before.

import { CamphorError } from '../model/error';
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

/** Room in a file, for bytes that are known later. */
export interface Reserved {
  /** Under which they are found once they are written. */
  readonly id: ObjectId;
  /** Writes exactly as many as were reserved, once. Throws `storage-full`, `storage-failed`. */
  write(sealed: Uint8Array): Promise<void>;
}

export interface ChunkWriter {
  /** Null where this engine has no such files. Throws as `put`. */
  reserve(row: string, sizeBytes: number): Promise<Reserved | null>;
  /** Writes it, and gives the id under which it is found; null where this engine has no such files. Throws `storage-full`, `storage-failed`. */
  put(row: ObjectId, sealed: Uint8Array): Promise<ObjectId | null>;
  /** Forgets chunks: the room of those written last is used again. */
  drop(ids: readonly ObjectId[]): void;
  /** Everything is on disk when it has ended; whatever was reserved is written before. */
  flush(): Promise<void>;
  /** Removes everything that was written. */
  undo(): Promise<void>;
}

interface Open {
  readonly name: string;
  readonly file: ChunkFile;
  endByte: number;
  /** Reserved and not written yet. */
  reserved: number;
}

interface ChunkWriterState {
  readonly context: VaultContext;
  readonly made: string[];
  /** Takes what comes. */
  open: Open | null;
  /** Full, but something that was reserved there is not written. */
  readonly full: Set<Open>;
}

/** The mark comes first: a file that a killed writer leaves is looked for at the next opening. */
async function openNext(state: ChunkWriterState): Promise<Open | null> {
  const { context, made } = state;
  const files = await context.chunkFiles();
  if (files === null) return null;
  const name = toBase64Url(context.random(fileNameBytes));
  if (made.length === 0) await stored(() => context.database.roots.put(true, unfinishedKey));
  made.push(name);
  return { name, file: await stored(() => files.create(name)), endByte: 0, reserved: 0 };
}

const finishFile = ({ file, endByte }: Open): Promise<void> => stored(async () => file.finish(endByte));

/** No more goes into the open file; it is finished once everything that was reserved there is written. */
async function finish(state: ChunkWriterState): Promise<void> {
  const { open } = state;
  state.open = null;
  if (open === null) return;
  if (open.reserved > 0) state.full.add(open);
  else await finishFile(open);
}

async function write(state: ChunkWriterState, open: Open, sealed: Uint8Array, fromByte: number): Promise<void> {
  await stored(async () => open.file.write(sealed, fromByte));
  open.reserved -= 1;
  if (open.reserved === 0 && state.full.delete(open)) await finishFile(open);
}

async function reserve(state: ChunkWriterState, row: string, sizeBytes: number): Promise<Reserved | null> {
  if (state.open && state.open.endByte > 0 && state.open.endByte + sizeBytes > chunkFileBytes) await finish(state);
  state.open ??= await openNext(state);
  const { open } = state;
  if (open === null) return null;
  const fromByte = open.endByte;
  open.endByte += sizeBytes;
  open.reserved += 1;
  const id = placedId(row, { file: open.name, fromByte, sizeBytes });
  return { id, write: (sealed) => write(state, open, sealed, fromByte) };
}

async function put(state: ChunkWriterState, row: ObjectId, sealed: Uint8Array): Promise<ObjectId | null> {
  const reserved = await reserve(state, row, sealed.length);
  await reserved?.write(sealed);
  return reserved && reserved.id;
}

/** Throws `unexpected` where something that was reserved was never written. */
async function flush(state: ChunkWriterState): Promise<void> {
  await finish(state);
  if (state.full.size > 0) throw new CamphorError('unexpected', { chunks: 'reserved' });
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
  for (const open of state.full) await finishFile(open).catch(() => undefined);
  state.full.clear();
  const files = state.made.length > 0 ? await state.context.chunkFiles() : null;
  for (const name of state.made.splice(0)) await stored(async () => files?.remove(name));
}

export function createChunkWriter(context: VaultContext): ChunkWriter {
  const state: ChunkWriterState = { context, made: [], open: null, full: new Set() };
  // One after the other: the file that a chunk goes into is not known before the one before is written.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(run: () => Promise<Value>): Promise<Value> => {
    const next = turn.then(run);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    reserve: (row, sizeBytes) => inTurn(() => reserve(state, row, sizeBytes)),
    put: (row, sealed) => inTurn(() => put(state, row, sealed)),
    drop: (ids) => dropLast(state, ids),
    flush: () => inTurn(() => flush(state)),
    undo: () => inTurn(() => undo(state)),
  };
}

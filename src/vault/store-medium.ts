// Taking a medium in: its hash is known only at the end, so all its chunks but the last are written before, and dropped if it was known.

import { CamphorError } from '../model/error';
import type { ObjectId, ReceiptId, Sha256Hex } from '../model/ids';
import { isHere, type MediaEntry } from './archive';
import { batchBytes } from './batch';
import { cutChunks, fileChunkBytes, rowChunkBytes } from './media';
import { createMediaHash } from './media-hash';
import { findValue, readObject } from './reader';
import { dropChunks, putChunk, type WriterState } from './writer-state';

interface StoredChunks {
  readonly sha256: Sha256Hex;
  readonly sizeBytes: number;
  /** All but the last. */
  readonly chunks: readonly ObjectId[];
  readonly last: Uint8Array | null;
  /** To be called when the last one is no longer used. */
  free(): void;
}

/** Throws CamphorError `storage-full` when the browser says that so many bytes have no room. Small media are not asked for. */
async function checkRoom(state: WriterState, neededBytes: number): Promise<void> {
  const { storage } = state.context.environment;
  if (!storage || neededBytes < batchBytes) return;
  const { usage, quota } = await storage.estimate();
  if (usage === undefined || quota === undefined || usage + neededBytes <= quota) return;
  throw new CamphorError('storage-full', { neededBytes, freeBytes: Math.max(0, quota - usage) });
}

async function storeChunks(state: WriterState, bytes: AsyncIterable<Uint8Array>, expectedBytes: number): Promise<StoredChunks> {
  const chunks: ObjectId[] = [];
  const hash = createMediaHash();
  let last: Uint8Array | null = null;
  let sizeBytes = 0;
  const chunkBytes = (await state.context.chunkFiles()) === null ? rowChunkBytes : fileChunkBytes;
  for await (const chunk of cutChunks(bytes, chunkBytes, expectedBytes)) {
    sizeBytes += chunk.length;
    // Sealing runs on another thread of the engine while this one hashes.
    const put = last && putChunk(state, last);
    hash.update(chunk);
    if (put) chunks.push(await put);
    last = chunk;
  }
  return { sha256: await hash.digestHex(), sizeBytes, chunks, last, free: hash.freeChunks };
}

/** False where a chunk is gone or altered: then the bytes that have just come in take the place of what was kept. */
async function areWhole(state: WriterState, chunks: readonly ObjectId[]): Promise<boolean> {
  try {
    for (const chunk of chunks) await readObject(state.next, chunk, 'media');
    return true;
  } catch (error) {
    if (error instanceof CamphorError && (error.code === 'damaged' || error.code === 'tampered')) return false;
    throw error;
  }
}

/** The entry of these bytes, new or with `receipt` added. Its mime is for the caller to set: the vault does not look inside. */
export async function storeMedium(
  state: WriterState,
  bytes: AsyncIterable<Uint8Array>,
  receipt: ReceiptId,
  expectedBytes: number,
): Promise<MediaEntry> {
  await checkRoom(state, expectedBytes);
  const { sha256, sizeBytes, chunks: first, last, free } = await storeChunks(state, bytes, expectedBytes);
  const known = await findValue(state.next, 'media', sha256);
  const isKept = known !== null && isHere(known) && (await areWhole(state, known.chunks));
  if (isKept) dropChunks(state, first);
  const chunks = isKept || last === null ? first : [...first, await putChunk(state, last)];
  free();
  const fresh: MediaEntry = {
    sha256,
    sizeBytes,
    mime: 'application/octet-stream',
    chunks,
    thumbnail: null,
    widthPx: null,
    heightPx: null,
    receipts: [],
  };
  const entry = known === null ? fresh : isKept ? known : { ...known, chunks, sizeBytes };
  const next = entry.receipts.includes(receipt) ? entry : { ...entry, receipts: [...entry.receipts, receipt] };
  state.edits.media.set(sha256, next);
  return next;
}

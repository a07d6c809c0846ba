// Media: cut into chunks, each sealed on its own, put together again where they are read.

import { freeBytes } from '../model/free-bytes';
import type { ByteSource } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { MediaEntry } from './archive';
import { placeOf } from './chunk-place';
import { sealOverheadBytes } from './keyring';

/** Of a chunk that is a row of IndexedDB. */
export const rowChunkBytes = 1024 * 1024;

/** Of a chunk in a file: Chromium maps memory anew for every array above 950 KiB, which costs a seal three times as long. */
export const fileChunkBytes = 896 * 1024;

/** All chunks of a medium but the last have this size: that of the first where a place tells it. */
function chunkBytesOf({ chunks: [first], sizeBytes }: MediaEntry): number {
  const place = first === undefined ? null : placeOf(first);
  return place === null ? rowChunkBytes : Math.max(1, Math.min(sizeBytes, place.sizeBytes - sealOverheadBytes));
}

/** The chunk with room for so many bytes, and for as many again where a whole chunk is larger still: most media are shorter than one. */
function withRoom(chunk: Uint8Array<ArrayBuffer>, filled: number, neededBytes: number, chunkBytes: number): Uint8Array<ArrayBuffer> {
  if (neededBytes <= chunk.length) return chunk;
  const larger = new Uint8Array(Math.min(chunkBytes, Math.max(neededBytes, 2 * chunk.length)));
  larger.set(chunk.subarray(0, filled));
  freeBytes(chunk);
  return larger;
}

/**
 * The same bytes in chunks of exactly `chunkBytes`, the last one shorter; none for no bytes. Each owns its buffer. Where
 * `expectedBytes` come, no chunk is made twice.
 */
export async function* cutChunks(
  bytes: AsyncIterable<Uint8Array>,
  chunkBytes: number,
  expectedBytes = 0,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(Math.min(chunkBytes, Math.max(0, expectedBytes)));
  let filled = 0;
  let cutBytes = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + chunkBytes - filled);
      chunk = withRoom(chunk, filled, filled + part.length, chunkBytes);
      chunk.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < chunkBytes) continue;
      yield chunk;
      cutBytes += filled;
      chunk = new Uint8Array(Math.min(chunkBytes, Math.max(0, expectedBytes - cutBytes)));
      filled = 0;
    }
  }
  if (filled > 0) yield filled === chunk.length ? chunk : chunk.slice(0, filled);
  if (filled < chunk.length) freeBytes(chunk);
}

type OpenChunk = (row: MediaEntry['chunks'][number]) => Promise<Uint8Array>;

/** Throws CamphorError `damaged` where chunks and size do not agree. */
async function chunkAt(entry: MediaEntry, index: number, openChunk: OpenChunk): Promise<Uint8Array> {
  const chunkBytes = chunkBytesOf(entry);
  const row = entry.chunks[index];
  const chunk = row === undefined ? null : await openChunk(row);
  const expected = Math.min(chunkBytes, entry.sizeBytes - index * chunkBytes);
  if (chunk?.length !== expected) throw new CamphorError('damaged');
  return chunk;
}

async function* streamChunks(entry: MediaEntry, fromByte: number, openChunk: OpenChunk): AsyncGenerator<Uint8Array> {
  const chunkBytes = chunkBytesOf(entry);
  for (let at = Math.max(0, fromByte); at < entry.sizeBytes;) {
    const index = Math.floor(at / chunkBytes);
    const chunk = await chunkAt(entry, index, openChunk);
    yield chunk.subarray(at - index * chunkBytes);
    at = (index + 1) * chunkBytes;
  }
}

/** The medium's bytes. The chunk read last is kept, for players read in small steps. */
export function mediaSource(entry: MediaEntry, openChunk: OpenChunk): ByteSource {
  const chunkBytes = chunkBytesOf(entry);
  let kept: { readonly row: string; readonly chunk: Promise<Uint8Array> } | null = null;
  const openKept: OpenChunk = (row) => {
    if (kept?.row !== row) kept = { row, chunk: openChunk(row) };
    return kept.chunk;
  };
  const read = async (fromByte: number, toByte: number): Promise<Uint8Array> => {
    const from = Math.min(Math.max(0, fromByte), entry.sizeBytes);
    const to = Math.min(toByte, entry.sizeBytes);
    // Most media are one chunk, and whoever reads it whole gets it for themselves: it is not kept.
    if (from === 0 && to === entry.sizeBytes && entry.chunks.length === 1) return chunkAt(entry, 0, openChunk);
    const bytes = new Uint8Array(Math.max(0, to - from));
    for (let filled = 0; filled < bytes.length;) {
      const index = Math.floor((from + filled) / chunkBytes);
      const chunk = await chunkAt(entry, index, openKept);
      const start = from + filled - index * chunkBytes;
      const part = chunk.subarray(start, start + bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  };
  return { sizeBytes: entry.sizeBytes, read, givesOwn: true, stream: (fromByte = 0) => streamChunks(entry, fromByte, openChunk) };
}

// Media: cut into chunks of 1 MiB, each sealed on its own, put together again where they are read.

import type { ByteSource } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { MediaEntry } from './archive';

export const mediaChunkBytes = 1024 * 1024;

/** The same bytes in chunks of exactly `mediaChunkBytes`, the last one shorter; none for no bytes. Each owns its buffer. */
export async function* cutChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunk = new Uint8Array(mediaChunkBytes);
  let filled = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + mediaChunkBytes - filled);
      chunk.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < mediaChunkBytes) continue;
      yield chunk;
      chunk = new Uint8Array(mediaChunkBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.slice(0, filled);
}

type OpenChunk = (row: MediaEntry['chunks'][number]) => Promise<Uint8Array>;

/** Throws CamphorError `damaged` where chunks and size do not agree. */
async function chunkAt(entry: MediaEntry, index: number, openChunk: OpenChunk): Promise<Uint8Array> {
  const row = entry.chunks[index];
  const chunk = row === undefined ? null : await openChunk(row);
  const expected = Math.min(mediaChunkBytes, entry.sizeBytes - index * mediaChunkBytes);
  if (chunk?.length !== expected) throw new CamphorError('damaged');
  return chunk;
}

async function* streamChunks(entry: MediaEntry, fromByte: number, openChunk: OpenChunk): AsyncGenerator<Uint8Array> {
  for (let at = Math.max(0, fromByte); at < entry.sizeBytes;) {
    const index = Math.floor(at / mediaChunkBytes);
    const chunk = await chunkAt(entry, index, openChunk);
    yield chunk.subarray(at - index * mediaChunkBytes);
    at = (index + 1) * mediaChunkBytes;
  }
}

/** The medium's bytes. The chunk read last is kept, for players read in small steps. */
export function mediaSource(entry: MediaEntry, openChunk: OpenChunk): ByteSource {
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
      const index = Math.floor((from + filled) / mediaChunkBytes);
      const chunk = await chunkAt(entry, index, openKept);
      const start = from + filled - index * mediaChunkBytes;
      const part = chunk.subarray(start, start + bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  };
  return { sizeBytes: entry.sizeBytes, read, stream: (fromByte = 0) => streamChunks(entry, fromByte, openChunk) };
}

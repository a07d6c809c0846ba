// A source made of one function that reads a range: Blobs, files on disk, stored ZIP entries.

import { streamChunkBytes } from './memory-source';
import type { ByteSource, ReadSync } from './source';

/** Reads exactly [fromByte, toByte), which lies inside the size. Throws CamphorError `archive-unreadable`. */
export type ReadRange = (fromByte: number, toByte: number) => Promise<Uint8Array>;

/**
 * A source of `sizeBytes` bytes; while a chunk is used the next one is already being read. `readRangeSync`, where there is one,
 * reads exactly [fromByte, toByte) as `readRange` does. `chunkBytes`: at most 1 MiB.
 */
export function sourceOfRanges(
  sizeBytes: number,
  readRange: ReadRange,
  readRangeSync?: ReadSync,
  chunkBytes: number = streamChunkBytes,
): ByteSource {
  const clamp = (byte: number) => Math.min(Math.max(0, byte), sizeBytes);
  return {
    sizeBytes,
    readSync: readRangeSync && ((fromByte, toByte) => readClamped(readRangeSync, clamp(fromByte), clamp(toByte))),
    async read(fromByte, toByte) {
      const from = clamp(fromByte);
      const to = clamp(toByte);
      return to > from ? readRange(from, to) : new Uint8Array(0);
    },
    async *stream(fromByte = 0) {
      let at = clamp(fromByte);
      const readNext = () => {
        if (at >= sizeBytes) return null;
        const from = at;
        at = Math.min(from + chunkBytes, sizeBytes);
        const chunk = readRange(from, at);
        chunk.catch(() => undefined); // a reader that stops early never awaits it; one that goes on gets the error
        return chunk;
      };
      for (let next = readNext(); next;) {
        const chunk = await next;
        next = readNext();
        yield chunk;
      }
    },
  };
}

function readClamped(readRangeSync: ReadSync, from: number, to: number): Uint8Array {
  return to > from ? readRangeSync(from, to) : new Uint8Array(0);
}

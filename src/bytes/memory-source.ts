// Bytes that are in memory already, such as a small entry or a test's sample.

import type { ByteSource, ReadSync } from './source';

export const streamChunkBytes = 1 << 20;

/** A source over `bytes`. What it gives are views of the same memory: readers must not write into them. */
export function sourceOfBytes(bytes: Uint8Array, chunkBytes: number = streamChunkBytes): ByteSource {
  const readSync: ReadSync = (fromByte, toByte) => bytes.subarray(Math.max(0, fromByte), Math.max(0, toByte));
  return {
    sizeBytes: bytes.length,
    readSync,
    read: async (fromByte, toByte) => readSync(fromByte, toByte),
    async *stream(fromByte = 0) {
      for (let at = Math.max(0, fromByte); at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

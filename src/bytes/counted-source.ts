// Counts what is read, for the budget "bytes read of a 20 GB ZIP" and its tests.

import type { ByteSource } from './source';

export interface ReadCount {
  /** Bytes that were handed out, ranges read twice counted twice. */
  bytes: number;
  /** Calls of `read`, and chunks of `stream`. */
  reads: number;
}

/** The same source, and a count that grows while it is read. Counted as bytes are delivered. */
export function countReads(
  source: ByteSource,
  count: ReadCount = { bytes: 0, reads: 0 },
): { readonly source: ByteSource; readonly count: ReadCount } {
  const add = (bytes: Uint8Array) => {
    count.bytes += bytes.length;
    count.reads++;
    return bytes;
  };
  const { readSync } = source;
  return {
    count,
    source: {
      sizeBytes: source.sizeBytes,
      cipher: source.cipher,
      read: async (fromByte, toByte) => add(await source.read(fromByte, toByte)),
      readSync: readSync && ((fromByte, toByte) => add(readSync(fromByte, toByte))),
      async *stream(fromByte) {
        for await (const chunk of source.stream(fromByte)) yield add(chunk);
      },
    },
  };
}

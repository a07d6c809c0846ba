// A source made of a stream that can begin only at its start, or at some places: what has to be inflated or decrypted on the way.

import { joinBytes } from './join-bytes';
import { streamChunkBytes } from './memory-source';
import type { ByteSource } from './source';

/** Bytes in order, of any length each, from `fromByte` or from some place before it, which is said. */
export type StreamFrom = (fromByte: number) => { readonly startByte: number; readonly chunks: AsyncIterable<Uint8Array> };

/** A source of `sizeBytes` bytes; a range is streamed from the nearest place before it. Throws what the stream throws. */
export function sourceOfStream(sizeBytes: number, streamFrom: StreamFrom): ByteSource {
  async function* stream(fromByte = 0): AsyncGenerator<Uint8Array, void, void> {
    const from = Math.max(0, fromByte);
    if (from >= sizeBytes) return;
    const { startByte, chunks } = streamFrom(from);
    let at = startByte;
    for await (const chunk of chunks) {
      const piece = chunk.subarray(Math.max(0, from - at), sizeBytes - at);
      at += chunk.length;
      for (let begin = 0; begin < piece.length; begin += streamChunkBytes) yield piece.subarray(begin, begin + streamChunkBytes);
      if (at >= sizeBytes) return;
    }
  }
  return {
    sizeBytes,
    stream,
    async read(fromByte, toByte) {
      const from = Math.max(0, fromByte);
      const wanted = Math.min(toByte, sizeBytes) - from;
      const pieces: Uint8Array[] = [];
      let length = 0;
      if (wanted <= 0) return new Uint8Array(0);
      for await (const chunk of stream(from)) {
        const piece = chunk.subarray(0, wanted - length);
        pieces.push(piece);
        length += piece.length;
        if (length === wanted) break;
      }
      return joinBytes(pieces, length);
    },
  };
}

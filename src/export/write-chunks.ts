// Bytes from wherever they come to where they are to lie, in pieces of 1 MiB.

import type { ByteSource } from '../bytes/source';

export interface ArchiveTarget {
  /** Makes sure, as far as the place can tell, that a file of this size has room. Throws CamphorError `storage-full`. */
  reserve(sizeBytes: number): Promise<void>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the writing; gives the file as it lies there now. */
  close(): Promise<ByteSource>;
}

const pieceBytes = 1 << 20;

/** Of a stream; what is left of it is cancelled where nobody reads on. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Gives how many bytes there were. */
export async function writeChunks(
  chunks: AsyncIterable<Uint8Array>,
  target: Pick<ArchiveTarget, 'write'>,
  onBytes: (doneBytes: number) => void,
): Promise<number> {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  let doneBytes = 0;
  const flush = async (): Promise<void> => {
    await target.write(piece.subarray(0, filled));
    doneBytes += filled;
    onBytes(doneBytes);
    piece = new Uint8Array(pieceBytes);
    filled = 0;
  };
  for await (const given of chunks) {
    for (let chunk = given; chunk.length > 0;) {
      const part = chunk.subarray(0, pieceBytes - filled);
      piece.set(part, filled);
      filled += part.length;
      chunk = chunk.subarray(part.length);
      if (filled === pieceBytes) await flush();
    }
  }
  await flush();
  return doneBytes;
}

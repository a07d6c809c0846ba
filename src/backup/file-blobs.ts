// A file as blobs: one up to 8 MiB, else pieces of 4 MiB. Fixed cuts keep it simple: months only grow at their end.

import { freeBytes } from '../model/free-bytes';
import type { BlobId } from '../repository/repository';

export const wholeLimitBytes = 8 * 1024 * 1024;
export const pieceBytes = 4 * 1024 * 1024;

export interface FileBlobs {
  readonly blobs: readonly BlobId[];
  readonly sizeBytes: number;
}

type SaveData = (plain: Uint8Array<ArrayBuffer>) => Promise<{ readonly id: BlobId }>;

export interface FileCutter {
  /** The next bytes of the file; the cutter's from now on, and `save`'s after it. */
  push(bytes: Uint8Array): Promise<void>;
  finish(): Promise<FileBlobs>;
}

/** The first `count` bytes of the chunks, which loses them; whole ones are given back. */
function takeFirst(chunks: Uint8Array[], count: number): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(count);
  let filled = 0;
  let used = 0;
  for (let chunk = chunks[0]; filled < count && chunk !== undefined; chunk = chunks[used]) {
    const part = chunk.subarray(0, count - filled);
    taken.set(part, filled);
    filled += part.length;
    if (part.length < chunk.length) chunks[used] = chunk.subarray(part.length);
    else {
      used += 1;
      if (chunk.length === chunk.buffer.byteLength) freeBytes(chunk as Uint8Array<ArrayBuffer>);
    }
  }
  chunks.splice(0, used);
  return taken;
}

/** Holds at most 8 MiB and what was pushed last. */
export function createFileCutter(save: SaveData): FileCutter {
  const blobs: BlobId[] = [];
  const chunks: Uint8Array[] = [];
  let heldBytes = 0;
  let sizeBytes = 0;
  const take = (count: number): Uint8Array<ArrayBuffer> => {
    heldBytes -= count;
    const [only] = chunks;
    if (chunks.length !== 1 || only?.length !== count) return takeFirst(chunks, count);
    chunks.length = 0;
    return only as Uint8Array<ArrayBuffer>;
  };
  return {
    async push(bytes) {
      if (bytes.length > 0) chunks.push(bytes);
      heldBytes += bytes.length;
      sizeBytes += bytes.length;
      while (sizeBytes > wholeLimitBytes && heldBytes > pieceBytes) blobs.push((await save(take(pieceBytes))).id);
    },
    async finish() {
      while (heldBytes > 0) blobs.push((await save(take(sizeBytes > wholeLimitBytes ? Math.min(pieceBytes, heldBytes) : heldBytes))).id);
      return { blobs, sizeBytes };
    },
  };
}

export async function saveFile(save: SaveData, bytes: Uint8Array): Promise<FileBlobs> {
  const cutter = createFileCutter(save);
  await cutter.push(bytes);
  return cutter.finish();
}

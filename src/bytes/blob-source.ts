// Bytes of a Blob or File: the file is never whole in memory. Ranges are read by slices, the whole as a stream, which in
// Chromium takes an eighth of the time that slices of 1 MiB take. In workers it can also be read synchronously.

import { CamphorError } from '../model/error';
import { streamChunkBytes } from './memory-source';
import { sourceOfRanges } from './ranged-source';
import type { ByteSource, ReadSync } from './source';

interface SyncBlobReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** There in workers only, those that start from a blob included. */
const SyncReader = (globalThis as { readonly FileReaderSync?: new () => SyncBlobReader }).FileReaderSync;

/** A source over `blob`. Reading throws CamphorError `archive-unreadable` where the file is gone, changed or forbidden. */
export function sourceOfBlob(blob: Blob): ByteSource {
  const read = async (fromByte: number, toByte: number): Promise<Uint8Array> => {
    try {
      const range = fromByte === 0 && toByte === blob.size ? blob : blob.slice(fromByte, toByte);
      return new Uint8Array(await range.arrayBuffer());
    } catch (cause) {
      throw new CamphorError('archive-unreadable', { offsetBytes: fromByte }, cause);
    }
  };
  const ranges = sourceOfRanges(blob.size, read, SyncReader && readBlobSync(blob, SyncReader));
  return {
    ...ranges,
    givesOwn: true,
    stream: (fromByte = 0) => streamBlob(blob, Math.max(0, fromByte), false),
    streamLent: () => streamBlob(blob, 0, true),
  };
}

let syncReader: SyncBlobReader | null = null;

/** One reader for all: of the files of a backup hardly any is read so. */
function readBlobSync(blob: Blob, Reader: new () => SyncBlobReader): ReadSync {
  return (fromByte, toByte) => {
    try {
      syncReader ??= new Reader();
      return new Uint8Array(syncReader.readAsArrayBuffer(blob.slice(fromByte, toByte)));
    } catch (cause) {
      throw new CamphorError('archive-unreadable', { offsetBytes: fromByte }, cause);
    }
  };
}

/** Below what engines map anew for each array; what is asked for ahead is one more. */
const pieceBytes = 512 * 1024;

/**
 * Readers of which a piece is awaited. Where only those who wait refer to a stream, Chromium's collector takes it in the middle of a
 * read into an array of ours, which then never ends: 296 of 360 such reads in Chromium 156, and none whose reader was kept.
 */
const reading = new Set<ReadableStreamBYOBReader>();

type ReadPiece = () => Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;

interface PieceReader {
  readonly read: ReadPiece;
  /** Its memory is used again for a later piece. */
  giveBack(piece: Uint8Array<ArrayBuffer>): void;
  cancel(): Promise<void>;
}

/** Into arrays of ours where the engine can; WebKit gives its own. */
function openPieces(blob: Blob): PieceReader {
  const stream = blob.stream();
  // Most media are shorter than a piece: their memory is no larger than they are.
  const bytes = Math.min(pieceBytes, Math.max(1, blob.size));
  try {
    const reader = stream.getReader({ mode: 'byob' });
    const spare: ArrayBuffer[] = [];
    const read: ReadPiece = async () => {
      reading.add(reader);
      try {
        const { done, value } = await reader.read(new Uint8Array(spare.pop() ?? new ArrayBuffer(bytes)));
        return done ? { done, value: undefined } : { done, value };
      } finally {
        reading.delete(reader);
      }
    };
    return { read, giveBack: ({ buffer }) => void spare.push(buffer), cancel: () => reader.cancel() };
  } catch {
    const reader = stream.getReader();
    return { read: () => reader.read(), giveBack: () => {}, cancel: () => reader.cancel() };
  }
}

async function* streamBlob(blob: Blob, fromByte: number, isLent: boolean): AsyncGenerator<Uint8Array, void, void> {
  const reader = openPieces(blob.slice(fromByte));
  let at = fromByte;
  const readNext = (): ReturnType<ReadPiece> => {
    const piece = reader.read();
    piece.catch(() => undefined); // a reader that stops early never awaits it; one that goes on gets the error
    return piece;
  };
  try {
    for (let next = readNext(); ;) {
      const { done, value } = await next;
      if (done) break;
      next = readNext();
      at += value.length;
      for (let from = 0; from < value.length; from += streamChunkBytes) yield value.subarray(from, from + streamChunkBytes);
      if (isLent) reader.giveBack(value);
    }
  } catch (cause) {
    throw cause instanceof CamphorError ? cause : new CamphorError('archive-unreadable', { offsetBytes: at }, cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (at < blob.size) throw new CamphorError('archive-unreadable', { offsetBytes: at });
}

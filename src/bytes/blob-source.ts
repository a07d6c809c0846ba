// Bytes of a Blob or File, read by slices: the file is never whole in memory. In workers it can also be read synchronously.

import { CamphorError } from '../model/error';
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
      return new Uint8Array(await blob.slice(fromByte, toByte).arrayBuffer());
    } catch (cause) {
      throw new CamphorError('archive-unreadable', { offsetBytes: fromByte }, cause);
    }
  };
  return sourceOfRanges(blob.size, read, SyncReader && readBlobSync(blob, new SyncReader()));
}

function readBlobSync(blob: Blob, reader: SyncBlobReader): ReadSync {
  return (fromByte, toByte) => {
    try {
      return new Uint8Array(reader.readAsArrayBuffer(blob.slice(fromByte, toByte)));
    } catch (cause) {
      throw new CamphorError('archive-unreadable', { offsetBytes: fromByte }, cause);
    }
  };
}

// Bytes of a Blob or File, read by slices: the file is never whole in memory.

import { CamphorError } from '../model/error';
import { sourceOfRanges } from './ranged-source';
import type { ByteSource } from './source';

/** A source over `blob`. Reading throws CamphorError `archive-unreadable` where the file is gone, changed or forbidden. */
export function sourceOfBlob(blob: Blob): ByteSource {
  return sourceOfRanges(blob.size, async (fromByte, toByte) => {
    try {
      return new Uint8Array(await blob.slice(fromByte, toByte).arrayBuffer());
    } catch (cause) {
      throw new CamphorError('archive-unreadable', { offsetBytes: fromByte }, cause);
    }
  });
}

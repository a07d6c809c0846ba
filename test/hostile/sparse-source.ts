// A file of any size that exists only where it has content: the rest is zero bytes made when they are read.

import { sourceOfRanges } from '../../src/bytes/ranged-source';
import type { ByteSource } from '../../src/bytes/source';

export interface Segment {
  readonly offsetBytes: number;
  readonly bytes: Uint8Array;
}

export function sourceOfSegments(sizeBytes: number, segments: readonly Segment[]): ByteSource {
  return sourceOfRanges(sizeBytes, async (from, to) => {
    const range = new Uint8Array(to - from);
    for (const { offsetBytes, bytes } of segments) {
      const skip = Math.max(0, from - offsetBytes);
      const at = Math.max(0, offsetBytes - from);
      if (at < range.length && skip < bytes.length) range.set(bytes.subarray(skip, skip + range.length - at), at);
    }
    return range;
  });
}

// Bytes gathered up to a limit; what comes after is counted only.

import { joinBytes } from './join-bytes';

export interface BoundedBytes {
  /** Takes the next bytes; copies what it keeps of them. Gives how many it kept. */
  add(bytes: Uint8Array): number;
  readonly lengthBytes: number;
  /** True where not all were kept. */
  readonly isCut: boolean;
  bytes(): Uint8Array;
}

/** Keeps at most `limitBytes`. */
export function createBoundedBytes(limitBytes: number): BoundedBytes {
  const pieces: Uint8Array[] = [];
  let heldBytes = 0;
  let lengthBytes = 0;
  return {
    add(bytes) {
      const kept = bytes.slice(0, limitBytes - heldBytes);
      if (kept.length > 0) pieces.push(kept);
      heldBytes += kept.length;
      lengthBytes += bytes.length;
      return kept.length;
    },
    get lengthBytes() {
      return lengthBytes;
    },
    get isCut() {
      return lengthBytes > heldBytes;
    },
    bytes: () => joinBytes(pieces, heldBytes),
  };
}

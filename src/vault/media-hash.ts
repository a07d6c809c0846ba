// SHA-256 of a medium as its chunks pass. The engine's own code is several times as fast as ours but wants all bytes at
// once, so media of a usual size are gathered for it, and only larger ones are hashed piece by piece.

import { freeBytes } from '../model/free-bytes';
import { hashBytes } from '../crypto/hashes';
import { createSha256, type HashInProgress } from '../crypto/sha256';
import type { Sha256Hex } from '../model/ids';

const gatherLimitBytes = 16 * 1024 * 1024;

export interface MediaHash {
  /** The chunk must not change afterwards. */
  update(chunk: Uint8Array): void;
  digestHex(): Promise<Sha256Hex>;
  /** Gives back the memory of the chunks that it has gathered: nobody uses them any more. */
  freeChunks(): void;
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only as Uint8Array<ArrayBuffer>;
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

export function createMediaHash(): MediaHash {
  const gathered: Uint8Array[] = [];
  let sizeBytes = 0;
  let hash: HashInProgress | null = null;
  return {
    update: (chunk) => {
      sizeBytes += chunk.length;
      if (hash === null) gathered.push(chunk);
      if (hash === null && sizeBytes > gatherLimitBytes) {
        hash = createSha256();
        for (const piece of gathered.splice(0)) hash.update(piece);
      } else hash?.update(chunk);
    },
    digestHex: async () => hash?.digestHex() ?? hashBytes(joined(gathered, sizeBytes)),
    freeChunks: () => gathered.splice(0).forEach((chunk) => freeBytes(chunk as Uint8Array<ArrayBuffer>)),
  };
}

// SHA-256 over bytes as they come. The engine has it only for bytes in one piece (hashes.ts), at several times the speed.

import { sha256 } from '@noble/hashes/sha2.js';
import type { Sha256Hex } from '../model/ids';
import { toHex } from './hashes';

export interface HashInProgress {
  update(bytes: Uint8Array): void;
  /** The hash of everything so far; ends it. */
  digestHex(): Sha256Hex;
}

/** A SHA-256 that takes bytes as they come. */
export function createSha256(): HashInProgress {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digestHex: () => toHex(hash.digest()) as Sha256Hex,
  };
}

/** SHA-256 of a stream of chunks. */
export async function hashChunks(chunks: AsyncIterable<Uint8Array>): Promise<Sha256Hex> {
  const hash = createSha256();
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digestHex();
}

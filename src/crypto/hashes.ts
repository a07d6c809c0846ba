// SHA-256: over a stream in pieces, and of bytes that are in memory.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sha256Hex } from '../model/ids';

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
    digestHex: () => bytesToHex(hash.digest()) as Sha256Hex,
  };
}

/** SHA-256 of bytes in memory, by the engine's own code: several times as fast as `createSha256`, but in one piece. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256Hex> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as Sha256Hex;
}

/** SHA-256 of a stream of chunks. */
export async function hashChunks(chunks: AsyncIterable<Uint8Array>): Promise<Sha256Hex> {
  const hash = createSha256();
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digestHex();
}

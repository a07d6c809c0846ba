// Dropbox's hash of a content (dropbox.com/developers/reference/content-hash): SHA-256 over the SHA-256s of its blocks of 4 MiB.

import { hashBytes } from '../crypto/hashes';
import { contentBytes, type FileContent } from './file-content';

export const blockBytes = 4 * 1024 * 1024;

/** The SHA-256 of each block, in order; none for an empty content. No more than one block of a Blob is in memory. */
export async function hashBlocks(content: FileContent): Promise<Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < contentBytes(content); at += blockBytes) {
    const toByte = at + blockBytes;
    const block = content instanceof Blob ? await content.slice(at, toByte).arrayBuffer() : content.subarray(at, toByte);
    hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', block)));
  }
  return hashes;
}

/** The content's hash by those of its blocks, as lower-case hex digits. */
export function joinBlockHashes(hashes: readonly Uint8Array[]): Promise<string> {
  const joined = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, index) => joined.set(hash, index * 32));
  return hashBytes(joined);
}

// The key of a repository, which seals all of its files; the same shape serves for the key that a password gives
// (restic's doc/design.rst, "Keys, Encryption and MAC").

import { importPoly1305AesKey, type Poly1305AesKey } from '../crypto/poly1305-aes';
import type { RandomBytes } from '../crypto/random';

/** Encryption key 32, then k 16, then r 16. */
export const masterKeyBytes = 64;

/** What seals and opens: it passes to another thread, and cannot be sealed itself. */
export interface SealingKey {
  /** AES-256 in CTR mode. Never extractable. */
  readonly encryption: CryptoKey;
  readonly authentication: Poly1305AesKey;
}

export interface MasterKey extends SealingKey {
  /** All of it, for sealing it under another password. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bits of r that Poly1305 leaves out; restic drops them when it writes a key, so ours compare equal. */
const clampMask = Uint8Array.from([255, 255, 255, 15, 252, 255, 255, 15, 252, 255, 255, 15, 252, 255, 255, 15]);

/**
 * A key from its 64 bytes: encryption key 32 ‖ k 16 ‖ r 16. Copies them, and clamps r. Throws RangeError for another
 * length.
 */
export async function importMasterKey(bytes: Uint8Array): Promise<MasterKey> {
  if (bytes.length !== masterKeyBytes) throw new RangeError('a master key has 64 bytes');
  const own = new Uint8Array(bytes);
  clampMask.forEach((mask, at) => (own[48 + at] = (own[48 + at] ?? 0) & mask));
  const encryption = await crypto.subtle.importKey('raw', own.slice(0, 32), 'AES-CTR', false, ['encrypt', 'decrypt']);
  return { encryption, authentication: await importPoly1305AesKey(own.slice(32, 48), own.subarray(48)), bytes: own };
}

/** A new random key. Throws CamphorError `no-randomness`. */
export async function makeMasterKey(random: RandomBytes): Promise<MasterKey> {
  return importMasterKey(random(masterKeyBytes));
}

/** The 64 bytes that `importMasterKey` takes; a copy. */
export function exportMasterKey(key: MasterKey): Uint8Array<ArrayBuffer> {
  return key.bytes.slice();
}

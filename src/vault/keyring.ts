// The vault keys in use, and the sealing of objects under them.
//
// A row is sealed once: its AES-256-GCM key is derived from its id, which is fresh for every seal, so the nonce may be
// constant (zeros). The associated data names vault, row, purpose and format version: a row served in another's place,
// for another purpose or from another vault does not open.

import { freeBytes } from '../model/free-bytes';
import { deriveSealingKey, nonceSizeBytes, seal, tagSizeBytes, unseal } from '../crypto/aead';
import { CamphorError } from '../model/error';
import { epochOf } from './object-id';

export const objectFormatVersion = 1;

/** What a sealed row has beyond the plain bytes: the format's version and the tag. */
export const sealOverheadBytes = 1 + tagSizeBytes;

const zeroNonce = new Uint8Array(nonceSizeBytes);

export interface Keyring {
  /** Salt of all derived keys, part of all associated data. Throws `locked` before it is known. */
  vaultId(): string;
  epoch(): number;
  /** The key of an epoch. Throws CamphorError `locked` where it is not held. */
  key(epoch: number): CryptoKey;
  isOpen(): boolean;
  fill(vaultId: string, epoch: number, keys: ReadonlyMap<number, CryptoKey>): void;
  clear(): void;
}

export function createKeyring(): Keyring {
  let held: { vaultId: string; epoch: number; keys: ReadonlyMap<number, CryptoKey> } | null = null;
  const open = () => {
    if (held === null) throw new CamphorError('locked');
    return held;
  };
  return {
    vaultId: () => open().vaultId,
    epoch: () => open().epoch,
    key: (epoch) => {
      const key = open().keys.get(epoch);
      if (key === undefined) throw new CamphorError('locked');
      return key;
    },
    isOpen: () => held !== null,
    fill: (vaultId, epoch, keys) => (held = { vaultId, epoch, keys }),
    clear: () => (held = null),
  };
}

function context(vaultId: string, row: string, purpose: string): string {
  return `camphor vault object\n${objectFormatVersion}\n${vaultId}\n${row}\n${purpose}`;
}

function objectKey(keyring: Keyring, row: string): Promise<CryptoKey> {
  const salt = new TextEncoder().encode(keyring.vaultId());
  return deriveSealingKey(keyring.key(epochOf(row)), salt, `camphor vault object\n${row}`);
}

/** Format version, ciphertext, tag. `row` must never have been sealed before. */
export async function sealRow(keyring: Keyring, row: string, purpose: string, plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const key = await objectKey(keyring, row);
  const sealed = await seal(key, zeroNonce, context(keyring.vaultId(), row, purpose), plain);
  const bytes = new Uint8Array(1 + sealed.length);
  bytes[0] = objectFormatVersion;
  bytes.set(sealed, 1);
  freeBytes(sealed);
  return bytes;
}

/**
 * What `sealRow` was given. Throws CamphorError `damaged` where there are no bytes, `unsupported-version` for a newer
 * format, `tampered` for anything altered or out of place, `locked` where the key is not held.
 */
export async function openRow(keyring: Keyring, row: string, purpose: string, bytes: unknown): Promise<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) throw new CamphorError('damaged');
  if ((bytes[0] ?? 0) > objectFormatVersion) throw new CamphorError('unsupported-version');
  if (bytes[0] !== objectFormatVersion) throw new CamphorError('tampered');
  const key = await objectKey(keyring, row);
  return unseal(key, zeroNonce, context(keyring.vaultId(), row, purpose), bytes.subarray(1));
}

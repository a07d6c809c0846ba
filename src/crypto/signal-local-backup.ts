// Signal's local backups (version 2, a folder): keys from the recovery key, and the one large file `main`: 16 bytes of IV, AES-256-CBC, 32
// bytes of HMAC-SHA-256 over both.

import { cbc, ctr } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sameTag } from './poly1305-aes';

export interface SignalLocalKeys {
  /** 32 bytes, for HMAC-SHA-256. */
  readonly mac: Uint8Array;
  /** 32 bytes, for AES-256-CBC. */
  readonly cipher: Uint8Array;
}

/** How the file `metadata` keeps the backup's id: AES-256-CTR. */
export interface SealedBackupId {
  /** 16 bytes, or 12 to which four zeros belong. */
  readonly iv: Uint8Array;
  /** 16 bytes. */
  readonly sealed: Uint8Array;
}

export const signalIvBytes = 16;
export const signalBlockBytes = 16;
export const signalLocalMacBytes = 32;
const keyBytes = 32;
const none = new Uint8Array(0);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The key of all backups of an account, from its 64 letters in the form that they are written in. */
export function deriveBackupKey(recoveryKey: string): Uint8Array {
  // Two letters of the alphabet look like others, and are shown as signs that do not.
  const letters = recoveryKey.replaceAll('#', 'o').replaceAll('=', '0');
  return hkdf(sha256, bytesOf(letters), none, bytesOf('20240801_SIGNAL_BACKUP_KEY'), keyBytes);
}

/** The 16 bytes of the backup's id; of another key something else, which nothing shows by itself. */
export function openBackupId(backupKey: Uint8Array, { iv, sealed }: SealedBackupId): Uint8Array {
  const whole = new Uint8Array(signalIvBytes);
  whole.set(iv);
  return ctr(hkdf(sha256, backupKey, none, bytesOf('20241011_SIGNAL_LOCAL_BACKUP_METADATA_KEY'), keyBytes), whole).decrypt(sealed);
}

export function deriveLocalKeys(backupKey: Uint8Array, backupId: Uint8Array): SignalLocalKeys {
  const label = bytesOf('20241007_SIGNAL_BACKUP_ENCRYPT_MESSAGE_BACKUP:');
  const info = new Uint8Array(label.length + backupId.length);
  info.set(label);
  info.set(backupId, label.length);
  const keys = hkdf(sha256, backupKey, none, info, 2 * keyBytes);
  return { mac: keys.slice(0, keyBytes), cipher: keys.slice(keyBytes) };
}

/** True where `tag` is that of all chunks. */
export async function isSignalTag(keys: SignalLocalKeys, chunks: AsyncIterable<Uint8Array>, tag: Uint8Array): Promise<boolean> {
  const hash = hmac.create(sha256, keys.mac);
  for await (const chunk of chunks) hash.update(chunk);
  return sameTag(hash.digest(), tag);
}

/** Whole blocks, of which `before` is the one that comes before them in the file, or the IV. */
export function openBlocks(keys: SignalLocalKeys, before: Uint8Array, blocks: Uint8Array): Uint8Array {
  return cbc(keys.cipher, before, { disablePadding: true }).decrypt(blocks);
}

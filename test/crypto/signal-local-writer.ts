// Writes Signal's local backups (version 2) with Node's own cryptography and zlib: nothing of the code that reads them.

import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { bytes, join, number, varint } from './signal-backup-writer';

export const hkdf = (key: Uint8Array | string, info: Uint8Array | string, size: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', info, size));

export interface LocalBackupSecrets {
  readonly recoveryKey: string;
  readonly backupId: Uint8Array;
  readonly iv: Uint8Array;
}

export const backupKeyOf = (recoveryKey: string): Buffer => hkdf(recoveryKey, '20240801_SIGNAL_BACKUP_KEY', 32);

/** The file `metadata`; its IV has 12 bytes on phones, 16 on computers. */
export function writeMetadata({ recoveryKey, backupId }: LocalBackupSecrets, iv: Uint8Array, version = 1): Uint8Array {
  const key = hkdf(backupKeyOf(recoveryKey), '20241011_SIGNAL_LOCAL_BACKUP_METADATA_KEY', 32);
  const whole = Buffer.concat([iv, Buffer.alloc(16 - iv.length)]);
  const sealed = createCipheriv('aes-256-ctr', key, whole).update(backupId);
  return join(number(1, version), bytes(2, join(bytes(1, iv), bytes(2, sealed))));
}

/** The file `main` of these frames, with zeros behind its gzip. */
export function writeMain(frames: Uint8Array, { recoveryKey, backupId, iv }: LocalBackupSecrets, zeros = 100): Uint8Array {
  const info = Buffer.concat([Buffer.from('20241007_SIGNAL_BACKUP_ENCRYPT_MESSAGE_BACKUP:'), backupId]);
  const keys = hkdf(backupKeyOf(recoveryKey), info, 64);
  return sealCbc(Buffer.concat([gzipSync(frames), Buffer.alloc(zeros)]), keys.subarray(32), keys.subarray(0, 32), iv);
}

/** A file of media, and the name that it has. */
export function writeMedium(
  content: Uint8Array,
  localKey: Uint8Array,
  iv: Uint8Array,
): { name: string; plaintextHash: Buffer; sealed: Uint8Array } {
  const plaintextHash = createHash('sha256').update(content).digest();
  const name = createHash('sha256').update(plaintextHash).update(localKey).digest('hex');
  return { name, plaintextHash, sealed: sealCbc(content, localKey.subarray(0, 32), localKey.subarray(32), iv) };
}

function sealCbc(content: Uint8Array, key: Uint8Array, macKey: Uint8Array, iv: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const sealed = Buffer.concat([iv, cipher.update(content), cipher.final()]);
  return join(sealed, createHmac('sha256', macKey).update(sealed).digest());
}

export const delimited = (...messages: readonly Uint8Array[]): Uint8Array =>
  join(...messages.flatMap((message) => [varint(message.length), message]));

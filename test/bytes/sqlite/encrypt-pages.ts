// SQLCipher's pages by OpenSSL, for what Debian's sqlcipher (3.4) cannot write: version 4, and mixed hashes.

import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { makeDatabase } from './make-database';
import type { MadeDatabase } from './make-database';

export interface EncryptOptions {
  readonly pageSizeBytes: number;
  readonly reservedBytes: number;
  readonly macHash: 'sha1' | 'sha256' | 'sha512';
  readonly kdfHash: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
  /** A passphrase, or a raw key with its salt. */
  readonly key: string | { readonly bytes: Buffer; readonly salt: Buffer };
  readonly clearBytes?: number;
}

/** The database that `sql` makes in sqlite3, with room in its pages, each page encrypted. */
export function encryptMade(sql: string, options: EncryptOptions): MadeDatabase {
  const { pageSizeBytes, reservedBytes, macHash, kdfHash, iterations, key, clearBytes = 16 } = options;
  const { bytes } = makeDatabase(`.filectrl reserve_bytes ${reservedBytes}\nPRAGMA page_size=${pageSizeBytes}; VACUUM;\n${sql}`);
  if (bytes[20] !== reservedBytes) throw new Error('sqlite3 reserved nothing');
  const salt = typeof key === 'string' ? randomBytes(16) : key.salt;
  const encryption = typeof key === 'string' ? pbkdf2Sync(key, salt, iterations, 32, kdfHash) : key.bytes;
  const mac = pbkdf2Sync(
    encryption,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    kdfHash,
  );
  const contentEnd = pageSizeBytes - reservedBytes;
  for (let number = 1; number * pageSizeBytes <= bytes.length; number++) {
    const page = bytes.subarray((number - 1) * pageSizeBytes, number * pageSizeBytes);
    const from = number === 1 ? clearBytes : 0;
    const iv = randomBytes(16);
    page.set(createCipheriv('aes-256-cbc', encryption, iv).setAutoPadding(false).update(page.subarray(from, contentEnd)), from);
    page.set(iv, contentEnd);
    if (number === 1 && clearBytes === 16) page.set(salt);
    const stored = Buffer.alloc(4);
    stored.writeUInt32LE(number);
    const tag = createHmac(macHash, mac)
      .update(page.subarray(from, contentEnd + 16))
      .update(stored)
      .digest();
    page.set(tag, contentEnd + 16);
  }
  return { bytes, log: null };
}

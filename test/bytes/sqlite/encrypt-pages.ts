// SQLCipher's pages by OpenSSL, for what Debian's sqlcipher (3.4) cannot write: version 4, mixed hashes, bytes before the database.

import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { changeDatabase, makeDatabase } from './make-database';
import type { MadeDatabase } from './make-database';

export interface EncryptOptions {
  readonly pageSizeBytes: number;
  readonly reservedBytes: number;
  /** Null for pages without an HMAC, as in version 1. */
  readonly macHash: 'sha1' | 'sha256' | 'sha512' | null;
  readonly kdfHash: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
  /** A passphrase, as text or bytes, or a raw key with its salt. */
  readonly key: string | Buffer | { readonly bytes: Buffer; readonly salt: Buffer };
  readonly clearBytes?: number;
  /** Stands before the database. */
  readonly prefix?: Uint8Array;
}

/** Parameters of SQLCipher's versions, and of apps that choose others. */
export const sqlcipher1 = { pageSizeBytes: 1024, reservedBytes: 16, macHash: null, kdfHash: 'sha1', iterations: 4000 } as const;
export const sqlcipher3 = { pageSizeBytes: 1024, reservedBytes: 48, macHash: 'sha1', kdfHash: 'sha1', iterations: 64_000 } as const;
export const sqlcipher4 = { pageSizeBytes: 4096, reservedBytes: 80, macHash: 'sha512', kdfHash: 'sha512', iterations: 256_000 } as const;
export const weChatPc3 = { ...sqlcipher3, pageSizeBytes: 4096 } as const;
/** As QQ NT has it, the words about its key left out. */
export const qqNt = {
  ...({ pageSizeBytes: 4096, reservedBytes: 48, macHash: 'sha1', kdfHash: 'sha512', iterations: 4000 } as const),
  prefix: Buffer.concat([Buffer.from('SQLite header 3\0'.padEnd(32, '\0')), Buffer.from('QQ_NT DB'.padEnd(992, '\0'))]),
};

/** The database that `sql` makes in sqlite3, with room in its pages, each page encrypted. */
export function encryptMade(sql: string, options: EncryptOptions): MadeDatabase {
  const { bytes } = makeDatabase(`${makeRoom(options)}\n${sql}`);
  return { bytes: encryptPages(bytes, options), log: null };
}

/** A plain database with room in its pages, each page encrypted. */
export function encryptDatabase(plain: Uint8Array, options: EncryptOptions): Uint8Array {
  return encryptPages(changeDatabase(plain, makeRoom(options)), options);
}

/** In this order: to set the size of pages forgets what is to be reserved. */
function makeRoom({ reservedBytes, pageSizeBytes }: EncryptOptions): string {
  return `PRAGMA page_size=${pageSizeBytes};\n.filectrl reserve_bytes ${reservedBytes}\nVACUUM;`;
}

function encryptPages(bytes: Uint8Array, options: EncryptOptions): Uint8Array {
  const { pageSizeBytes, reservedBytes, kdfHash, iterations, key, clearBytes = 16, prefix = new Uint8Array() } = options;
  if (bytes[20] !== reservedBytes) throw new Error('sqlite3 reserved nothing');
  const isPassphrase = typeof key === 'string' || Buffer.isBuffer(key);
  const salt = isPassphrase ? randomBytes(16) : key.salt;
  const encryption = isPassphrase ? pbkdf2Sync(key, salt, iterations, 32, kdfHash) : key.bytes;
  const macSalt = salt.map((byte) => byte ^ 0x3a);
  const mac = pbkdf2Sync(encryption, macSalt, 2, 32, kdfHash);
  const contentEnd = pageSizeBytes - reservedBytes;
  for (let number = 1; number * pageSizeBytes <= bytes.length; number++) {
    const page = bytes.subarray((number - 1) * pageSizeBytes, number * pageSizeBytes);
    const from = number === 1 ? clearBytes : 0;
    const iv = randomBytes(16);
    page.set(createCipheriv('aes-256-cbc', encryption, iv).setAutoPadding(false).update(page.subarray(from, contentEnd)), from);
    page.set(iv, contentEnd);
    if (number === 1 && clearBytes === 16) page.set(salt);
    sealPage(page, number, { from, contentEnd, mac, hash: options.macHash });
  }
  return Buffer.concat([prefix, bytes]);
}

interface PageMac {
  readonly from: number;
  readonly contentEnd: number;
  readonly mac: Buffer;
  readonly hash: EncryptOptions['macHash'];
}

function sealPage(page: Uint8Array, number: number, { from, contentEnd, mac, hash }: PageMac): void {
  if (hash === null) return;
  const stored = Buffer.alloc(4);
  stored.writeUInt32LE(number);
  const covered = page.subarray(from, contentEnd + 16);
  page.set(createHmac(hash, mac).update(covered).update(stored).digest(), contentEnd + 16);
}

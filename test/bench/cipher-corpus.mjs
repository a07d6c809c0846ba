// A database of any size twice: plain, with room at the end of its pages, and encrypted as SQLCipher 4 does, by OpenSSL.
import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { ensureDatabase } from './database-corpus.mjs';

export const cipherPassphrase = 'camphor bench';
const pageBytes = 4096;
const reservedBytes = 80;
const contentEnd = pageBytes - reservedBytes;
const pagesAtOnce = 256;
/** What a message of the corpus takes, with its share of indexes. */
const messageBytes = 270;

/** Writes both once; gives the path, size and messages of each. */
export async function ensureCipherCorpus(folder, megabytes) {
  const plain = await ensureDatabase(folder, Math.round((megabytes * 1e6) / messageBytes), reservedBytes);
  const path = plain.path.replace(/\.db$/, '-sqlcipher.db');
  if (!existsSync(path)) {
    encryptFile(plain.path, `${path}.part`);
    renameSync(`${path}.part`, path);
  }
  return { plain, encrypted: { ...plain, path } };
}

function encryptFile(from, to) {
  const salt = createHash('md5').update(from).digest();
  const key = pbkdf2Sync(cipherPassphrase, salt, 256_000, 32, 'sha512');
  const macSalt = salt.map((byte) => byte ^ 0x3a);
  const mac = pbkdf2Sync(key, macSalt, 2, 32, 'sha512');
  const input = openSync(from, 'r');
  const output = openSync(to, 'w');
  const pages = Buffer.alloc(pagesAtOnce * pageBytes);
  for (let number = 1; ;) {
    const length = readSync(input, pages);
    for (let at = 0; at < length; at += pageBytes) sealPage(pages.subarray(at, at + pageBytes), number++, { key, mac, salt });
    if (length === 0) break;
    writeSync(output, pages, 0, length);
  }
  closeSync(input);
  closeSync(output);
}

/** In place. The IV is random enough for a measurement. */
function sealPage(page, number, { key, mac, salt }) {
  const from = number === 1 ? 16 : 0;
  const stored = Buffer.alloc(4);
  stored.writeUInt32LE(number);
  const iv = createHash('md5').update(salt).update(stored).digest();
  page.set(createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(page.subarray(from, contentEnd)), from);
  if (number === 1) page.set(salt);
  page.set(iv, contentEnd);
  page.set(
    createHmac('sha512', mac)
      .update(page.subarray(from, contentEnd + 16))
      .update(stored)
      .digest(),
    contentEnd + 16,
  );
}

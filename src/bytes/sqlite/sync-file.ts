// A file of an archive as SQLite can read it: in place, or in memory where it has to be inflated first.

import { CamphorError } from '../../model/error';
import { freeBytes } from '../../model/free-bytes';
import type { ByteSource, FileEntry, FileSet } from '../source';
import { pagesOfFile } from './file-pages';
import { pagesThroughCipher } from './cipher-pages';
import { type HeldDatabase, keepHeld, takeHeld } from './held-database';
import { bytesBefore, longestHeadBytes, sourceFrom } from './database-head';
import type { FilePages } from './file-pages';
import type { SyncFile } from './pages';

/** A database that cannot be read in place is held whole, up to this size. */
export const heldDatabaseBytes = 64 << 20;

/**
 * Up to this size a database is held whole although it could be read in place: read as a stream it takes 2 ms a MiB in Chromium,
 * by `FileReaderSync` 15 to 27.
 */
const heldForSpeedBytes = 32 << 20;

/**
 * Where it has to be held whole it stays so after it was closed, until another is opened (held-database). Throws CamphorError
 * `database-packed` for a deflated entry of a ZIP above `heldDatabaseBytes`, and what the source throws.
 */
export async function syncFileOf(entry: FileEntry): Promise<SyncFile> {
  const held = takeHeld(entry) ?? (await openFile(entry));
  return 'bytes' in held ? { ...readHeld(held), close: () => keepHeld(held) } : held;
}

async function logFileOf(entry: FileEntry): Promise<SyncFile> {
  const file = await openFile(entry);
  return 'bytes' in file ? { ...readHeld(file), close: () => freeBytes(file.bytes) } : file;
}

const readHeld = ({ sizeBytes, bytes }: HeldDatabase): SyncFile => ({
  sizeBytes,
  isHeld: true,
  readSync: (fromByte, toByte) => bytes.subarray(Math.max(0, fromByte), Math.max(0, toByte)),
});

async function openFile(entry: FileEntry): Promise<SyncFile | HeldDatabase> {
  const file = entry.open();
  if (file.readSync === undefined && file.sizeBytes > heldDatabaseBytes)
    throw new CamphorError('database-packed', { sizeBytes: file.sizeBytes, limitMib: heldDatabaseBytes >> 20 });
  const before = file.cipher?.prefixBytes ?? bytesBefore(await file.read(0, longestHeadBytes));
  const source = sourceFrom(file, before);
  const { sizeBytes, readSync, givesOwn } = source;
  if (readSync !== undefined && sizeBytes > heldForSpeedBytes) return { sizeBytes, readSync, givesOwn };
  return { entry, sizeBytes, bytes: await readWhole(source) };
}

async function readWhole(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(source.sizeBytes);
  let at = 0;
  for await (const chunk of source.streamLent?.() ?? source.stream()) {
    bytes.set(chunk.subarray(0, bytes.length - at), at);
    at += chunk.length;
  }
  return bytes.subarray(0, Math.min(at, bytes.length));
}

/** Number of the write-ahead log of entry `index`: the file beside it with `-wal` behind its name. -1 where there is none. */
export function logEntryOf(files: FileSet, index: number): number {
  return files.indexOf(`${files.entries[index]?.path}-wal`);
}

/**
 * Pages of entry `index` with its write-ahead log merged in, decrypted where the entry is an encrypted database whose key is known.
 * Throws as `syncFileOf` and `pagesOfFile` do; RangeError where there is no such entry.
 */
export async function pagesOfEntry(files: FileSet, index: number): Promise<FilePages> {
  const entry = files.entries[index];
  if (entry === undefined) throw new RangeError('no such entry');
  const logEntry = files.entries[logEntryOf(files, index)];
  const log = logEntry === undefined || logEntry.sizeBytes === 0 ? null : await logFileOf(logEntry);
  const { cipher } = entry.open();
  if (cipher === undefined) return pagesOfFile(await syncFileOf(entry), { log });
  const stored = pagesOfFile(await syncFileOf(entry), { log, pageSizeBytes: cipher.pageSizeBytes });
  return { ...pagesThroughCipher(stored, cipher.openPage), log: stored.log };
}

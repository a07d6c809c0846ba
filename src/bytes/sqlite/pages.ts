// The pages of a database: what stands between a file, with or without a cipher, and SQLite.

import { CamphorError } from '../../model/error';
import type { ReadSync } from '../source';

/** Random access to a file that cannot wait: bytes [fromByte, toByte), clamped to the size. */
export interface SyncFile {
  readonly sizeBytes: number;
  readonly readSync: ReadSync;
  /** True where what `readSync` gives is the caller's alone, who may give its memory back (model/free-bytes). */
  readonly givesOwn?: boolean | undefined;
  /** True where the file is in memory, and `readSync` gives views of it: nothing of it need be kept once more. */
  readonly isHeld?: boolean;
  /** Gives back what is held of it; it is not read afterwards. */
  close?(): void;
}

/** Pages by number, from 1. A cipher is a `DatabasePages` over another: same numbers, decrypted bytes. */
export interface DatabasePages {
  readonly pageSizeBytes: number;
  /** Pages that are stored whole. */
  readonly pageCount: number;
  /** How many pages the last commit of a write-ahead log left; null where none was merged, and the header tells. */
  readonly committedPageCount: number | null;
  /**
   * A view that must not be written into, and holds until another page is asked for; shorter than a page, or empty, where the file
   * ends before. Throws what the file throws.
   */
  readPage(number: number): Uint8Array;
  /** Gives back what is held of the file; no page is asked for afterwards. */
  close?(): void;
}

const magic = 'SQLite format 3\0';
export const headerBytes = 100;
const leastPageBytes = 512;
const greatestPageBytes = 65_536;

/** True where a file that begins so is a database, as far as its first 16 bytes tell. */
export function isSqlite(head: Uint8Array): boolean {
  if (head.length < magic.length) return false;
  for (let at = 0; at < magic.length; at++) if (head[at] !== magic.charCodeAt(at)) return false;
  return true;
}

/** The size of pages as a database's header gives it (sqlite.org/fileformat2, 1.3.2). Throws `database-damaged` where it gives none. */
export function pageSizeOf(header: Uint8Array): number {
  const stored = header.length < headerBytes ? 0 : ((header[16] ?? 0) << 8) | (header[17] ?? 0);
  const sizeBytes = stored === 1 ? greatestPageBytes : stored;
  const isPower = (sizeBytes & (sizeBytes - 1)) === 0;
  if (!isSqlite(header) || !isPower || sizeBytes < leastPageBytes) throw new CamphorError('database-damaged', { sizeBytes: header.length });
  return sizeBytes;
}

/** How many pages a database has, and how many of them are not stored: where the file was cut. */
export interface PageExtent {
  readonly pageCount: number;
  readonly missingPages: number;
}

/** By the log's last commit, else by the header where that is up to date (its change counter says so), else by the file's size. */
export function extentOf(pages: DatabasePages): PageExtent {
  const { pageCount: stored, committedPageCount } = pages;
  if (committedPageCount !== null) return { pageCount: committedPageCount, missingPages: Math.max(0, committedPageCount - stored) };
  const header = pages.readPage(1);
  if (header.length < headerBytes) throw new CamphorError('database-damaged', { sizeBytes: header.length });
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const stated = view.getUint32(28) !== 0 && view.getUint32(24) === view.getUint32(92) ? view.getUint32(28) : stored;
  return { pageCount: stated, missingPages: Math.max(0, stated - stored) };
}

/**
 * Page 1 as SQLite gets it: the journal is a rollback journal (bytes 18 and 19: a database in WAL mode cannot be opened without
 * shared memory, and its log is merged already), and the page count is the one that holds.
 */
export function patchHeader(page: Uint8Array, pageCount: number): Uint8Array {
  const patched = page.slice();
  const view = new DataView(patched.buffer);
  view.setUint16(18, 0x0101);
  view.setUint32(28, pageCount);
  view.setUint32(92, view.getUint32(24));
  return patched;
}

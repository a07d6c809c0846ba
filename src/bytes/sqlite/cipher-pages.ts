// Pages through a cipher: read as they are stored, opened one at a time when SQLite asks for them, and never kept anywhere but here.

import type { DatabasePages } from './pages';

/** The content of a stored page; null where it is not what was written. */
export type OpenPage = (page: Uint8Array, number: number) => Uint8Array | null;

/** How the pages of one encrypted database are read. */
export interface PageCipher {
  /** What the database was written with, such as `SQLCipher 4`. */
  readonly name: string;
  readonly pageSizeBytes: number;
  /** What stands before the database in its file; not in its write-ahead log. */
  readonly prefixBytes: number;
  readonly openPage: OpenPage;
}

/** Beside the 8 MiB that SQLite keeps itself. */
const cachedBytes = 4 << 20;

/**
 * The pages that `open` makes of `pages`: same numbers, same sizes. One that it refuses reads as none, so that the rows on it are a fault
 * with its place, as in a database that was cut, and the others are read.
 */
export function pagesThroughCipher(pages: DatabasePages, open: OpenPage): DatabasePages {
  const cache = new Map<number, Uint8Array>();
  const pagesAtMost = Math.max(8, Math.floor(cachedBytes / pages.pageSizeBytes));
  return {
    pageSizeBytes: pages.pageSizeBytes,
    pageCount: pages.pageCount,
    committedPageCount: pages.committedPageCount,
    readPage(number) {
      const known = cache.get(number);
      if (known !== undefined) return known;
      const stored = pages.readPage(number);
      const opened = stored.length < pages.pageSizeBytes ? new Uint8Array(0) : (open(stored, number) ?? new Uint8Array(0));
      const [oldest] = cache.keys();
      if (cache.size >= pagesAtMost && oldest !== undefined) cache.delete(oldest);
      cache.set(number, opened);
      return opened;
    },
    close: () => pages.close?.(),
  };
}

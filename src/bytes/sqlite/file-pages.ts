// Pages of a file as they are stored, the write-ahead log beside it merged in. Nothing is decrypted here.

import { headerBytes, pageSizeOf } from './pages';
import type { DatabasePages, SyncFile } from './pages';
import { mergeLog } from './write-ahead-log';
import type { MergedLog } from './write-ahead-log';

/** Read at once, since a call of its own for each page costs more than its bytes; every size of page divides it. */
const blockBytes = 65_536;
const cachedBlocks = 128;

export interface FilePagesOptions {
  /** For a file whose header does not tell, because it is encrypted. */
  readonly pageSizeBytes?: number;
  /** The file named as the database with `-wal` behind it. */
  readonly log?: SyncFile | null;
}

export interface FilePages extends DatabasePages {
  readonly log: MergedLog | null;
}

/** Throws CamphorError `database-damaged` where no page size is given and the file does not begin as a database does. */
export function pagesOfFile(file: SyncFile, { pageSizeBytes: given, log = null }: FilePagesOptions = {}): FilePages {
  const pageSizeBytes = given ?? pageSizeOf(file.readSync(0, headerBytes));
  const merged = log === null ? null : mergeLog(log, pageSizeBytes);
  const storedCount = Math.floor(file.sizeBytes / pageSizeBytes);
  const readBlock = cacheBlocks(file);
  return {
    pageSizeBytes,
    pageCount: Math.max(storedCount, highestPage(merged)),
    committedPageCount: merged?.pageCount ?? null,
    log: merged,
    readPage(number) {
      const logOffset = merged?.offsetByPage.get(number);
      if (logOffset !== undefined && log !== null) return log.readSync(logOffset, logOffset + pageSizeBytes);
      const from = (number - 1) * pageSizeBytes;
      const block = readBlock(Math.floor(from / blockBytes));
      return block.subarray(from % blockBytes, (from % blockBytes) + pageSizeBytes);
    },
  };
}

function highestPage(log: MergedLog | null): number {
  let highest = 0;
  for (const page of log?.offsetByPage.keys() ?? []) highest = Math.max(highest, page);
  return highest;
}

/** Blocks by number, those used last kept. */
function cacheBlocks(file: SyncFile): (number: number) => Uint8Array {
  const cache = new Map<number, Uint8Array>();
  return (number) => {
    const known = cache.get(number);
    if (known !== undefined) {
      cache.delete(number);
      cache.set(number, known);
      return known;
    }
    const block = file.readSync(number * blockBytes, (number + 1) * blockBytes);
    const [oldest] = cache.keys();
    if (cache.size >= cachedBlocks && oldest !== undefined) cache.delete(oldest);
    cache.set(number, block);
    return block;
  };
}

// Pages of a file as they are stored, the write-ahead log beside it merged in. Nothing is decrypted here.

import { freeBytes } from '../../model/free-bytes';
import type { ReadSync } from '../source';
import { headerBytes, pageSizeOf } from './pages';
import type { DatabasePages, SyncFile } from './pages';
import { mergeLog } from './write-ahead-log';
import type { MergedLog } from './write-ahead-log';

/** Read at once, since a call of its own for each page costs more than its bytes; every size of page divides it. */
const blockBytes = 65_536;
const cachedBlocks = 256;
/** 1 MiB. */
const longestRun = 16;

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
  const readStored = file.isHeld === true ? file.readSync : readInBlocks(cacheBlocks(file));
  return {
    pageSizeBytes,
    pageCount: Math.max(storedCount, highestPage(merged)),
    committedPageCount: merged?.pageCount ?? null,
    log: merged,
    readPage(number) {
      const logOffset = merged?.offsetByPage.get(number);
      if (logOffset !== undefined && log !== null) return log.readSync(logOffset, logOffset + pageSizeBytes);
      const from = (number - 1) * pageSizeBytes;
      return readStored(from, from + pageSizeBytes);
    },
    close() {
      file.close?.();
      log?.close?.();
    },
  };
}

function highestPage(log: MergedLog | null): number {
  let highest = 0;
  for (const page of log?.offsetByPage.keys() ?? []) highest = Math.max(highest, page);
  return highest;
}

/** Ranges that lie in one block each. */
const readInBlocks =
  (readBlock: (number: number) => Uint8Array): ReadSync =>
  (fromByte, toByte) =>
    readBlock(Math.floor(fromByte / blockBytes)).subarray(fromByte % blockBytes, (fromByte % blockBytes) + toByte - fromByte);

interface Block {
  /** `blockBytes` long, used again for another block when this one goes. */
  readonly memory: Uint8Array;
  readonly sizeBytes: number;
  /** How many blocks were read at once with it. */
  readonly run: number;
}

/**
 * Blocks by number, those used last kept. A block that follows one that is there is read with more behind it, twice as many each
 * time: a table is mostly read from its beginning to its end, and in Chromium a synchronous read takes milliseconds whatever its
 * length. Nothing new is allocated for a block once all are in use: a database is read through faster than memory is collected.
 */
function cacheBlocks({ readSync, givesOwn }: SyncFile): (number: number) => Uint8Array {
  const cache = new Map<number, Block>();
  const keep = (number: number, bytes: Uint8Array, run: number): void => {
    const oldest = cache.size < cachedBlocks ? undefined : cache.entries().next().value;
    if (oldest !== undefined) cache.delete(oldest[0]);
    const memory = oldest?.[1].memory ?? new Uint8Array(blockBytes);
    memory.set(bytes);
    cache.set(number, { memory, sizeBytes: bytes.length, run });
  };
  const readRun = (number: number): void => {
    const run = Math.min(longestRun, 2 * (cache.get(number - 1)?.run ?? 0.5));
    const bytes = readSync(number * blockBytes, (number + run) * blockBytes);
    for (let at = run - 1; at >= 0; at -= 1) {
      const part = bytes.subarray(at * blockBytes, (at + 1) * blockBytes);
      if ((at === 0 || part.length > 0) && !cache.has(number + at)) keep(number + at, part, run);
    }
    if (givesOwn === true) freeBytes(bytes as Uint8Array<ArrayBuffer>);
  };
  return (number) => {
    const known = cache.get(number);
    if (known === undefined) readRun(number);
    else {
      cache.delete(number);
      cache.set(number, known);
    }
    const { memory, sizeBytes } = cache.get(number) as Block;
    return memory.subarray(0, sizeBytes);
  };
}

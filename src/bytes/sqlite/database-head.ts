// QQ NT puts 1,024 bytes of its own before a database: `SQLite header 3`, at byte 32 `QQ_NT DB`, then words about its key.

import type { ByteSource } from '../source';
import { isSqlite } from './pages';

const headBytes = 1024;
/** So much of a file tells whether something stands before the database. */
export const longestHeadBytes = headBytes + 16;
const markAt = 32;
const mark = 'QQ_NT DB';

/** How many bytes stand before the database that a file begins with; 0 where it begins at once, or is none. */
export function bytesBefore(head: Uint8Array): number {
  const found = new TextDecoder().decode(head.subarray(markAt, markAt + mark.length));
  return found === mark && isSqlite(head.subarray(headBytes)) ? headBytes : 0;
}

/** The source from `fromByte` on. */
export function sourceFrom(source: ByteSource, fromByte: number): ByteSource {
  if (fromByte === 0) return source;
  const { readSync, givesOwn } = source;
  const clamp = (at: number): number => Math.max(0, at) + fromByte;
  return {
    sizeBytes: Math.max(0, source.sizeBytes - fromByte),
    givesOwn,
    stream: (from = 0) => source.stream(clamp(from)),
    read: (from, to) => source.read(clamp(from), clamp(to)),
    ...(readSync !== undefined && { readSync: (from: number, to: number) => readSync(clamp(from), clamp(to)) }),
  };
}

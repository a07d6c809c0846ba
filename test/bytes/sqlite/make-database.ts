// Databases made by Debian's sqlite3, for tests: by a program that is not ours.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagesOfFile } from '../../../src/bytes/sqlite/file-pages';
import type { SyncFile } from '../../../src/bytes/sqlite/pages';

export interface MadeDatabase {
  readonly bytes: Uint8Array;
  /** The write-ahead log, where the script left one. */
  readonly log: Uint8Array | null;
}

/** Runs `sql` in sqlite3 on a new database. In WAL mode the log is left as it is, not checkpointed. */
export function makeDatabase(sql: string): MadeDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-sqlite-'));
  const path = join(folder, 'made.db');
  try {
    execFileSync('sqlite3', ['-bail', path], { input: `.dbconfig no_ckpt_on_close on\n${sql}`, stdio: ['pipe', 'ignore', 'inherit'] });
    const log = existsSync(`${path}-wal`) ? new Uint8Array(readFileSync(`${path}-wal`)) : null;
    return { bytes: new Uint8Array(readFileSync(path)), log };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A database after sqlite3 ran `sql` on it. */
export function changeDatabase(bytes: Uint8Array, sql: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-sqlite-'));
  const path = join(folder, 'changed.db');
  try {
    writeFileSync(path, bytes);
    execFileSync('sqlite3', ['-bail', path], { input: sql, stdio: ['pipe', 'ignore', 'inherit'] });
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What sqlite3 itself prints for a query on `bytes`: lines of values between bars. */
export function askSqlite(bytes: Uint8Array, query: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-sqlite-'));
  try {
    writeFileSync(join(folder, 'asked.db'), bytes);
    return execFileSync('sqlite3', [join(folder, 'asked.db'), query], { encoding: 'utf8', maxBuffer: 64 << 20 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function fileOfBytes(bytes: Uint8Array): SyncFile {
  return { sizeBytes: bytes.length, readSync: (fromByte, toByte) => bytes.subarray(Math.max(0, fromByte), Math.max(0, toByte)) };
}

export function pagesOfMade({ bytes, log }: MadeDatabase) {
  return pagesOfFile(fileOfBytes(bytes), { log: log && fileOfBytes(log) });
}

// Encrypted databases made by Debian's sqlcipher, and how ours opens them.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagesThroughCipher } from '../../../src/bytes/sqlite/cipher-pages';
import { openDatabase } from '../../../src/bytes/sqlite/database';
import type { Database } from '../../../src/bytes/sqlite/database';
import { pagesOfFile } from '../../../src/bytes/sqlite/file-pages';
import { findSqlcipher, sqlcipherHeadBytes } from '../../../src/crypto/sqlcipher';
import type { FindSqlcipherOptions, FoundSqlcipher } from '../../../src/crypto/sqlcipher';
import { readSqlcipherKeys } from '../../../src/crypto/sqlcipher-key';
import { fileOfBytes } from './make-database';
import type { MadeDatabase } from './make-database';

const program = '/usr/bin/sqlcipher';
/** Where everything must be installed, a missing program fails. */
export const lacksSqlcipher = !existsSync(program) && process.env['CI'] !== 'true';

/** `pragmas` come first: the key, then its parameters. With journal_mode=WAL in `sql` the log is left as it is. */
export function makeEncrypted(pragmas: string, sql: string): MadeDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-sqlcipher-'));
  const path = join(folder, 'made.db');
  try {
    // Copied while it is open: closing would empty the log.
    const copies = `.shell cp ${path} ${path}.copy\n.shell test -e ${path}-wal && cp ${path}-wal ${path}-wal.copy || true\n`;
    const input = `${pragmas}\n${sql}\n${copies}`;
    execFileSync(program, [path], { input, stdio: ['pipe', 'ignore', 'inherit'] });
    const log = existsSync(`${path}-wal.copy`) ? new Uint8Array(readFileSync(`${path}-wal.copy`)) : null;
    return { bytes: new Uint8Array(readFileSync(`${path}.copy`)), log };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface OpenedEncrypted {
  readonly database: Database;
  readonly found: FoundSqlcipher;
}

export async function openEncrypted({ bytes, log }: MadeDatabase, key: string, options?: FindSqlcipherOptions): Promise<OpenedEncrypted> {
  const found = await findSqlcipher(bytes.subarray(0, sqlcipherHeadBytes), readSqlcipherKeys(key), options);
  const { pageSizeBytes } = found.layout;
  const file = fileOfBytes(bytes.subarray(found.prefixBytes));
  const pages = pagesOfFile(file, { log: log && fileOfBytes(log), pageSizeBytes });
  return { database: await openDatabase(pagesThroughCipher(pages, found.openPage)), found };
}

export interface RowsAndFaults {
  readonly rows: readonly string[];
  readonly faults: readonly string[];
}

/** Columns a and b of table `name` in its own order, joined by a bar. */
export function readTable({ database }: OpenedEncrypted, name: string): RowsAndFaults {
  const table = database.table(name);
  const rows: string[] = [];
  const faults = database.faults.map(({ detail }) => detail);
  for (const batch of table === null ? [] : database.scan(table, ['a', 'b'])) {
    rows.push(...batch.rows.map(({ row }) => `${row.words('a')}|${row.words('b')}`));
    faults.push(...batch.faults.map(({ detail }) => detail));
  }
  database.close();
  return { rows, faults };
}

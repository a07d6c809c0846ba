// Databases among the files of an archive: found by their tables, opened with the write-ahead log beside them.

import { openDatabase } from '../bytes/sqlite/database';
import type { Database } from '../bytes/sqlite/database';
import { peekSchema } from '../bytes/sqlite/schema-peek';
import type { PeekedSchema } from '../bytes/sqlite/schema-peek';
import { logEntryOf, pagesOfEntry } from '../bytes/sqlite/sync-file';
import type { FilePages } from '../bytes/sqlite/file-pages';
import type { FileEntry, FileSet } from '../bytes/source';
import type { NeutralRecord } from '../model/record';
import { candidates } from './archive-files';
import { structureOf } from './problem-record';
import { numberRows } from './table-rows';
import type { TableRows } from './table-rows';

/** Names that databases of any app have. */
const databaseName = /\.(db|sqlite|sqlite3|sqlitedb|storedata)$/i;

/** Numbers of the entries that are databases with such a schema. In a large set those whose name is a database's, or fits `alsoFitting`. */
export async function findDatabases(
  files: FileSet,
  isIt: (schema: PeekedSchema) => boolean,
  alsoFitting?: RegExp,
): Promise<readonly number[]> {
  const fitting = alsoFitting === undefined ? databaseName : new RegExp(`${databaseName.source}|${alsoFitting.source}`, 'i');
  const found: number[] = [];
  for (const [index, entry] of candidates(files, fitting)) {
    const schema = await peekSchema(entry);
    if (schema !== null && isIt(schema)) found.push(index);
  }
  return found;
}

/** What a detection claims with a database: itself, its write-ahead log, and the log's index. */
export function entriesOfDatabase(files: FileSet, index: number): readonly number[] {
  const memory = files.indexOf(`${files.entries[index]?.path}-shm`);
  return [index, logEntryOf(files, index), memory].filter((entry) => entry !== -1);
}

export interface ArchiveDatabase {
  readonly database: Database;
  /** Its rows as records want them. */
  readonly rows: TableRows;
  /** What the entries beside it are, all of their bytes. */
  readonly beside: readonly NeutralRecord[];
}

/** An archive is read for the plan and again for the import, and counting takes nearly as long as reading. */
const countsByEntry = new WeakMap<FileEntry, ReadonlyMap<string, number>>();

async function countTables(database: Database, entry: FileEntry): Promise<ReadonlyMap<string, number>> {
  const known = countsByEntry.get(entry);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const table of database.tables) counts.set(table.name, await database.countRows(table));
  countsByEntry.set(entry, counts);
  return counts;
}

/** Opens entry `index`; `database.close()` when done. Throws as `openDatabase` and `pagesOfEntry` do. */
export async function openArchiveDatabase(files: FileSet, index: number): Promise<ArchiveDatabase> {
  const pages = await pagesOfEntry(files, index);
  const database = await openDatabase(pages);
  try {
    const counts = await countTables(database, files.entries[index] as FileEntry);
    return { database, rows: numberRows(database, index, counts), beside: describeBeside(files, index, pages) };
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function describeBeside(files: FileSet, index: number, { log }: FilePages): NeutralRecord[] {
  const [, ...others] = entriesOfDatabase(files, index);
  const logEntry = logEntryOf(files, index);
  return others.flatMap((entry) => {
    const sizeBytes = files.entries[entry]?.sizeBytes ?? 0;
    const mergedBytes = entry === logEntry ? (log?.committedBytes ?? 0) : 0;
    const rest = entry === logEntry ? 'write-ahead log, not committed' : 'index of the write-ahead log';
    const parts: readonly (readonly [name: string, from: number, to: number])[] = [
      ['write-ahead log', 0, mergedBytes],
      [rest, mergedBytes, sizeBytes],
    ];
    return parts.flatMap(([name, from, to]) =>
      to > from ? [structureOf(name, { entry, offsetBytes: from, lengthBytes: to - from })] : [],
    );
  });
}

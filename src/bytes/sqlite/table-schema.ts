// What tables and columns a database has: as SQLite understands its schema or, where it refuses that, as its tree says.

import type { DatabasePages } from './pages';
import { decodeRecord, encodingOf } from './record-format';
import type { SqlValue } from './record-format';
import { runStatement, SqlFault } from './statement';
import type { Connection } from './statement';
import { walkTable } from './table-tree';

export interface Schema {
  readonly tables: readonly Table[];
  /** True where definitions were left out that make no sense. */
  readonly isDamaged: boolean;
  /** In the order of the definition; none where it cannot be understood. */
  columnsOf(table: Table): readonly Column[];
}

export interface Table {
  readonly name: string;
  /** The name as SQL wants it. */
  readonly quoted: string;
  readonly rootPage: number;
}

export interface Column {
  readonly name: string;
  /** True where it is another name of the rowid, and stored as NULL. */
  readonly isRowid: boolean;
  /** What rows have that were written before the column was added. */
  readonly ifMissing: SqlValue;
  /** False for a column that is computed when it is read. */
  readonly isStored: boolean;
}

/** A name in quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const tablesSql = "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rowid";

/** All tables with rows of their own. A schema of which a part makes no sense is read without that part. Throws SqlFault. */
export function readSchema(connection: Connection): Schema {
  const columnsOf = (table: Table): readonly Column[] => listColumns(connection, table);
  try {
    return { tables: listTables(connection), isDamaged: false, columnsOf };
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  const { engine, pointer } = connection;
  const { capi } = engine;
  // Only so does SQLite pass over definitions that it cannot read. Nothing can be written: the file system has no way to.
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 0, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, 0);
  return { tables: listTables(connection), isDamaged: true, columnsOf };
}

/** By the tree of the schema alone; definitions are understood in `memory`, an empty database. */
export function walkSchema(memory: Connection, pages: DatabasePages): Schema {
  const encoding = encodingOf(pages.readPage(1));
  const definitions = new Map<Table, string>();
  let isDamaged = false;
  for (const step of walkTable(pages, 1)) {
    const record = step.kind === 'row' ? decodeRecord(step.payload, encoding) : null;
    isDamaged ||= record === null;
    const [type, name, , rootPage, sql] = record ?? [];
    if (type !== 'table' || typeof name !== 'string' || typeof rootPage !== 'number' || rootPage < 1) continue;
    definitions.set({ name, quoted: quoteName(name), rootPage }, typeof sql === 'string' ? sql : '');
  }
  const known = new Map<Table, readonly Column[]>();
  const columnsOf = (table: Table): readonly Column[] => {
    if (!known.has(table)) known.set(table, understand(memory, table, definitions.get(table) ?? ''));
    return known.get(table) ?? [];
  };
  return { tables: [...definitions.keys()], isDamaged, columnsOf };
}

function understand(memory: Connection, table: Table, sql: string): readonly Column[] {
  if (!/^CREATE TABLE /i.test(sql)) return [];
  try {
    // One statement is compiled and run, whatever follows it.
    for (const _ of runStatement(memory, sql)) void _;
    return listColumns(memory, table);
  } catch (error) {
    if (error instanceof SqlFault) return [];
    throw error;
  }
}

function listTables(connection: Connection): Table[] {
  const tables = new Map<string, Table>();
  for (const [name, rootPage] of runStatement(connection, tablesSql)) {
    if (typeof name !== 'string' || typeof rootPage !== 'number' || tables.has(name)) continue;
    tables.set(name, { name, quoted: quoteName(name), rootPage });
  }
  return [...tables.values()];
}

function listColumns(connection: Connection, table: Table): readonly Column[] {
  try {
    const rows = [...runStatement(connection, 'SELECT name, type, pk, hidden, dflt_value FROM pragma_table_xinfo(?)', [table.name])];
    const keys = rows.filter(([, , pk]) => pk !== 0).length;
    return rows.map(([name, type, pk, hidden, fallback]) => ({
      name: String(name),
      isRowid: keys === 1 && pk === 1 && String(type).toUpperCase() === 'INTEGER',
      ifMissing: literal(fallback ?? null),
      isStored: hidden === 0 || hidden === 3,
    }));
  } catch (error) {
    if (error instanceof SqlFault) return [];
    throw error;
  }
}

/** The value of a default that is a plain literal; null for all else. */
function literal(sql: SqlValue): SqlValue {
  if (typeof sql !== 'string') return null;
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(sql)) return Number(sql);
  return /^'[^']*'$/.test(sql) ? sql.slice(1, -1) : null;
}

/** A name by which the rowid can be asked for; null where the table has none. */
export function rowidName(connection: Connection, table: Table, columns: readonly Column[]): string | null {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const free = ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null;
  if (free === null) return null;
  try {
    const rows = runStatement(connection, `SELECT ${free} FROM ${table.quoted} LIMIT 0`);
    rows.next();
    return free;
  } catch (error) {
    if (error instanceof SqlFault && error.isMisuse) return null;
    if (error instanceof SqlFault) return free;
    throw error;
  }
}

// A database opened where it lies, read-only and with everything off that a hostile schema could use (checks.md A9).

import { CamphorError } from '../../model/error';
import { connectFile, connectMemory } from './connection';
import { loadEngine } from './engine';
import type { Engine } from './engine';
import type { DatabasePages, PageExtent } from './pages';
import { extentOf } from './pages';
import { Row } from './row';
import { scanTable } from './scan-table';
import type { RowBatch } from './scan-table';
import { readSchema, walkSchema } from './table-schema';
import type { Schema, Table } from './table-schema';
import { runStatement, SqlFault } from './statement';
import type { Connection, SqlParameter } from './statement';
import { walkTable } from './table-tree';

export interface Database {
  /** In the order of the schema. Virtual tables have no rows of their own and are left out; what they keep is in tables beside them. */
  readonly tables: readonly Table[];
  /** Faults of the database as a whole, in words without content: cut, or a schema that is damaged in part. */
  readonly faults: readonly DatabaseFault[];
  table(name: string): Table | null;
  /** Names of a table's columns; empty where there is no such table, or its definition is damaged. */
  columns(table: string): readonly string[];
  /** How many rows it has, counted by SQLite in turns; where that fails, as many as can be found. */
  countRows(table: Table): Promise<number>;
  /**
   * All rows of a table in its own order, of each those of `columns` that the table has, in batches of at most 1,024 rows and about
   * 4 MiB. Damage is passed over: what could not be read is a fault in its place. Throws only what reading the file throws.
   */
  scan(table: Table, columns: readonly string[]): Generator<RowBatch, void, void>;
  /** Rows of a query, one at a time; take care not to sort what is large. Throws SqlFault where the database is damaged. */
  query(sql: string, parameters?: readonly SqlParameter[]): Generator<Row, void, void>;
  close(): void;
}

export interface DatabaseFault {
  readonly code: 'ends-early' | 'entry-damaged';
  readonly detail: string;
}

/** What of an open database its parts need. */
export interface OpenedDatabase {
  readonly schema: Schema;
  /** Null where SQLite refuses the database, and its trees are walked. */
  readonly connection: Connection | null;
  readonly pages: DatabasePages;
  readonly extent: PageExtent;
}

/** SQLITE_CORRUPT */
const sqliteCorrupt = 11;
let opened = 0;

/**
 * Opens a database whose pages `pages` reads. Where SQLite refuses it whole (its schema is damaged, or in UTF-16, which the WASM
 * build leaves out) its tables are still there, but `query` throws. Throws CamphorError `database-damaged` where no table can be
 * found, and what reading throws. To be closed by whoever opened it; `pages` are closed with it, and where it throws.
 */
export async function openDatabase(pages: DatabasePages): Promise<Database> {
  const engine = await loadEngine();
  const extent = extentOf(pages);
  const name = `database-${++opened}`;
  const remove = engine.files.add(name, pages, extent.pageCount);
  const connections: Connection[] = [];
  const close = (): void => {
    for (const { pointer } of connections) engine.capi.sqlite3_close_v2(pointer);
    remove();
    pages.close?.();
  };
  try {
    const { schema, connection } = openSchema(engine, name, pages, extent, connections);
    return databaseOf({ schema, connection, pages, extent }, close);
  } catch (cause) {
    close();
    throw cause instanceof SqlFault ? new CamphorError('database-damaged', { result: cause.result }, cause) : cause;
  }
}

function openSchema(
  engine: Engine,
  name: string,
  pages: DatabasePages,
  extent: PageExtent,
  connections: Connection[],
): Pick<OpenedDatabase, 'schema' | 'connection'> {
  try {
    const connection = connectFile(engine, name, pages.pageSizeBytes * extent.pageCount);
    connections.push(connection);
    return { schema: readSchema(connection), connection };
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
    const memory = connectMemory(engine);
    connections.push(memory);
    const schema = walkSchema(memory, pages);
    if (schema.tables.length === 0) throw error;
    return { schema, connection: null };
  }
}

function databaseOf(database: OpenedDatabase, close: () => void): Database {
  const { connection, extent, schema } = database;
  const faults: DatabaseFault[] = [];
  if (extent.missingPages > 0)
    faults.push({ code: 'ends-early', detail: `${extent.missingPages} of ${extent.pageCount} pages are missing` });
  if (schema.isDamaged) faults.push({ code: 'entry-damaged', detail: 'the schema is damaged in part' });
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  return {
    tables: schema.tables,
    faults,
    table: (name) => byName.get(name) ?? null,
    columns: (name) => {
      const table = byName.get(name);
      return table === undefined ? [] : schema.columnsOf(table).map((column) => column.name);
    },
    countRows: (table) => countRows(database, table),
    scan: (table, columns) => scanTable(database, table, columns),
    query: (sql, parameters = []) => queryRows(connection, sql, parameters),
    close,
  };
}

async function countRows({ connection, pages }: OpenedDatabase, table: Table): Promise<number> {
  if (connection === null) return countInTurns(rowsOfTree(pages, table));
  try {
    // Not count(*), which is one step however long it takes.
    return await countInTurns(runStatement(connection, `SELECT 1 FROM ${table.quoted}`));
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
    return countInTurns(rowsOfTree(pages, table));
  }
}

function* rowsOfTree(pages: DatabasePages, table: Table): Generator<unknown, void, void> {
  for (const step of walkTable(pages, table.rootPage)) if (step.kind !== 'page-fault') yield step;
}

const turnMs = 50;
const rowsAtOnce = 256;

/** What synchronous reads leave behind is given back only between two turns: in one, 800 MB took Chromium 330 MB of memory. */
async function countInTurns(rows: Iterable<unknown>): Promise<number> {
  let count = 0;
  let endsAtMs = performance.now() + turnMs;
  for (const _ of rows) {
    if (++count % rowsAtOnce > 0 || performance.now() < endsAtMs) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    endsAtMs = performance.now() + turnMs;
  }
  return count;
}

function* queryRows(connection: Connection | null, sql: string, parameters: readonly SqlParameter[]): Generator<Row, void, void> {
  if (connection === null) throw new SqlFault(sqliteCorrupt, 'SQLite refuses this database');
  let columns: ReadonlyMap<string, number> | null = null;
  for (const values of runStatement(connection, sql, parameters, (names) => (columns = new Map(names.map((name, at) => [name, at])))))
    yield new Row(columns ?? new Map(), values);
}

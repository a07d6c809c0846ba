// Rows of a database as records want them: numbered through all tables in the order in which they are read, damage as problems,
// and at the end every table accounted for, read or not.

import type { Database } from '../bytes/sqlite/database';
import type { Row } from '../bytes/sqlite/row';
import type { RowBatch } from '../bytes/sqlite/scan-table';
import type { Table } from '../bytes/sqlite/table-schema';
import type { NeutralRecord, ProblemRecord, Span } from '../model/record';
import { problemOf, structureOf } from './problem-record';

export interface PlacedRow {
  readonly row: Row;
  /** The row's own number; its length is 1. */
  readonly span: Span;
}

export interface PlacedBatch {
  readonly rows: readonly PlacedRow[];
  readonly problems: readonly ProblemRecord[];
  /** How much of the table is read, from 0 to 1. */
  readonly share: number;
}

export interface TableRows {
  /**
   * All rows of a table, each of which must come to lie in one record, problem or structure. To be read to its end; nothing for a
   * table that is not there, or was scanned before.
   */
  scan(name: string, columns: readonly string[]): Generator<PlacedBatch, void, void>;
  /**
   * After all scans, once: the other tables as structure, named as they are, or with `, not read` behind it where `joined` (tables
   * that were asked for what belongs to rows of others) does not name them; what is wrong with the whole; the number of rows.
   */
  close(joined: ReadonlySet<string>): readonly NeutralRecord[];
}

/** Rows of the database that entry number `entry` is; `counts` has how many each table has, by its name. */
export function numberRows(database: Database, entry: number, counts: ReadonlyMap<string, number>): TableRows {
  const scanned = new Set<string>();
  let next = 0;
  const spanOf = (from: number, rows: number): Span => ({ entry, offsetBytes: from, lengthBytes: rows });

  function* scan(name: string, columns: readonly string[]): Generator<PlacedBatch, void, void> {
    const table = database.table(name);
    if (table === null || scanned.has(name)) return;
    scanned.add(name);
    const from = next;
    const counted = counts.get(name) ?? 0;
    for (const batch of database.scan(table, columns)) {
      next = from + batch.to;
      yield placeBatch(batch, entry, from, counted);
    }
    const lost = from + counted - next;
    if (lost <= 0) return;
    const detail = `${name}: ${lost} of ${counted} rows were counted and not found`;
    yield { rows: [], problems: [problemOf('entry-damaged', '', spanOf(next, lost), detail)], share: 1 };
    next += lost;
  }

  function passOver(table: Table, joined: ReadonlySet<string>): readonly NeutralRecord[] {
    const rows = counts.get(table.name) ?? 0;
    if (rows === 0) return [];
    const structure = structureOf(joined.has(table.name) ? table.name : `${table.name}, not read`, spanOf(next, rows));
    next += rows;
    return [structure];
  }

  return {
    scan,
    close: (joined) => [
      ...database.tables.filter(({ name }) => !scanned.has(name)).flatMap((table) => passOver(table, joined)),
      ...database.faults.map(({ code, detail }) => problemOf(code, '', spanOf(next, 0), detail)),
      { type: 'rows', entry, rowCount: next },
    ],
  };
}

function placeBatch({ rows, faults, to }: RowBatch, entry: number, from: number, counted: number): PlacedBatch {
  return {
    rows: rows.map(({ row, number }) => ({ row, span: { entry, offsetBytes: from + number, lengthBytes: 1 } })),
    problems: faults.map(({ code, detail, number, rows: taken }) =>
      problemOf(code, '', { entry, offsetBytes: from + number, lengthBytes: taken }, detail),
    ),
    share: Math.min(1, to / Math.max(1, counted)),
  };
}

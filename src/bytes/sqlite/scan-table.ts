// All rows of one table. SQLite reads them as long as it can; from the first damage on the table's tree is walked without it, so
// that what lies behind is not lost, and each loss has a place.

import type { OpenedDatabase } from './database';
import { decodeRecord, encodingOf } from './record-format';
import type { SqlInteger, SqlValue, TextEncoding } from './record-format';
import { Row } from './row';
import { runStatement, SqlFault } from './statement';
import { walkTable } from './table-tree';
import type { TreeStep } from './table-tree';
import { quoteName, rowidName } from './table-schema';
import type { Column, Table } from './table-schema';

/** What could not be read. */
export interface RowFault {
  /** Number of the row in the scan, from 0, that it is or stands before. */
  readonly number: number;
  /** 1 where it is a row of its own; 0 where it is not known how many rows are lost. */
  readonly rows: 0 | 1;
  readonly code: 'entry-damaged' | 'piece-too-large' | 'limit-reached';
  /** Words without content: which page, and where that is in the file. */
  readonly detail: string;
}

/** Rows and faults together are numbered in the order of the scan: rows that are there are those numbers that no fault has. */
export interface RowBatch {
  readonly rows: readonly NumberedRow[];
  readonly faults: readonly RowFault[];
  /** Numbers that this batch takes: [from, to). */
  readonly from: number;
  readonly to: number;
}

/** A class, and no literals, for the reason that statement.ts gives. */
export class NumberedRow {
  /** Number of the row in the scan, from 0. */
  readonly number: number;
  readonly row: Row;

  constructor(number: number, row: Row) {
    this.number = number;
    this.row = row;
  }
}

const batchRows = 1024;
const batchBytes = 4 << 20;

type ScanStep = { readonly values: readonly SqlValue[]; readonly rowid: SqlInteger | null } | Omit<RowFault, 'number'>;

/** See `Database.scan`. */
export function* scanTable(database: OpenedDatabase, table: Table, wanted: readonly string[]): Generator<RowBatch, void, void> {
  const columns = database.schema.columnsOf(table);
  const present = columns.filter(({ name }) => wanted.includes(name));
  const names = new Map(present.map(({ name }, at) => [name, at]));
  let batch = startBatch(0);
  let number = 0;
  for (const step of readSteps(database, table, columns, present)) {
    if ('values' in step) {
      batch.rows.push(new NumberedRow(number++, new Row(names, step.values, step.rowid)));
      batch.sizeBytes += sizeOf(step.values);
    } else {
      batch.faults.push({ ...step, number });
      number += step.rows;
    }
    if (batch.rows.length < batchRows && batch.faults.length < batchRows && batch.sizeBytes < batchBytes) continue;
    yield { rows: batch.rows, faults: batch.faults, from: batch.from, to: number };
    batch = startBatch(number);
  }
  if (batch.rows.length + batch.faults.length > 0) yield { rows: batch.rows, faults: batch.faults, from: batch.from, to: number };
}

function startBatch(from: number) {
  return { from, rows: [] as NumberedRow[], faults: [] as RowFault[], sizeBytes: 0 };
}

function sizeOf(values: readonly SqlValue[]): number {
  let sizeBytes = 0;
  for (const value of values) sizeBytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
  return sizeBytes;
}

/** A cell takes this much of a page at least. */
const leastRowBytes = 4;

function* readSteps(
  { connection, pages, extent }: OpenedDatabase,
  table: Table,
  columns: readonly Column[],
  present: readonly Column[],
): Generator<ScanStep, void, void> {
  if (connection === null) return yield* salvage(pages, table, columns, present, null);
  const rowid = rowidName(connection, table, columns);
  const asked = [...(rowid === null ? [] : [rowid]), ...present.map(({ name }) => quoteName(name))];
  const order = rowid === null ? '' : ` ORDER BY ${rowid}`;
  let last: SqlInteger | null = null;
  let rowsLeft = (pages.pageSizeBytes * extent.pageCount) / leastRowBytes;
  try {
    for (const values of runStatement(connection, `SELECT ${asked.join(', ') || '1'} FROM ${table.quoted} NOT INDEXED${order}`)) {
      if (rowid === null) {
        yield { values, rowid: null };
        if (--rowsLeft < 0) return yield { rows: 0, code: 'limit-reached', detail: `${table.name} holds more rows than fit` };
        continue;
      }
      const key = values.shift() as SqlInteger;
      // In a tree that is not damaged they only grow; one whose pages repeat would never end.
      if (last !== null && key <= last) throw new SqlFault(connection.engine.capi.SQLITE_CORRUPT, 'rowids do not grow');
      last = key;
      yield { values, rowid: key };
    }
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
    if (rowid === null) yield { rows: 0, code: 'entry-damaged', detail: `${table.name}: ${error.message}` };
    else yield* salvage(pages, table, columns, present, last);
  }
}

/** The rows behind `last`, by the tree itself. */
function* salvage(
  pages: OpenedDatabase['pages'],
  table: Table,
  columns: readonly Column[],
  present: readonly Column[],
  last: SqlInteger | null,
): Generator<ScanStep, void, void> {
  const stored = columns.filter(({ isStored }) => isStored);
  const encoding = encodingOf(pages.readPage(1));
  const place = (page: number): string => `${table.name}: page ${page}, byte ${(page - 1) * pages.pageSizeBytes}`;
  for (const step of walkTable(pages, table.rootPage)) {
    if (step.kind === 'page-fault') yield { rows: 0, code: 'entry-damaged', detail: `${place(step.page)}: no page of a table` };
    else if (last !== null && step.rowid <= last) continue;
    else yield rowOf(step, stored, present, encoding) ?? { rows: 1, ...faultOfRow(step, place) };
  }
}

function rowOf(
  step: Exclude<TreeStep, { kind: 'page-fault' }>,
  stored: readonly Column[],
  present: readonly Column[],
  encoding: TextEncoding,
): ScanStep | null {
  const record = step.kind === 'row' ? decodeRecord(step.payload, encoding) : null;
  if (record === null) return null;
  const values = present.map((column) => {
    if (column.isRowid) return step.rowid;
    const at = stored.indexOf(column);
    return at < record.length && at >= 0 ? (record[at] ?? null) : column.ifMissing;
  });
  return { values, rowid: step.rowid };
}

function faultOfRow(step: TreeStep, place: (page: number) => string): Pick<RowFault, 'code' | 'detail'> {
  if (step.kind !== 'row-fault') return { code: 'entry-damaged', detail: 'a row is no record' };
  const code = step.isTooLarge ? 'piece-too-large' : 'entry-damaged';
  return { code, detail: `${place(step.page)}: row ${step.rowid} ${step.isTooLarge ? 'is too large' : 'is cut off'}` };
}

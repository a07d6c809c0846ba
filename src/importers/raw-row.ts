// A row kept whole: for what is not understood, readable by a later version.

import { encodeBase64 } from '../bytes/base64';
import type { Database } from '../bytes/sqlite/database';
import type { SqlValue } from '../bytes/sqlite/record-format';
import type { Row } from '../bytes/sqlite/row';
import { SqlFault } from '../bytes/sqlite/statement';
import type { Json, JsonObject } from '../model/json';

/** Of a value that is longer only the beginning is kept. */
const valueLimit = 16_384;

/** All columns of the row of `table` with this rowid that are not NULL; where SQLite cannot read it, those of `row`. */
export function rawRow(database: Database, table: string, row: Row): JsonObject {
  return describeRow(wholeRow(database, table, row) ?? row);
}

function wholeRow(database: Database, table: string, row: Row): Row | null {
  const quoted = database.table(table)?.quoted;
  if (quoted === undefined || row.rowid === null) return null;
  try {
    for (const whole of database.query(`SELECT * FROM ${quoted} WHERE rowid = ?`, [row.rowid])) return whole;
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  return null;
}

/** Values by column: bytes as `base64:`, integers above 2^53 as text. */
export function describeRow(row: Row): JsonObject {
  return Object.fromEntries(row.entries().map(([name, value]) => [name, describeValue(value)]));
}

function describeValue(value: Exclude<SqlValue, null>): Json {
  if (value instanceof Uint8Array) return `base64:${encodeBase64(value.subarray(0, valueLimit))}`;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value.slice(0, valueLimit) : value;
}

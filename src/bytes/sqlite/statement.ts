// One SQL statement run to its end: values out of the engine's memory, faults as they come, steps bounded.

import { CamphorError } from '../../model/error';
import type { Engine } from './engine';
import { decodeText, shorten } from './record-format';
import type { SqlInteger, SqlValue } from './record-format';

/** An open database of the engine. */
export interface Connection {
  readonly engine: Engine;
  readonly pointer: number;
  /** Sets the steps that the next statement may take before it is interrupted. */
  allowSteps(): void;
}

/** What SQLite said: `result` is its code (sqlite.org/rescode.html), the message may name tables but no content of rows. */
export class SqlFault extends Error {
  override readonly name = 'SqlFault';
  readonly result: number;

  constructor(result: number, message: string) {
    super(message);
    this.result = result;
  }

  /** True where the SQL itself is at fault, such as for a column that is not there. */
  get isMisuse(): boolean {
    return this.result === 1;
  }
}

/**
 * Rows of `sql`, each an array of its columns' values, as long as the caller asks for them. Throws SqlFault for what SQLite
 * refuses (a damaged page included), and what reading the file throws. `onColumns` is told the columns' names before the first.
 */
export function* runStatement(
  connection: Connection,
  sql: string,
  parameters: readonly SqlParameter[] = [],
  onColumns?: (names: readonly string[]) => void,
): Generator<SqlValue[], void, void> {
  const { engine } = connection;
  const statement = prepare(connection, sql);
  try {
    bind(connection, statement, parameters);
    connection.allowSteps();
    const { sqlite3_step: step } = engine.wasm.exports;
    const columns = engine.capi.sqlite3_column_count(statement);
    onColumns?.(Array.from({ length: columns }, (_, column) => engine.capi.sqlite3_column_name(statement, column)));
    const values = Array.from<SqlValue>({ length: columns }).fill(null);
    for (;;) {
      const result = step(statement);
      if (result === engine.capi.SQLITE_DONE) return;
      if (result !== engine.capi.SQLITE_ROW) throw faultOf(connection, result);
      readRow(engine, statement, values);
      // A copy, and no array literal of each row: V8 remembers of literals whether they stay, takes the rows of a batch for such, and
      // then puts all that follow where only its rare collections look, with everything that they refer to.
      yield values.slice();
    }
  } finally {
    engine.capi.sqlite3_finalize(statement);
  }
}

export type SqlParameter = SqlInteger | string;

/** Throws what reading the file threw, if that is the reason; else gives SQLite's word for it. */
export function faultOf({ engine, pointer }: Connection, result: number): SqlFault {
  const cause = engine.files.takeError();
  if (cause !== null) throw cause instanceof Error ? cause : new CamphorError('archive-unreadable', {}, cause);
  return new SqlFault(result & 0xff, engine.capi.sqlite3_errmsg(pointer));
}

function prepare(connection: Connection, sql: string): number {
  const { engine, pointer } = connection;
  const out = engine.wasm.alloc(4);
  try {
    engine.wasm.poke32(out, 0);
    connection.allowSteps();
    const result = engine.capi.sqlite3_prepare_v2(pointer, sql, -1, out, 0);
    if (result !== 0) throw faultOf(connection, result);
    return engine.wasm.peek32(out);
  } finally {
    engine.wasm.dealloc(out);
  }
}

function bind(connection: Connection, statement: number, parameters: readonly SqlParameter[]): void {
  const { wasm } = connection.engine;
  for (const [index, value] of parameters.entries()) {
    const result =
      typeof value === 'string'
        ? bindText(connection.engine, statement, index + 1, value)
        : wasm.exports.sqlite3_bind_int64(statement, index + 1, BigInt(value));
    if (result !== 0) throw faultOf(connection, result);
  }
}

/** Of a text that SQLite shall copy before it returns. */
const transient = -1;

/** The package's own wrapper refuses all text in this version. */
function bindText({ wasm }: Engine, statement: number, parameter: number, text: string): number {
  const bytes = new TextEncoder().encode(text);
  const at = wasm.alloc(bytes.length + 1);
  try {
    wasm.heap8u().set(bytes, at);
    return wasm.exports.sqlite3_bind_text(statement, parameter, at, bytes.length, transient);
  } finally {
    wasm.dealloc(at);
  }
}

/** Into `values`, one of each column. */
function readRow({ capi, wasm }: Engine, statement: number, values: SqlValue[]): void {
  const { exports } = wasm;
  for (let column = 0; column < values.length; column++) {
    const type = exports.sqlite3_column_type(statement, column);
    if (type === capi.SQLITE_INTEGER) {
      const value = exports.sqlite3_column_double(statement, column);
      values[column] = Number.isSafeInteger(value) ? value : shorten(exports.sqlite3_column_int64(statement, column));
    } else if (type === capi.SQLITE_TEXT) {
      const at = exports.sqlite3_column_text(statement, column);
      values[column] = decodeText(wasm.heap8u().subarray(at, at + exports.sqlite3_column_bytes(statement, column)), 'utf-8');
    } else if (type === capi.SQLITE_BLOB) {
      const at = exports.sqlite3_column_blob(statement, column);
      values[column] = wasm.heap8u().slice(at, at + exports.sqlite3_column_bytes(statement, column));
    } else values[column] = type === capi.SQLITE_FLOAT ? exports.sqlite3_column_double(statement, column) : null;
  }
}

// One row, its values by the names of columns. Columns that a version of a schema does not have read as NULL.

import { decodeText } from './record-format';
import type { SqlInteger, SqlValue } from './record-format';

export class Row {
  /** The row's number; null in a table without rowids, and in rows of a query. */
  readonly rowid: SqlInteger | null;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #values: readonly SqlValue[];

  /** `columns`: position of each name in `values`. */
  constructor(columns: ReadonlyMap<string, number>, values: readonly SqlValue[], rowid: SqlInteger | null = null) {
    this.#columns = columns;
    this.#values = values;
    this.rowid = rowid;
  }

  /** As it is stored. */
  value(name: string): SqlValue {
    const at = this.#columns.get(name);
    return at === undefined ? null : (this.#values[at] ?? null);
  }

  /** Text; numbers as digits, bytes as UTF-8 (with replacement characters); null for NULL. */
  text(name: string): string | null {
    const value = this.value(name);
    if (value === null || typeof value === 'string') return value;
    return value instanceof Uint8Array ? decodeText(value, 'utf-8') : String(value);
  }

  /** Text with something in it, else null. */
  words(name: string): string | null {
    return this.text(name) || null;
  }

  /** A whole number that is exact as a number; null for all else. Text of digits counts, since SQLite's columns have no types. */
  whole(name: string): number | null {
    const value = this.value(name);
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
  }

  /** A whole number of any size; null for all else. */
  integer(name: string): bigint | null {
    const value = this.value(name);
    if (typeof value === 'bigint') return value;
    const number = this.whole(name);
    return number === null ? null : BigInt(number);
  }

  /** A number, whole or not; null for all else. */
  real(name: string): number | null {
    const value = this.value(name);
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  /** True for a number that is not 0. */
  flag(name: string): boolean {
    const value = this.value(name);
    return (typeof value === 'number' || typeof value === 'bigint') && Number(value) !== 0;
  }

  /** Bytes, as BLOB or as text in UTF-8; null for all else. */
  blob(name: string): Uint8Array | null {
    const value = this.value(name);
    if (typeof value === 'string') return new TextEncoder().encode(value);
    return value instanceof Uint8Array ? value : null;
  }

  /** All values that are not NULL: for what is kept raw. */
  entries(): [name: string, value: Exclude<SqlValue, null>][] {
    return [...this.#columns].flatMap(([name, at]): [string, Exclude<SqlValue, null>][] => {
      const value = this.#values[at] ?? null;
      return value === null ? [] : [[name, value]];
    });
  }
}

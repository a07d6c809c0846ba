// What hangs on the rows of a batch in other tables, asked for in one query a table. A table that is damaged is asked once and
// then left alone, which is a problem of the archive.

import type { Database } from '../bytes/sqlite/database';
import type { Row } from '../bytes/sqlite/row';
import { SqlFault } from '../bytes/sqlite/statement';
import type { SqlParameter } from '../bytes/sqlite/statement';

export interface SideTables {
  /** Rows of a query by the number in their column `key`; empty where a table of it is not there or is damaged. */
  ask(name: string, sql: string, parameters: readonly SqlParameter[], key: string): ReadonlyMap<number, readonly Row[]>;
  /** True where the table and the columns are there. */
  has(table: string, ...columns: readonly string[]): boolean;
  /** What could not be asked, in words without content. */
  readonly faults: readonly string[];
}

const none: ReadonlyMap<number, readonly Row[]> = new Map();

export function openSideTables(database: Database): SideTables {
  const damaged = new Set<string>();
  const known = new Map<string, ReadonlySet<string>>();
  const faults: string[] = [];
  const columnsOf = (table: string): ReadonlySet<string> => {
    const columns = known.get(table) ?? new Set(database.columns(table));
    known.set(table, columns);
    return columns;
  };
  return {
    faults,
    has: (table, ...columns) => columnsOf(table).size > 0 && columns.every((column) => columnsOf(table).has(column)),
    ask(name, sql, parameters, key) {
      if (damaged.has(name)) return none;
      try {
        return groupRows(database.query(sql, parameters), key);
      } catch (error) {
        if (!(error instanceof SqlFault)) throw error;
        damaged.add(name);
        faults.push(`${name}: ${error.message}`);
        return none;
      }
    },
  };
}

function groupRows(rows: Iterable<Row>, key: string): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const number = row.whole(key);
    if (number === null) continue;
    const group = groups.get(number);
    if (group === undefined) groups.set(number, [row]);
    else group.push(row);
  }
  return groups;
}

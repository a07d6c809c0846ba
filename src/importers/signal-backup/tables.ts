// Tables of a backup: what columns each has by its CREATE TABLE, and which row an INSERT means. Only what Signal writes is understood:
// `INSERT INTO table VALUES (?,…)`, or with the names of columns; all else is for the caller to keep.

import { Row } from '../../bytes/sqlite/row';
import type { Statement } from './statement';

export interface InsertedRow {
  readonly table: string;
  readonly row: Row;
}

export interface Tables {
  /** Takes a definition; false where the statement is no CREATE TABLE that can be understood. */
  define(sql: string): boolean;
  /** The row that is inserted; null where the statement is none, or of a table that has other columns or was not defined. */
  rowOf(statement: Statement): InsertedRow | null;
}

interface Plan {
  readonly table: string;
  readonly columns: ReadonlyMap<string, number>;
}

const createStart = /^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?/i;
const insertStart = /^INSERT\s+(?:OR\s+REPLACE\s+)?INTO\s+/i;
const valuesStart = /^\s*VALUES\s*/i;
const constraints: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);
const sqlLimit = 262_144;
const tableLimit = 2_000;
const planLimit = 4_000;
const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['[', ']'],
]);

export function createTables(): Tables {
  const columnsOf = new Map<string, readonly string[]>();
  const plans = new Map<string, Plan | null>();
  return {
    define(sql) {
      const found = readDefinition(sql);
      if (found === null || columnsOf.size >= tableLimit) return false;
      columnsOf.set(found.table, found.columns);
      return true;
    },
    rowOf({ sql, values }) {
      let plan = plans.get(sql);
      if (plan === undefined) {
        plan = planInsert(sql, values.length, columnsOf);
        if (plans.size < planLimit) plans.set(sql, plan);
      }
      return plan === null || plan.columns.size !== values.length ? null : { table: plan.table, row: new Row(plan.columns, values) };
    },
  };
}

/** Name and columns of a table by its definition. */
function readDefinition(sql: string): { table: string; columns: readonly string[] } | null {
  const start = createStart.exec(sql.slice(0, 200));
  if (start === null || sql.length > sqlLimit) return null;
  const name = readName(sql, start[0].length);
  if (name === null) return null;
  const opening = skipBlanks(sql, name.end);
  const columns = splitList(sql, opening)?.flatMap((part): string[] => {
    const column = readName(part, 0);
    return column === null || (!column.isQuoted && constraints.has(column.name.toUpperCase())) ? [] : [column.name];
  });
  return columns === undefined || columns.length === 0 ? null : { table: name.name, columns };
}

function planInsert(sql: string, valueCount: number, columnsOf: ReadonlyMap<string, readonly string[]>): Plan | null {
  const start = insertStart.exec(sql.slice(0, 200));
  if (start === null || sql.length > sqlLimit) return null;
  const name = readName(sql, start[0].length);
  if (name === null) return null;
  const opening = skipBlanks(sql, name.end);
  const named = splitList(sql, opening);
  const rest = sql.slice(named === null ? name.end : endOfList(sql, opening));
  const values = valuesStart.exec(rest);
  if (values === null || !isPlaceholders(rest.slice(values[0].length), valueCount)) return null;
  const columns = named === null ? columnsOf.get(name.name) : named.map((part) => readName(part, 0)?.name ?? '');
  if (columns?.length !== valueCount) return null;
  const places = new Map(columns.map((column, at) => [column, at]));
  return { table: name.name, columns: places };
}

const isPlaceholders = (list: string, count: number): boolean =>
  count > 0 && list.replace(/\s+/g, '').replace(/;$/, '') === `(${Array.from({ length: count }, () => '?').join(',')})`;

/** A name, in any of SQLite's quotes or none. */
function readName(sql: string, from: number): { name: string; end: number; isQuoted: boolean } | null {
  const at = skipBlanks(sql, from);
  const closing = quotes.get(sql[at] ?? '');
  if (closing !== undefined) {
    const end = sql.indexOf(closing, at + 1);
    return end === -1 ? null : { name: sql.slice(at + 1, end), end: end + 1, isQuoted: true };
  }
  const bare = /^[\p{L}\p{N}_$]{1,200}/u.exec(sql.slice(at, at + 400));
  return bare === null ? null : { name: bare[0], end: at + bare[0].length, isQuoted: false };
}

function skipBlanks(sql: string, from: number): number {
  let at = from;
  while (at < sql.length && /\s/.test(sql[at] ?? '')) at++;
  return at;
}

/** The parts between the commas of the list that opens at `opening`; null where none does, or it never ends. */
function splitList(sql: string, opening: number): string[] | null {
  if (sql[opening] !== '(') return null;
  const parts: string[] = [];
  let begin = opening + 1;
  let depth = 0;
  for (let at = opening; at < sql.length; at++) {
    const letter = sql[at] ?? '';
    const closing = quotes.get(letter);
    if (closing !== undefined) {
      const end = sql.indexOf(closing, at + 1);
      if (end === -1) return null;
      at = end;
    } else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) return [...parts, sql.slice(begin, at)];
    else if (letter === ',' && depth === 1) {
      parts.push(sql.slice(begin, at));
      begin = at + 1;
    }
  }
  return null;
}

/** The place behind the list that opens at `opening`, in which nothing is nested. */
const endOfList = (sql: string, opening: number): number => sql.indexOf(')', opening) + 1;

// Whole databases, read as sqlite3 itself reads them.

import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/bytes/sqlite/database';
import type { Database } from '../../../src/bytes/sqlite/database';
import type { SqlValue } from '../../../src/bytes/sqlite/record-format';
import { askSqlite, makeDatabase, pagesOfMade } from './make-database';

async function reading<Result>(
  made: ReturnType<typeof makeDatabase>,
  read: (database: Database) => Result | Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(pagesOfMade(made));
  try {
    return await read(database);
  } finally {
    database.close();
  }
}

const people = `CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, score REAL, picture BLOB);
  INSERT INTO person VALUES (1, '周末', 1.5, x'00ff'), (7, NULL, 2, NULL), (9223372036854775807, 'last', -1, x'');`;

test('gives each value as it is stored', async () => {
  const rows = await reading(makeDatabase(people), async (database) => {
    expect(database.tables.map(({ name }) => name)).toEqual(['person']);
    expect(database.columns('person')).toEqual(['id', 'name', 'score', 'picture']);
    const table = database.table('person')!;
    expect(await database.countRows(table)).toBe(3);
    return [...database.scan(table, ['picture', 'name', 'id', 'score', 'absent'])].flatMap((batch) => batch.rows);
  });
  expect(
    rows.map(({ number, row }) => [number, row.rowid, row.value('id'), row.text('name'), row.real('score'), row.blob('picture')]),
  ).toEqual([
    [0, 1, 1, '周末', 1.5, Uint8Array.of(0, 255)],
    [1, 7, 7, null, 2, null],
    [2, 9223372036854775807n, 9223372036854775807n, 'last', -1, new Uint8Array()],
  ]);
  expect(rows[0]!.row.value('absent')).toBeNull();
});

/** All rows of a table as the database gives them, one line each, in the form of sqlite3's list mode with quoting. */
function dump(database: Database, name: string): string[] {
  const columns = database.columns(name);
  const write = (value: SqlValue): string => {
    if (value === null) return 'NULL';
    if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex').toUpperCase()}'`;
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  };
  return [...database.scan(database.table(name)!, columns)].flatMap(({ rows, faults }) => {
    expect(faults).toEqual([]);
    return rows.map(({ row }) => columns.map((column) => write(row.value(column))).join('|'));
  });
}

function dumpOf(bytes: Uint8Array, name: string, columns: string, order: string): string[] {
  const quoted = columns.split(',').map((column) => `quote(${column})`);
  return askSqlite(bytes, `SELECT ${quoted.join(',')} FROM ${name} ORDER BY ${order}`)
    .trimEnd()
    .split('\n');
}

const numbers = (count: number): string => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;

test.each([
  ['pages of 512 bytes and rows over many pages', 'PRAGMA page_size=512;', "printf('%.*c', i * 37 % 3000, 'x')"],
  ['pages of 65,536 bytes', 'PRAGMA page_size=65536;', "printf('%.*c', i * 997 % 9000, 'y')"],
  ['UTF-16 little-endian', "PRAGMA encoding='UTF-16le';", "'周末爬山 ' || i"],
  ['UTF-16 big-endian', "PRAGMA encoding='UTF-16be';", "'妈妈 ' || i"],
  ['auto-vacuum', 'PRAGMA auto_vacuum=FULL;', "'z' || i"],
])('reads a table with %s', async (_, pragma, text) => {
  const made = makeDatabase(`${pragma} CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c); CREATE INDEX t_b ON t(b);
    ${numbers(700)} INSERT INTO t SELECT i * 3, ${text}, i / 7.0 FROM n; DELETE FROM t WHERE a % 5 = 0;`);
  const rows = await reading(made, async (database) => {
    expect(await database.countRows(database.table('t')!)).toBe(560);
    return dump(database, 't').map((row) => row.split('|').slice(0, 2).join('|'));
  });
  expect(rows).toEqual(dumpOf(made.bytes, 't', 'a,b', 'a'));
});

test('reads a table without rowids, and one whose columns are named as the rowid', async () => {
  const made = makeDatabase(`CREATE TABLE w(k TEXT, n INT, v, PRIMARY KEY(k, n)) WITHOUT ROWID;
    ${numbers(900)} INSERT INTO w SELECT 'k' || (i % 30), i, 'v' || i FROM n;
    CREATE TABLE odd(rowid TEXT, _rowid_ TEXT); INSERT INTO odd VALUES ('a', 'b'), ('c', 'd');`);
  await reading(made, async (database) => {
    expect(dump(database, 'w')).toEqual(dumpOf(made.bytes, 'w', 'k,n,v', 'k,n'));
    expect(await database.countRows(database.table('w')!)).toBe(900);
    expect(dump(database, 'odd')).toEqual(["'a'|'b'", "'c'|'d'"]);
  });
});

test('gives a column that was added later, and one that is computed', async () => {
  const made = makeDatabase(`CREATE TABLE t(a INT, b AS (a * 2)); INSERT INTO t VALUES (1);
    ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'later'; INSERT INTO t(a, c) VALUES (2, NULL);`);
  expect(await reading(made, (database) => dump(database, 't'))).toEqual(["1|2|'later'", '2|4|NULL']);
});

test('decodes text that is no UTF-8 with replacement characters', async () => {
  const made = makeDatabase("CREATE TABLE t(a TEXT); INSERT INTO t VALUES (CAST(x'61ff62' AS TEXT)), (CAST(x'c3' AS TEXT));");
  expect(await reading(made, (database) => dump(database, 't'))).toEqual(["'a�b'", "'�'"]);
});

test('answers queries with parameters', async () => {
  const rows = await reading(makeDatabase(people), (database) =>
    [...database.query('SELECT name AS n, id FROM person WHERE id >= ? OR name = ?', [9223372036854775807n, '周末'])].map((row) => [
      row.text('n'),
      row.integer('id'),
    ]),
  );
  expect(rows).toEqual([
    ['周末', 1n],
    ['last', 9223372036854775807n],
  ]);
});

test('hands out rows in bounded batches', async () => {
  const made = makeDatabase(`CREATE TABLE t(a); ${numbers(2500)} INSERT INTO t SELECT i FROM n;
    CREATE TABLE big(a); ${numbers(20)} INSERT INTO big SELECT zeroblob(1000000) FROM n;`);
  await reading(made, (database) => {
    const sizes = (name: string) => [...database.scan(database.table(name)!, ['a'])].map(({ from, to, rows }) => [from, to, rows.length]);
    expect(sizes('t')).toEqual([
      [0, 1024, 1024],
      [1024, 2048, 1024],
      [2048, 2500, 452],
    ]);
    expect(sizes('big').map(([from, to]) => to! - from!)).toEqual([5, 5, 5, 5]);
  });
});

test('refuses what is no database', async () => {
  const empty = { bytes: new TextEncoder().encode('SQLite format 3\0'.padEnd(4096, '\0')), log: null };
  expect(() => pagesOfMade(empty)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  const noise = { bytes: Uint8Array.from({ length: 9000 }, (_, at) => (at * 7919) % 251), log: null };
  expect(() => pagesOfMade(noise)).toThrow(expect.objectContaining({ code: 'database-damaged' }));
});

test('never writes, runs no trigger, opens no view and attaches nothing', async () => {
  const made = makeDatabase(`${people} CREATE VIEW seen AS SELECT name FROM person;
    CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM person; END;`);
  await reading(made, (database) => {
    for (const sql of ['DELETE FROM person', 'SELECT * FROM seen', "ATTACH 'x.db' AS x", 'CREATE TABLE t(a)', 'CREATE TEMP TABLE t(a)'])
      expect(() => [...database.query(sql)], sql).toThrow(expect.objectContaining({ name: 'SqlFault' }));
    expect(dump(database, 'person')).toHaveLength(3);
  });
});

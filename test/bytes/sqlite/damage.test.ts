// Logs, cuts and damage: what can be read is read, what is lost is said with its place, and nothing runs for ever.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/bytes/sqlite/database';
import { CamphorError } from '../../../src/model/error';
import { askSqlite, makeDatabase, pagesOfMade, type MadeDatabase } from './make-database';

interface Reading {
  readonly rows: Map<number, string>;
  readonly faults: readonly { readonly code: string; readonly detail: string }[];
  readonly count: number;
}

/** Table `t`, its text column `b` by rowid. */
async function read(made: MadeDatabase): Promise<Reading> {
  const database = await openDatabase(pagesOfMade(made));
  try {
    const rows = new Map<number, string>();
    const faults: { code: string; detail: string }[] = [...database.faults];
    const table = database.table('t');
    let next = 0;
    for (const batch of table === null ? [] : database.scan(table, ['b'])) {
      const numbers = [
        ...batch.rows.map(({ number }) => number),
        ...batch.faults.flatMap(({ number, rows: taken }) => (taken === 1 ? [number] : [])),
      ];
      expect(numbers.sort((one, other) => one - other)).toEqual(Array.from({ length: batch.to - batch.from }, (_, at) => batch.from + at));
      expect(batch.from).toBe(next);
      next = batch.to;
      for (const { row } of batch.rows) rows.set(Number(row.rowid), row.text('b') ?? '');
      faults.push(...batch.faults);
    }
    return { rows, faults, count: table === null ? 0 : await database.countRows(table) };
  } finally {
    database.close();
  }
}

const rowsOf = (count: number, text: string): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO t SELECT i, ${text} FROM n;`;

describe('a write-ahead log', () => {
  const before = `PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT); ${rowsOf(50, "'old' || i")}
    PRAGMA wal_checkpoint(TRUNCATE);`;
  const made = makeDatabase(`${before} UPDATE t SET b = 'new' || a WHERE a > 40; DELETE FROM t WHERE a = 1;
    BEGIN; INSERT INTO t SELECT a + 100, 'added' FROM t; COMMIT;`);

  test('is merged', async () => {
    const { rows, faults, count } = await read(made);
    expect(faults).toEqual([]);
    expect([count, rows.size, rows.get(1), rows.get(40), rows.get(41), rows.get(150)]).toEqual([
      98,
      98,
      undefined,
      'old40',
      'new41',
      'added',
    ]);
    expect((await read({ ...made, log: null })).rows.get(41)).toBe('old41');
  });

  test('counts up to its last whole commit, wherever it is cut or damaged', async () => {
    const log = made.log!;
    const sizes = new Set<number>();
    for (const length of [...Array.from({ length: Math.ceil(log.length / 401) }, (_, at) => at * 401), log.length]) {
      const { rows, faults } = await read({ bytes: made.bytes, log: log.subarray(0, length) });
      expect(faults).toEqual([]);
      sizes.add(rows.size);
      const damaged = log.slice();
      if (length < log.length) damaged[length]! ^= 1;
      expect([49, 50, 98]).toContain((await read({ bytes: made.bytes, log: damaged })).rows.size);
    }
    expect([...sizes].sort((one, other) => one - other)).toEqual([49, 50, 98]);
  });

  test('of another database is left alone', async () => {
    const other = makeDatabase(`PRAGMA page_size=8192; ${before} DELETE FROM t;`);
    expect((await read({ bytes: made.bytes, log: other.log })).rows.size).toBe(50);
  });

  test('may hold the whole database', async () => {
    const all = makeDatabase(
      `PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t(a INTEGER PRIMARY KEY, b); ${rowsOf(9, "'x'")}`,
    );
    expect((await read(all)).rows.size).toBe(9);
  });
});

const plain = makeDatabase(`PRAGMA page_size=1024; CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT); CREATE INDEX t_b ON t(b);
  ${rowsOf(2000, "printf('row %d %.*c', i, i % 90, 'x')")} UPDATE t SET b = printf('long %.*c', 5000, 'y') WHERE a = 500;`);
const pageBytes = 1024;
const pages = askSqlite(plain.bytes, "SELECT name, pageno, pagetype, ncell FROM dbstat WHERE name IN ('t', 'sqlite_schema')")
  .trim()
  .split('\n')
  .map((line) => line.split('|'))
  .map(([name, page, kind, cells]) => ({ name, page: Number(page), kind, cells: Number(cells) }));

function damagePage(number: number): MadeDatabase {
  const bytes = plain.bytes.slice();
  bytes.fill(0xee, (number - 1) * pageBytes, number * pageBytes);
  return { bytes, log: null };
}

test('one page lost loses the rows of that page, and its place is named', async () => {
  const leaves = pages.filter(({ name, kind }) => name === 't' && kind === 'leaf');
  expect(leaves.length).toBeGreaterThan(50);
  const whole = await read(plain);
  expect(whole).toMatchObject({ faults: [], count: 2000 });
  for (const leaf of leaves.filter((_, at) => at % 9 === 0)) {
    const { rows, faults } = await read(damagePage(leaf.page));
    expect(rows.size).toBe(2000 - leaf.cells);
    for (const [rowid, text] of rows) expect(text).toBe(whole.rows.get(rowid));
    expect(faults).toEqual([
      {
        number: expect.any(Number),
        rows: 0,
        code: 'entry-damaged',
        detail: `t: page ${leaf.page}, byte ${(leaf.page - 1) * pageBytes}: no page of a table`,
      },
    ]);
  }
});

test('a row whose overflow pages are lost is one fault in its place', async () => {
  const overflow = pages.find(({ kind }) => kind === 'overflow')!;
  const { rows, faults, count } = await read({ bytes: plain.bytes.subarray(0, plain.bytes.length), log: null });
  expect([rows.size, faults.length, count]).toEqual([2000, 0, 2000]);
  const broken = plain.bytes.slice();
  // Its chain ends at once: the first four bytes of an overflow page are the number of the next.
  broken.fill(0, (overflow.page - 1) * pageBytes, (overflow.page - 1) * pageBytes + 4);
  const damaged = await read({ bytes: broken, log: null });
  expect(damaged.rows.size).toBe(1999);
  expect(damaged.rows.has(500)).toBe(false);
  expect(damaged.faults).toEqual([expect.objectContaining({ number: 499, rows: 1, code: 'entry-damaged' })]);
});

test('cut anywhere, gives what is there and says that it ends early', async () => {
  const whole = await read(plain);
  let most = 0;
  for (let length = pageBytes; length < plain.bytes.length; length += 7 * pageBytes + 13) {
    const made = { bytes: plain.bytes.subarray(0, length), log: null };
    const { rows, faults } = await read(made);
    expect(faults[0]).toMatchObject({ code: 'ends-early' });
    for (const [rowid, text] of rows) expect(text).toBe(whole.rows.get(rowid));
    most = Math.max(most, rows.size);
  }
  expect(most).toBeGreaterThan(1900);
});

test('a tree that contains itself ends', async () => {
  const root = Number(askSqlite(plain.bytes, "SELECT rootpage FROM sqlite_schema WHERE name = 't'"));
  const bytes = plain.bytes.slice();
  const view = new DataView(bytes.buffer);
  const at = (root - 1) * pageBytes;
  expect(bytes[at]).toBe(5);
  // Every child is the second leaf: its rows would come again and again.
  const leaf = pages.filter(({ name, kind }) => name === 't' && kind === 'leaf')[1]!.page;
  for (let cell = 0; cell < view.getUint16(at + 3); cell++) view.setUint32(at + view.getUint16(at + 12 + cell * 2), leaf);
  view.setUint32(at + 8, root);
  const { rows, faults } = await read({ bytes, log: null });
  expect(rows.size).toBe(pages.find(({ page }) => page === leaf)!.cells);
  expect(faults.length).toBeGreaterThan(0);
});

test('flipped bits give rows, faults or an error of ours', async () => {
  const flips = fc.array(fc.record({ at: fc.nat(plain.bytes.length - 1), bit: fc.nat(7) }), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(flips, fc.boolean(), async (places, inHead) => {
      const bytes = plain.bytes.slice();
      for (const { at, bit } of places) bytes[inHead ? at % 4096 : at]! ^= 1 << bit;
      await read({ bytes, log: null }).catch((error: unknown) => {
        if (!(error instanceof CamphorError)) throw error;
        expect(error.code).toBe('database-damaged');
      });
    }),
    { numRuns: 60 },
  );
});

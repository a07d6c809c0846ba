// Rows numbered through a database: each in one record, problem or structure, read or not, whole or damaged.

import { expect, test } from 'vitest';
import { openArchiveDatabase, entriesOfDatabase, findDatabases } from '../../src/importers/archive-databases';
import { structureOf } from '../../src/importers/problem-record';
import type { NeutralRecord } from '../../src/model/record';
import { makeDatabase } from '../bytes/sqlite/make-database';
import { expectTiling } from './read-records';
import { filesOf } from './samples';

const made = makeDatabase(`PRAGMA page_size=512; PRAGMA journal_mode=WAL; CREATE TABLE chat(a); INSERT INTO chat VALUES (1), (2), (3);
  CREATE TABLE message(a, b); CREATE INDEX m ON message(a); CREATE TABLE media(a); INSERT INTO media VALUES (1); CREATE TABLE empty(a);
  PRAGMA wal_checkpoint(TRUNCATE);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO message SELECT i, 'text ' || i FROM n;`);

async function read(bytes: Uint8Array, log: Uint8Array): Promise<readonly NeutralRecord[]> {
  const files = filesOf('x', { 'x.db': bytes, 'x.db-wal': log, 'x.db-shm': new Uint8Array(32_768), 'other.db': new Uint8Array(9) });
  expect(await findDatabases(files, (schema) => schema.has('message') && schema.has('chat'))).toEqual([0]);
  const entries = entriesOfDatabase(files, 0);
  expect(entries).toEqual([0, 1, 2]);
  const { database, rows, beside } = await openArchiveDatabase(files, 0);
  const records: NeutralRecord[] = [...beside];
  for (const batch of rows.scan('message', ['b']))
    records.push(...batch.rows.map(({ row, span }) => structureOf(row.text('b') ?? '', span)), ...batch.problems);
  expect([...rows.scan('absent', ['x'])]).toEqual([]);
  records.push(...rows.close(new Set(['chat'])));
  database.close();
  await expectTiling(files, { format: 'x', formatVersion: '1', source: 'other', entries, title: null }, records);
  return records;
}

/** The log is merged into the file, so that damage meets pages. */
function checkpointed(): Uint8Array {
  return makeDatabase(`PRAGMA page_size=512; CREATE TABLE chat(a); CREATE TABLE message(a, b); CREATE INDEX m ON message(a);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO message SELECT i, 'text ' || i FROM n;`)
    .bytes;
}

test('tables that are not read are structure with their rows', async () => {
  const records = await read(made.bytes, made.log!);
  expect(records.slice(-3)).toEqual([
    { type: 'structure', name: 'chat', entry: 0, offsetBytes: 300, lengthBytes: 3 },
    { type: 'structure', name: 'media, not read', entry: 0, offsetBytes: 303, lengthBytes: 1 },
    { type: 'rows', entry: 0, rowCount: 304 },
  ]);
});

test('rows that the index counts and the table has lost are a problem of as many rows', async () => {
  const bytes = checkpointed();
  const leaf = [...Array(bytes.length / 512).keys()].filter((page) => page > 3 && bytes[page * 512] === 0x0d)[4]!;
  const cells = (bytes[leaf * 512 + 3]! << 8) | bytes[leaf * 512 + 4]!;
  bytes.fill(0, leaf * 512, leaf * 512 + 512);
  const records = await read(bytes, new Uint8Array());
  const lost = records.filter((record) => record.type === 'problem' && record.lengthBytes > 0);
  expect(lost).toEqual([
    expect.objectContaining({
      offsetBytes: 300 - cells,
      lengthBytes: cells,
      problem: { code: 'entry-damaged', raw: '', detail: `message: ${cells} of 300 rows were counted and not found` },
    }),
  ]);
  expect(records.at(-1)).toEqual({ type: 'rows', entry: 0, rowCount: 300 });
});

test('rows are the same, however often an archive is opened', async () => {
  const files = filesOf('x', { 'x.db': checkpointed() });
  const read = async (): Promise<readonly NeutralRecord[]> => {
    const { database, rows } = await openArchiveDatabase(files, 0);
    const records: NeutralRecord[] = [...rows.scan('message', ['b'])].flatMap((batch) =>
      batch.rows.map(({ span }) => structureOf('row', span)),
    );
    records.push(...rows.close(new Set()));
    database.close();
    return records;
  };
  const first = await read();
  expect(first.at(-1)).toEqual({ type: 'rows', entry: 0, rowCount: 300 });
  expect(await read()).toEqual(first);
});

// What detection sees of a database, and how little it reads for that.

import { expect, test } from 'vitest';
import { countReads } from '../../../src/bytes/counted-source';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { peekSchema } from '../../../src/bytes/sqlite/schema-peek';
import { makeDatabase } from './make-database';

async function peek(bytes: Uint8Array) {
  const { source, count } = countReads(sourceOfBytes(bytes));
  const schema = await peekSchema({ path: 'x', sizeBytes: bytes.length, modifiedAtMs: null, open: () => source });
  return { tables: schema && [...schema.keys()], sql: schema?.get('t'), bytes: count.bytes };
}

const many = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, at) => `CREATE TABLE t${from + at}(a INTEGER PRIMARY KEY, some_column TEXT, another_column TEXT);`,
  ).join('');

test('names tables and their SQL, without indexes, views and triggers', async () => {
  const { bytes } = makeDatabase('CREATE TABLE t(a, b); CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT 1; CREATE TABLE "odd name"(c);');
  expect(await peek(bytes)).toMatchObject({ tables: ['t', 'odd name'], sql: 'CREATE TABLE t(a, b)' });
});

test('finds a schema that lies all over a large file, and reads little', async () => {
  const filler = 'INSERT INTO t0(some_column) VALUES (zeroblob(300000));';
  const { bytes } = makeDatabase(`${many(0, 40)} ${filler} ${many(40, 90)} ${filler} ${many(90, 120)}`);
  const peeked = await peek(bytes);
  expect(peeked.tables).toEqual(Array.from({ length: 120 }, (_, at) => `t${at}`));
  expect(peeked.bytes).toBeLessThan(80_000);
});

test('stops at 256 KiB of a schema without end', async () => {
  const { bytes } = makeDatabase(`BEGIN; ${many(0, 2500)} COMMIT;`);
  const peeked = await peek(bytes);
  expect(peeked.tables!.length).toBeGreaterThan(1000);
  expect(peeked.bytes).toBeLessThanOrEqual(256 * 1024);
});

test.each([
  ['nothing', new Uint8Array()],
  ['text', new TextEncoder().encode('SQLite format 3 is a format of databases. '.repeat(10))],
  ['a header alone', new TextEncoder().encode('SQLite format 3\0'.padEnd(4096, '\0'))],
])('gives null for %s', async (_, bytes) => {
  expect((await peek(bytes)).tables).toBeNull();
});

test('gives what it can of a file that is cut or encrypted behind its header', async () => {
  const { bytes } = makeDatabase(many(0, 100));
  expect((await peek(bytes.subarray(0, 4096))).tables).toEqual([]);
  const noise = bytes.map((byte, at) => (at < 100 ? byte : (at * 7919) % 251));
  expect((await peek(noise)).tables).toEqual([]);
});

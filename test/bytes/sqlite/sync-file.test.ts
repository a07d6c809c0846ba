// Entries of archives as SQLite can read them: in place where that is possible, in memory where it is not, and not at all above a size.

import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/bytes/sqlite/database';
import { pagesOfFile } from '../../../src/bytes/sqlite/file-pages';
import { freeHeld } from '../../../src/bytes/sqlite/held-database';
import { heldDatabaseBytes, pagesOfEntry, syncFileOf } from '../../../src/bytes/sqlite/sync-file';
import { countReads } from '../../../src/bytes/counted-source';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { openZip } from '../../../src/bytes/zip';
import { fileSetOfFiles } from '../../../src/bytes/file-set';
import { buildZip } from '../../hostile/zip-builder';
import { makeDatabase } from './make-database';

const made = makeDatabase(`PRAGMA journal_mode=WAL; CREATE TABLE t(a);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT 'row ' || i FROM n;`);

async function countIn(isDeflated: boolean) {
  const zip = buildZip([
    { name: 'a/x.db', content: made.bytes, isDeflated },
    { name: 'a/x.db-wal', content: made.log!, isDeflated },
  ]);
  const { source, count } = countReads(sourceOfBytes(zip));
  const { entries, problems } = await openZip(source);
  const database = await openDatabase(await pagesOfEntry(fileSetOfFiles('x.zip', 'zip', entries, problems), 0));
  const rows = await database.countRows(database.table('t')!);
  database.close();
  return { rows, isSync: entries[0]!.open().readSync !== undefined, bytes: count.bytes, problems: problems.length };
}

test('a stored entry of a ZIP is read in place, a deflated one is inflated', async () => {
  expect(await countIn(false)).toMatchObject({ rows: 5000, isSync: true, problems: 0 });
  expect(await countIn(true)).toMatchObject({ rows: 5000, isSync: false, problems: 0 });
});

test('what cannot be read in place is refused above a size, before it is read', async () => {
  const { readSync: _, ...waiting } = sourceOfBytes(new Uint8Array());
  const source = { ...waiting, sizeBytes: heldDatabaseBytes + 1, read: () => Promise.reject(new Error('was read')) };
  const entry = { path: 'x.db', sizeBytes: source.sizeBytes, modifiedAtMs: null, open: () => source };
  await expect(syncFileOf(entry)).rejects.toMatchObject({ code: 'database-packed', facts: { limitMib: 64 } });
});

test('a database that is held is read once, and gives its memory back when another is opened, or when it is asked to', async () => {
  const { bytes } = makeDatabase('CREATE TABLE t(a); INSERT INTO t VALUES (zeroblob(100000));');
  const { source, count } = countReads(sourceOfBytes(bytes));
  const entry = { path: 'x.db', sizeBytes: bytes.length, modifiedAtMs: null, open: () => source };
  const first = await syncFileOf(entry);
  expect(first.readSync(0, 16)).toEqual(bytes.subarray(0, 16));
  (await openDatabase(pagesOfFile(first))).close();
  const readBytes = count.bytes;
  const again = await syncFileOf(entry);
  expect([again.readSync(0, bytes.length), count.bytes]).toEqual([bytes, readBytes]);
  (await openDatabase(pagesOfFile(again))).close();
  const other = await syncFileOf({ ...entry, path: 'y.db' });
  expect(() => again.readSync(0, 16)).toThrow(TypeError);
  (await openDatabase(pagesOfFile(other))).close();
  freeHeld();
  expect(() => other.readSync(0, 16)).toThrow(TypeError);
});

// The ledger: bytes of files, rows of databases.

import { expect, test } from 'vitest';
import { openLedger } from '../../src/intake/accounting';
import type { NeutralRecord } from '../../src/model/record';
import { filesOf } from '../importers/samples';

const files = filesOf('x', { 'notes.txt': 'abc', 'a.db': new Uint8Array(4096), 'a.db-wal': new Uint8Array(32) });
const structure = (entry: number, offsetBytes: number, lengthBytes: number): NeutralRecord => ({
  type: 'structure',
  name: 's',
  entry,
  offsetBytes,
  lengthBytes,
});

test('counts rows where an entry is a database, and bytes beside it', () => {
  const ledger = openLedger(files, [1, 2]);
  ledger.book(structure(1, 0, 7));
  ledger.book({ type: 'problem', problem: { code: 'entry-damaged', raw: '' }, entry: 1, offsetBytes: 7, lengthBytes: 2 });
  ledger.book({ type: 'rows', entry: 1, rowCount: 9 });
  ledger.book(structure(2, 0, 32));
  const { accounting, problemCounts } = ledger.close();
  expect(accounting).toEqual([
    { path: 'a.db', entry: 1, unit: 'row', sizeBytes: 9, recordBytes: 0, problemBytes: 2, structureBytes: 7 },
    { path: 'a.db-wal', entry: 2, sizeBytes: 32, recordBytes: 0, problemBytes: 0, structureBytes: 32 },
  ]);
  expect(problemCounts).toEqual({ 'entry-damaged': 1 });
});

test('says how many rows are in no record', () => {
  const ledger = openLedger(files, [1]);
  ledger.book(structure(1, 0, 7));
  ledger.book({ type: 'rows', entry: 1, rowCount: 9 });
  expect(ledger.close().problems).toEqual([
    { entry: 1, offsetBytes: 0, lengthBytes: 0, problem: { code: 'not-understood', raw: '', detail: '2 rows are not accounted for' } },
  ]);
});

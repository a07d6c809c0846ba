// An invented AddressBook.sqlitedb.

import { expect, test } from 'vitest';
import { contactsIphone } from '../../../src/importers/contacts/contacts-iphone';
import type { FileSet } from '../../../src/bytes/source';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { expectTiling, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';

const database =
  makeDatabase(`CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, Nickname TEXT,
    Organization TEXT, DisplayName TEXT, Note TEXT);
  CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER, value TEXT);
  CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
  INSERT INTO ABPerson (First, Last, Nickname, Organization) VALUES ('Ann', 'Example', NULL, NULL), ('小明', '王', NULL, NULL),
    (NULL, NULL, NULL, 'Demo Shop'), (NULL, NULL, 'Kit', NULL), (NULL, NULL, NULL, NULL), ('No', 'Number', NULL, NULL);
  INSERT INTO ABMultiValue VALUES (1, 1, 3, 0, 1, '+1 (555) 010-0001'), (2, 1, 4, 0, NULL, 'Ann@Example.com'), (3, 2, 3, 0, 1, '+8613800000001'),
    (4, 3, 3, 0, 1, '+15550100002'), (5, 4, 3, 0, 1, '555 0100 003'), (6, 5, 3, 0, 1, '+15550100004'), (7, 1, 22, 0, NULL, 'http://a.example'),
    (8, 1, 5, 0, NULL, NULL), (9, 4, 3, 0, NULL, 'no number');
  INSERT INTO ABMultiValueLabel VALUES ('_$!<Mobile>!$_');`).bytes;

describeConformance(contactsIphone, [sampleOf('AddressBook', { 'AddressBook.sqlitedb': database })]);

async function read(files: FileSet, answers = {}) {
  const [detection] = await contactsIphone.detect(files);
  const records = await readAll(contactsIphone, files, detection!, answers);
  await expectTiling(files, detection!, records);
  return records;
}

test('gives a person for each number and address, called as the phone calls them', async () => {
  const records = await read(filesOf('a', { 'AddressBook.sqlitedb': database }));
  const people = records.flatMap((record) => (record.type === 'person' ? [[record.sourceId, record.name]] : []));
  // The number without a calling code is of the country that most others are of.
  expect(people).toEqual([
    ['tel:+15550100001', 'Ann Example'],
    ['mailto:ann@example.com', 'Ann Example'],
    ['tel:+8613800000001', '王小明'],
    ['tel:+15550100002', 'Demo Shop'],
    ['tel:+15550100003', 'Kit'],
  ]);
  const kinds = records.map((record) =>
    record.type === 'problem' ? record.problem.code : record.type === 'structure' ? record.name : record.type,
  );
  expect(kinds.filter((kind) => kind === 'contact without a name')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'contact without a number')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'not-understood')).toHaveLength(1);
});

test('asks for the country of numbers that have none', async () => {
  const files = filesOf('a', { 'AddressBook.sqlitedb': database });
  const [detection] = await contactsIphone.detect(files);
  expect(await contactsIphone.ask(files, detection!)).toMatchObject([{ id: 'country', guess: 'US' }]);
});

// An invented account of LINE as an iPhone's backup has it. 1,700,000,000 s after 1970 is 2023-11-14 22:13:20 UTC.

import { expect, test } from 'vitest';
import { lineDatabase } from '../../../src/importers/line/line-database';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';

const [me, friend, group] = [`u${'0a'.repeat(16)}`, `u${'1b'.repeat(16)}`, `c${'2c'.repeat(16)}`];
const store = `AppDomainGroup-group.com.linecorp.line/Library/Application Support/PrivateStore/P_${me}`;
const own = `AppDomain-jp.naver.line/Library/Application Support/PrivateStore/P_${me}`;
const line =
  makeDatabase(`CREATE TABLE ZUSER (Z_PK INTEGER PRIMARY KEY, ZMID VARCHAR, ZNAME VARCHAR, ZCUSTOMNAME VARCHAR, ZADDRESSBOOKNAME VARCHAR);
  CREATE TABLE ZCHAT (Z_PK INTEGER PRIMARY KEY, ZMID VARCHAR, ZTYPE INTEGER);
  CREATE TABLE ZMESSAGE (Z_PK INTEGER PRIMARY KEY, ZID VARCHAR, ZCHAT INTEGER, ZSENDER INTEGER, ZTIMESTAMP INTEGER, ZCONTENTTYPE INTEGER, ZTEXT VARCHAR,
    ZSENDSTATUS INTEGER, ZMESSAGETYPE VARCHAR, ZCONTENTMETADATA BLOB);
  INSERT INTO ZUSER VALUES (1, '${friend}', 'Hanako', '花子', NULL);
  INSERT INTO ZCHAT VALUES (1, '${friend}', 0), (2, '${group}', 2);
  INSERT INTO ZMESSAGE VALUES (1, '500000000000000001', 1, 1, 1700000000000, 0, 'こんにちは', 1, NULL, NULL),
    (2, '500000000000000002', 1, NULL, 1700000001000, 0, 'やあ', 0, NULL, NULL), (3, '500000000000000003', 2, 1, 1700000002000, 1, NULL, 1, NULL, NULL),
    (4, '500000000000000004', 2, 1, 1700000003000, 7, NULL, 1, NULL, x'0102'), (5, '500000000000000005', 2, 1, 1700000004000, 99, 'later', 1, NULL, NULL),
    (6, '500000000000000006', 1, 1, 0, 0, 'no time', 1, NULL, NULL), (7, '500000000000000007', 2, NULL, 1700000006000, 3, NULL, 1, NULL, NULL);`).bytes;
const groups = makeDatabase(`CREATE TABLE ZUNIFIEDGROUP (Z_PK INTEGER PRIMARY KEY, ZID VARCHAR, ZNAME VARCHAR);
  INSERT INTO ZUNIFIEDGROUP VALUES (1, '${group}', '山の会');`).bytes;
const contacts = makeDatabase(`CREATE TABLE ZMANAGEDCNCONTACT (Z_PK INTEGER PRIMARY KEY, ZMID VARCHAR, ZNAME VARCHAR, ZPHONENUMBER VARCHAR);
  INSERT INTO ZMANAGEDCNCONTACT VALUES (1, '${me}', 'Anna', '819000000002');`).bytes;
const account = {
  [`${store}/Messages/Line.sqlite`]: line,
  [`${store}/Messages/UnifiedGroup.sqlite`]: groups,
  [`${own}/Contacts Syncing/Contacts.sqlite`]: contacts,
  [`${own}/Message Attachments/${group}/500000000000000003.jpg`]: new Uint8Array(9),
};

describeConformance(lineDatabase, [sampleOf('LINE', account)]);

test('reads chats, people, texts, files and what else is said', async () => {
  const files = filesOf('backup', account, 'folder');
  const [detection, ...others] = await lineDatabase.detect(files);
  expect(others).toEqual([]);
  expect(detection?.entries).toHaveLength(3);
  const records = await readAll(lineDatabase, files, detection!);
  await expectTiling(files, detection!, records);
  expect(records.flatMap((record) => (record.type === 'conversation' ? [[record.name, record.shape, record.sourceId]] : []))).toEqual([
    ['花子', 'direct', friend],
    ['山の会', 'group', group],
  ]);
  expect(records.flatMap((record) => (record.type === 'person' ? [[record.name, record.sourceId, record.isOwner]] : []))).toEqual([
    ['花子', friend, false],
    ['Anna', me, true],
  ]);
  const messages = messagesOf(records);
  // 7 rows, one without a time.
  expect(messages.map(({ kind, text, sender }) => [kind, text, sender])).toEqual([
    ['text', 'こんにちは', 0],
    ['text', 'やあ', 1],
    ['image', '', 0],
    ['sticker', '', 0],
    ['unknown', 'later', 0],
    ['voice', '', 1],
  ]);
  expect(messages[0]).toMatchObject({ sentAtMs: 1_700_000_000_000, clock: 'absolute', sourceId: '500000000000000001', facts: null });
  expect(messages[1]?.facts).toEqual({ extra: { isUnsent: true } });
  expect(files.entries[messages[2]?.attachments[0]?.entry ?? -1]?.path).toContain('500000000000000003.jpg');
  expect(messages[4]?.facts?.extra).toMatchObject({ raw: { ZCONTENTTYPE: 99 } });
  expect(messages[5]?.attachments).toMatchObject([{ entry: null, missing: 'not-in-archive' }]);
  expect(records.filter((record) => record.type === 'problem').map(({ problem }) => problem.code)).toEqual(['bad-time']);
});

// An invented ChatStorage.sqlite; 721,692,800 s after 2001 is 1,700,000,000 s after 1970.

import { expect, test } from 'vitest';
import type { FileSet } from '../../../src/bytes/source';
import { whatsappChatStorage } from '../../../src/importers/whatsapp-ios/whatsapp-chat-storage';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { filesOf, hasSharedSamples, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const database =
  makeDatabase(`CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZSESSIONTYPE INTEGER, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
  CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
  CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR);
  CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZGROUPEVENTTYPE INTEGER, ZTEXT VARCHAR,
    ZMESSAGEDATE TIMESTAMP, ZGROUPMEMBER INTEGER, ZPARENTMESSAGE INTEGER, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZSTARRED INTEGER);
  CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZFILESIZE INTEGER, ZMOVIEDURATION INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,
    ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR, ZMETADATA BLOB);
  CREATE TABLE Z_METADATA (Z_VERSION INTEGER);
  INSERT INTO Z_METADATA VALUES (1);
  INSERT INTO ZWACHATSESSION VALUES (1, 0, '491511@s.whatsapp.net', 'Bob Berg'), (2, 1, '49-1@g.us', '爬山');
  INSERT INTO ZWAGROUPMEMBER VALUES (1, NULL, 'Cem', '491522@s.whatsapp.net'); INSERT INTO ZWAPROFILEPUSHNAME VALUES (1, '491511@s.whatsapp.net', 'bobby');
  INSERT INTO ZWAMESSAGE VALUES (1, 1, 0, 0, 0, 'Hallo Anna', 721692800.25, NULL, NULL, '491511@s.whatsapp.net', 'I1', 1),
    (2, 1, 1, 0, 0, '周末爬山？', 721692801, NULL, 1, NULL, 'I2', 0), (3, 2, 0, 1, 0, NULL, 721692802, 1, NULL, '49-1@g.us', 'I3', 0),
    (4, 1, 1, 5, 0, NULL, 721692803, NULL, NULL, NULL, 'I4', 0), (5, 1, 0, 14, 0, NULL, 721692804, NULL, NULL, '491511@s.whatsapp.net', 'I5', 0),
    (6, 2, 0, 6, 12, NULL, 721692805, NULL, NULL, '49-1@g.us', 'I6', 0), (7, 1, 0, 8, 0, NULL, 721692806, NULL, NULL, '491511@s.whatsapp.net', 'I7', 0),
    (8, 1, 0, 4, 0, NULL, 721692807, NULL, NULL, '491511@s.whatsapp.net', 'I8', 0), (9, 1, 0, 99, 0, 'later', 721692808, NULL, NULL, '491511@s.whatsapp.net', 'I9', 0),
    (10, 1, 0, 0, 0, 'no time', NULL, NULL, NULL, '491511@s.whatsapp.net', 'I10', 0), (11, 1, 1, 0, 0, 'again', 721692810, NULL, NULL, NULL, 'I11', 0);
  INSERT INTO ZWAMEDIAITEM VALUES (1, 3, 9, 0, NULL, NULL, 'Media/49-1@g.us/0/7/photo.jpg', 'on the top', NULL, 'image/jpeg', NULL),
    (2, 4, NULL, NULL, 53.5, 9.9, NULL, NULL, NULL, NULL, NULL), (3, 7, 5, 0, NULL, NULL, 'Media/x/plan.pdf', 'The plan', NULL, 'application/pdf', NULL),
    (4, 8, NULL, NULL, NULL, NULL, NULL, NULL, 'Max Muster', 'BEGIN:VCARD', NULL), (5, 11, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'2a024931880103');`).bytes;

describeConformance(whatsappChatStorage, [sampleOf('ChatStorage', { 'ChatStorage.sqlite': database })]);

async function read(files: FileSet) {
  const [detection] = await whatsappChatStorage.detect(files);
  const records = await readAll(whatsappChatStorage, files, detection!);
  await expectTiling(files, detection!, records);
  const messages = messagesOf(records);
  return { records, messages, get: (id: string) => messages.find(({ sourceId }) => sourceId === id)! };
}

test('reads chats, people, texts, replies, files, places, cards and lines of the app', async () => {
  const files = filesOf('w', { 'ChatStorage.sqlite': database, 'Message/Media/49-1@g.us/0/7/photo.jpg': new Uint8Array(9) }, 'folder');
  const { records, messages, get } = await read(files);
  expect(records.filter((record) => record.type === 'conversation').map(({ name, shape }) => [name, shape])).toEqual([
    ['Bob Berg', 'direct'],
    ['爬山', 'group'],
  ]);
  expect(records.filter((record) => record.type === 'person').map(({ sourceId, name }) => [sourceId, name])).toEqual([
    ['491511@s.whatsapp.net', 'Bob Berg'],
    ['me', null],
    ['491522@s.whatsapp.net', 'Cem'],
  ]);
  // 11 rows, one without a time.
  expect(messages).toHaveLength(10);
  expect(get('I1')).toMatchObject({ text: 'Hallo Anna', sentAtMs: 1_700_000_000_250, sender: 0, facts: { extra: { isStarred: true } } });
  expect(get('I2')).toMatchObject({ sender: 1, facts: { replyTo: { sourceId: 'I1', excerpt: 'Hallo Anna' } } });
  expect(get('I3')).toMatchObject({
    kind: 'image',
    text: 'on the top',
    sender: 2,
    attachments: [{ entry: 1, mime: 'image/jpeg', sizeBytes: 9 }],
  });
  expect(get('I4').facts?.location).toEqual({ latitude: 53.5, longitude: 9.9 });
  expect(get('I5').facts).toEqual({ deleted: { by: 'unknown' } });
  expect(get('I6')).toMatchObject({ kind: 'system', sender: -1, facts: { service: { action: 'event_6_12' } } });
  expect(get('I7')).toMatchObject({ kind: 'file', text: '', attachments: [{ name: 'The plan', missing: 'not-in-archive', sizeBytes: 5 }] });
  expect(get('I8').facts?.contact).toEqual({ name: 'Max Muster' });
  expect(get('I9')).toMatchObject({ kind: 'unknown', text: 'later', facts: { extra: { type: 99, raw: { ZSTANZAID: 'I9' } } } });
  // Fields 5 and 17 of the metadata.
  expect(get('I11').facts).toEqual({ replyTo: { sourceId: 'I1' }, forward: { fromName: null } });
});

test.runIf(hasSharedSamples)('reads a database with all columns', async () => {
  const { messages } = await read(await sampleAt(sharedSamplePath('international/_generated/ChatStorage.sqlite')).open());
  expect(messages.map(({ kind }) => kind)).toEqual(['system', 'text', 'image', 'location', 'text', 'system', 'text']);
});

// An invented chat.db, its rows told by hand. 721,692,800 s after 2001 is 2023-11-14T22:13:20Z, 1,700,000,000 s after 1970.

import { expect, test } from 'vitest';
import type { FileSet } from '../../../src/bytes/source';
import { imessageDatabase } from '../../../src/importers/imessage-database/imessage-database';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { streamOf } from '../../bytes/typedstream-builder';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { filesOf, hasSharedSamples, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const hex = (bytes: Uint8Array): string => `x'${Buffer.from(bytes).toString('hex')}'`;
const at = (seconds: number): string => `${721_692_800 + seconds}000000000`;

const database = makeDatabase(`CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
  CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, display_name TEXT);
  CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, date INTEGER, date_retracted INTEGER,
    is_from_me INTEGER, service TEXT, item_type INTEGER, group_title TEXT, group_action_type INTEGER, other_handle INTEGER, associated_message_guid TEXT,
    associated_message_type INTEGER, associated_message_emoji TEXT, balloon_bundle_id TEXT, thread_originator_guid TEXT, is_audio_message INTEGER);
  CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
  CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, mime_type TEXT, uti TEXT, transfer_name TEXT, total_bytes INTEGER);
  CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
  CREATE TABLE kvtable (ROWID INTEGER PRIMARY KEY, key TEXT);
  INSERT INTO handle VALUES (1, '+15550001', 'iMessage'), (2, 'ida@example.org', 'iMessage'); INSERT INTO kvtable VALUES (1, 'x');
  INSERT INTO chat VALUES (1, 'iMessage;-;+15550001', 45, '+15550001', ''), (2, 'iMessage;+;chat77', 43, 'chat77', '爬山');
  INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, date, is_from_me, service) VALUES
    (1, 'G1', 'Hello Anna', NULL, 1, ${at(0)}, 0, 'iMessage'), (2, 'G2', NULL, ${hex(streamOf('周末爬山？'))}, 0, ${at(60)}, 1, 'SMS'),
    (3, 'G3', NULL, ${hex(streamOf('\ufffclook'))}, 2, ${at(120)}, 0, 'iMessage'), (4, 'G4', 'of 2012', NULL, 1, 360000000, 0, 'iMessage'),
    (5, 'G5', 'in two chats', NULL, 2, ${at(180)}, 0, 'iMessage'), (6, 'G6', 'no chat', NULL, 2, ${at(240)}, 0, 'iMessage'),
    (7, 'G7', NULL, NULL, 1, NULL, 0, 'iMessage');
  INSERT INTO message (ROWID, guid, text, handle_id, date, is_from_me, associated_message_guid, associated_message_type, associated_message_emoji) VALUES
    (10, 'T1', 'Loved', 1, ${at(300)}, 0, 'p:0/G2', 2000, NULL), (11, 'T2', 'Liked', 2, ${at(310)}, 0, 'bp:G2', 2001, NULL),
    (12, 'T3', 'Removed', 2, ${at(320)}, 0, 'p:0/G2', 3001, NULL), (13, 'T4', 'Reacted', 0, ${at(330)}, 1, 'G1', 2006, '🔥');
  INSERT INTO message (ROWID, guid, handle_id, date, is_from_me, item_type, group_title, group_action_type, other_handle) VALUES
    (20, 'S1', 1, ${at(400)}, 0, 2, 'New name', 0, 0), (21, 'S2', 1, ${at(410)}, 0, 1, NULL, 0, 2);
  INSERT INTO message (ROWID, guid, text, handle_id, date, is_from_me, balloon_bundle_id, thread_originator_guid) VALUES
    (30, 'B1', 'https://example.org', 1, ${at(500)}, 0, 'com.apple.messages.URLBalloonProvider', NULL),
    (31, 'B2', '', 1, ${at(510)}, 0, 'com.apple.Handwriting', NULL), (32, 'R1', 'answer', 0, ${at(520)}, 1, NULL, 'G1');
  INSERT INTO chat_message_join VALUES (1, 1), (1, 2), (2, 3), (1, 4), (1, 5), (2, 5), (1, 10), (1, 11), (1, 12), (1, 13), (2, 20), (2, 21), (1, 30), (1, 31), (1, 32);
  INSERT INTO attachment VALUES (1, '~/Library/Messages/Attachments/ab/11/AA-1/IMG_1.HEIC', 'image/heic', 'public.heic', 'IMG_1.HEIC', 7),
    (2, '~/Library/Messages/Attachments/ab/12/AA-2/gone.caf', NULL, 'com.apple.coreaudio-format', 'Audio.caf', 9);
  INSERT INTO message_attachment_join VALUES (3, 1), (3, 2);`).bytes;

describeConformance(imessageDatabase, [sampleOf('chat.db', { 'chat.db': database })]);

async function read(files: FileSet) {
  const [detection] = await imessageDatabase.detect(files);
  const records = await readAll(imessageDatabase, files, detection!);
  await expectTiling(files, detection!, records);
  const messages = messagesOf(records);
  const people = records.filter((record) => record.type === 'person');
  const senderOf = (sender: number): string | null => people.find(({ index }) => index === sender)?.sourceId ?? null;
  return { records, messages, senderOf, get: (id: string) => messages.find(({ sourceId }) => sourceId === id)! };
}

const folder = filesOf(
  'Messages',
  { 'chat.db': database, 'Attachments/ab/11/AA-1/IMG_1.HEIC': new Uint8Array(7), 'Attachments/cd/AA-9/IMG_1.HEIC': new Uint8Array(1) },
  'folder',
);

test('reads chats, senders, texts of both kinds and times of both kinds', async () => {
  const { records, messages, senderOf, get } = await read(folder);
  expect(records.filter((record) => record.type === 'conversation').map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['iMessage;-;+15550001', '+15550001', 'direct'],
    ['iMessage;+;chat77', '爬山', 'group'],
    ['handle;ida@example.org', 'ida@example.org', 'direct'],
  ]);
  // 12 rows that are messages, one of them in two chats.
  expect(messages).toHaveLength(12);
  expect([get('G1'), get('G2'), get('G4')].map(({ sender, text, sentAtMs }) => [senderOf(sender), text, sentAtMs])).toEqual([
    ['+15550001', 'Hello Anna', 1_700_000_000_000],
    ['me', '周末爬山？', 1_700_000_060_000],
    ['+15550001', 'of 2012', (978_307_200 + 360_000_000) * 1000],
  ]);
  expect(messages.filter(({ sourceId }) => sourceId === 'G5').map(({ conversation, lengthBytes }) => [conversation, lengthBytes])).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(records.filter((record) => record.type === 'problem')).toMatchObject([{ problem: { code: 'bad-time' }, lengthBytes: 1 }]);
});

test('reads attachments, tapbacks, replies, apps and lines of the app', async () => {
  const { get } = await read(folder);
  expect(get('G3')).toMatchObject({
    kind: 'text',
    text: 'look',
    attachments: [
      { kind: 'image', entry: 1, missing: null, sizeBytes: 7 },
      { kind: 'audio', name: 'Audio.caf', entry: null, missing: 'not-in-archive' },
    ],
  });
  expect(get('G2').facts).toEqual({ reactions: [{ emoji: '❤️', count: 1, by: ['+15550001'] }], extra: { service: 'SMS' } });
  expect(get('G1').facts?.reactions).toEqual([{ emoji: '🔥', count: 1, by: [] }]);
  expect(get('S1')).toMatchObject({ kind: 'system', facts: { service: { action: 'edit_group_title', members: ['New name'] } } });
  expect(get('S2').facts?.service).toEqual({ action: 'invite_members', members: ['ida@example.org'] });
  expect(get('B1')).toMatchObject({ kind: 'link', text: 'https://example.org' });
  expect(get('B2')).toMatchObject({ kind: 'unknown', facts: { extra: { app: 'com.apple.Handwriting', raw: { guid: 'B2' } } } });
  expect(get('R1').facts?.replyTo).toEqual({ sourceId: 'G1' });
});

test.runIf(hasSharedSamples)('reads texts from before an edit', async () => {
  const { messages, get } = await read(await sampleAt(sharedSamplePath('international/_generated/chat.db')).open());
  // 10 rows, 3 of them tapbacks.
  expect(messages).toHaveLength(7);
  expect(get('00000000-0000-4000-8000-000000000008')).toMatchObject({
    text: 'Second',
    facts: { edited: { editedAtMs: 1_700_000_230_000 }, olderTexts: [{ text: 'First', editedAtMs: 1_700_000_220_000 }] },
  });
});

// An invented viber.db, made by sqlite3. Times count from 1,700,000,000,000 ms, one minute an event.

import { expect, test } from 'vitest';
import type { FileSet } from '../../../src/bytes/source';
import { viberDatabase } from '../../../src/importers/viber/viber-database';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';

const startMs = 1_700_000_000_000;
/** Tokens are above 2^53. */
const token = (event: number): string => String(5_800_000_000_000_000_000n + BigInt(event));

interface EventFields {
  readonly chat: number;
  readonly contact: number;
  readonly own?: boolean;
  readonly at?: number;
  /** `Type, Body, PayloadPath, StickerID, Duration, Info` of the message; null for an event without one. */
  readonly message: string | null;
}

const events: readonly EventFields[] = [
  { chat: 1, contact: 2, message: "1, 'Hallo Anna', NULL, NULL, NULL, NULL" },
  { chat: 1, contact: 1, own: true, message: `1, '周末爬山？', NULL, NULL, NULL, '{"quote":{"token":"${token(1)}","text":"Hallo Anna"}}'` },
  { chat: 2, contact: 3, message: "2, 'on the top', 'C:\\Users\\a\\Documents\\ViberDownloads\\photo.jpg', NULL, NULL, NULL" },
  { chat: 2, contact: 3, message: `6, NULL, '/x/voice.m4a', NULL, 7, NULL` },
  { chat: 2, contact: 3, message: `11, NULL, NULL, NULL, NULL, '{"fileInfo":{"FileName":"plan.pdf","FileSize":5}}'` },
  { chat: 1, contact: 2, message: '4, NULL, NULL, 40133, NULL, NULL' },
  { chat: 1, contact: 2, message: "77, 'of the future', NULL, NULL, NULL, NULL" },
  { chat: 1, contact: 2, message: null },
  { chat: 1, contact: 2, at: 0, message: "1, 'no time', NULL, NULL, NULL, NULL" },
  { chat: 3, contact: 2, message: "9, 'https://example.org', NULL, NULL, NULL, NULL" },
];

const database =
  makeDatabase(`CREATE TABLE Events (EventID INTEGER PRIMARY KEY, TimeStamp INTEGER, Direction INTEGER, Type INTEGER, ChatID INTEGER, ContactID INTEGER, Token INTEGER);
  CREATE TABLE Messages (EventID INTEGER PRIMARY KEY, Type INTEGER, Status INTEGER, Subject TEXT, Body TEXT, Flag INTEGER, PayloadPath TEXT, ThumbnailPath TEXT, StickerID INTEGER, Duration INTEGER, Info TEXT);
  CREATE TABLE Contact (ContactID INTEGER PRIMARY KEY, Name TEXT, ClientName TEXT, Number TEXT, MID TEXT); CREATE TABLE ChatInfo (ChatID INTEGER PRIMARY KEY, Name TEXT, Token INTEGER);
  CREATE TABLE ChatRelation (ChatID INTEGER, ContactID INTEGER); CREATE TABLE Calls (EventID INTEGER);
  INSERT INTO Contact VALUES (1, NULL, 'Anna', '+49150', 'MA'), (2, 'Bob Berg', 'bobby', '+491511', 'MB'), (3, NULL, 'Cem', NULL, 'MC');
  INSERT INTO ChatInfo VALUES (1, NULL, 0), (2, '爬山', 99); INSERT INTO ChatRelation VALUES (1, 1), (1, 2), (2, 1), (2, 2), (2, 3); INSERT INTO Calls VALUES (8);
  INSERT INTO Events VALUES ${events.map(({ chat, contact, own = false, at }, index) => `(${index + 1}, ${at ?? startMs + index * 60_000}, ${own ? 1 : 0}, ${index === 7 ? 2 : 1}, ${chat}, ${contact}, ${token(index + 1)})`).join(', ')};
  INSERT INTO Messages (EventID, Type, Body, PayloadPath, StickerID, Duration, Info) VALUES ${events.flatMap(({ message }, index) => (message === null ? [] : [`(${index + 1}, ${message})`])).join(', ')};`).bytes;

describeConformance(viberDatabase, [sampleOf('viber.db', { 'viber.db': database })]);

async function read(files: FileSet) {
  const [detection] = await viberDatabase.detect(files);
  const records = await readAll(viberDatabase, files, detection!);
  expect(findFault(files, detection!, records)).toBeNull();
  await expectTiling(files, detection!, records);
  const messages = messagesOf(records);
  return { records, messages, get: (event: number) => messages.find(({ sourceId }) => sourceId === token(event))! };
}

test('reads chats, people, texts, replies, files, stickers', async () => {
  const files = filesOf('viber', { 'viber.db': database, 'ViberDownloads/photo.jpg': new Uint8Array(9) });
  const { records, messages, get } = await read(files);
  expect(records.filter((record) => record.type === 'conversation').map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['+491511', 'Bob Berg', 'direct'],
    ['99', '爬山', 'group'],
    ['chat-3', null, 'unknown'],
  ]);
  expect(records.filter((record) => record.type === 'person').map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    ['+491511', 'Bob Berg', false],
    ['+49150', 'Anna', true],
    ['MC', 'Cem', false],
  ]);
  // 10 events, one without a time.
  expect(messages).toHaveLength(9);
  expect(get(1)).toMatchObject({ kind: 'text', text: 'Hallo Anna', sentAtMs: startMs, sender: 0, facts: null });
  expect(get(2)).toMatchObject({ sender: 1, facts: { replyTo: { sourceId: token(1), excerpt: 'Hallo Anna' } } });
  expect(get(3)).toMatchObject({
    kind: 'image',
    text: 'on the top',
    sender: 2,
    attachments: [{ name: 'photo.jpg', entry: 1, sizeBytes: 9 }],
  });
  expect(get(4)).toMatchObject({ kind: 'voice', attachments: [{ missing: 'not-in-archive', durationMs: 7000 }] });
  expect(get(5)).toMatchObject({ kind: 'file', attachments: [{ name: 'plan.pdf', sizeBytes: 5 }] });
  expect(get(6)).toMatchObject({ kind: 'sticker', facts: { extra: { stickerId: '40133' } } });
  expect(get(10)).toMatchObject({ kind: 'link', text: 'https://example.org' });
});

test('keeps raw what is not known, and events without a message', async () => {
  const { records, get } = await read(filesOf('viber', { 'viber.db': database }));
  expect(get(7)).toMatchObject({ kind: 'unknown', text: 'of the future', facts: { extra: { raw: { Type: 77 }, event: { EventID: 7 } } } });
  expect(get(8)).toMatchObject({ kind: 'system', sender: -1, facts: { service: { action: 'event_2' }, extra: { event: { EventID: 8 } } } });
  expect(records.filter((record) => record.type === 'problem').map(({ problem }) => problem.code)).toEqual(['bad-time']);
  expect(records.filter((record) => record.type === 'structure').map(({ name }) => name)).toContain('Calls, not read');
});

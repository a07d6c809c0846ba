// What the invented databases hold, told by hand from samples.ts.

import { expect, test } from 'vitest';
import { whatsappMsgstore } from '../../../src/importers/whatsapp-android/whatsapp-msgstore';
import type { FileSet } from '../../../src/bytes/source';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';
import { contacts, legacy, modern } from './samples';

describeConformance(whatsappMsgstore, [sampleOf('modern', { 'msgstore.db': modern }), sampleOf('legacy', { 'msgstore.db': legacy })]);

const picture = Uint8Array.of(0xff, 0xd8, 0xff);
const folder = filesOf(
  'WhatsApp',
  {
    'WhatsApp/Databases/msgstore.db': modern,
    'WhatsApp/Databases/wa.db': contacts,
    'WhatsApp/Media/WhatsApp Images/IMG-20231114-WA0001.jpg': picture,
    'WhatsApp/Media/WhatsApp Images/Sent/IMG-20231114-WA0001.jpg': new Uint8Array(1),
    'WhatsApp/Media/WhatsApp Voice Notes/202346/PTT-20231114-WA0002.opus': new Uint8Array(9),
  },
  'folder',
);

async function read(files: FileSet) {
  const detections = await whatsappMsgstore.detect(files);
  expect(detections).toHaveLength(1);
  const records = await readAll(whatsappMsgstore, files, detections[0]!);
  await expectTiling(files, detections[0]!, records);
  const conversations = records.filter((record) => record.type === 'conversation');
  const people = records.filter((record) => record.type === 'person');
  const messages = messagesOf(records);
  const byId = new Map(messages.map((message) => [message.sourceId, message]));
  const senderOf = (id: string) => people.find(({ index }) => index === byId.get(id)?.sender)?.name ?? null;
  return { detection: detections[0]!, records, conversations, people, messages, get: (id: string) => byId.get(id)!, senderOf };
}

test('takes the modern database with wa.db, and names people by the address book', async () => {
  const { detection, conversations, people, messages } = await read(folder);
  expect(detection).toMatchObject({ formatVersion: 'modern', entries: [0, 1] });
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['491511@s.whatsapp.net', 'Bob Berg', 'direct'],
    ['49-1@g.us', 'Wandern 爬山', 'group'],
  ]);
  expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    ['491511@s.whatsapp.net', 'Bob Berg', false],
    ['me', 'Anna', true],
    ['491522@s.whatsapp.net', 'Cem', false],
    ['7766@lid', 'Hidden Ida', false],
  ]);
  // 15 rows of `message` without the placeholder, and 2 calls.
  expect(messages).toHaveLength(17);
});

test('reads texts, senders, replies, edits and reactions', async () => {
  const { get, senderOf } = await read(folder);
  expect(get('M2')).toMatchObject({
    text: 'Hallo Anna',
    sentAtMs: 1_700_000_002_000,
    clock: 'absolute',
    facts: { extra: { isStarred: true } },
  });
  // Bob's was taken back (empty).
  expect(get('M2').facts?.reactions).toEqual([{ emoji: '❤️', count: 1, by: ['Anna'] }]);
  expect(get('M3').facts).toEqual({
    replyTo: { sourceId: 'M2', excerpt: 'Hallo Anna' },
    reactions: [{ emoji: '👍', count: 2, by: ['Bob Berg', 'Cem'] }],
    edited: { editedAtMs: 1_700_000_099_000 },
  });
  expect(['M2', 'M3', 'M9', 'M10', 'M11', 'M12'].map(senderOf)).toEqual(['Bob Berg', 'Anna', 'Cem', 'Hidden Ida', null, 'Cem']);
  expect(get('M9').facts?.extra).toEqual({ mentions: ['Hidden Ida'] });
});

test('reads files, places, cards, links, lines of the app, polls and calls', async () => {
  const { get } = await read(folder);
  expect(get('M4')).toMatchObject({
    kind: 'image',
    text: 'on the top',
    attachments: [{ kind: 'image', entry: 2, missing: null, sizeBytes: 3, widthPx: 640 }],
  });
  expect(get('M5')).toMatchObject({ kind: 'voice', attachments: [{ entry: 4, durationMs: 7000 }] });
  expect(get('M6').attachments).toMatchObject([
    { kind: 'file', name: 'The plan.pdf', entry: null, missing: 'not-in-archive', sizeBytes: 5 },
  ]);
  expect(get('M7')).toMatchObject({
    kind: 'location',
    facts: { location: { latitude: 53.5, longitude: 9.9, name: 'Harbour', address: 'Quay 1' } },
  });
  expect(get('M8')).toMatchObject({ kind: 'contact', facts: { contact: { name: 'Max Muster', phone: '+49 1' } } });
  expect(get('M10')).toMatchObject({
    kind: 'link',
    facts: { forward: { fromName: null }, extra: { link: { url: 'https://example.org', title: 'Example' } } },
  });
  expect(get('M11')).toMatchObject({
    kind: 'system',
    sender: -1,
    facts: { service: { action: 'invite_members', members: ['Bob Berg', 'Hidden Ida'] } },
  });
  expect(get('M12')).toMatchObject({ kind: 'text', text: '', facts: { deleted: { by: 'admin' } } });
  expect(get('M13')).toMatchObject({
    kind: 'poll',
    facts: {
      poll: {
        question: 'When?',
        options: [
          { text: 'Saturday', votes: 2 },
          { text: 'Sunday', votes: 0 },
        ],
      },
    },
  });
  expect(get('M14')).toMatchObject({ kind: 'image', attachments: [{ entry: null, missing: 'expired' }] });
  expect(get('M15')).toMatchObject({
    kind: 'unknown',
    text: 'of the future',
    facts: { extra: { type: 777, raw: { key_id: 'M15', message_type: 777 } } },
  });
  expect(get('M16')).toMatchObject({ kind: 'call', facts: { call: { outcome: 'missed' } } });
  expect(get('call:AB')).toMatchObject({ conversation: 0, facts: { call: { durationMs: 62_000, outcome: 'answered', video: true } } });
  expect(get('call:CD')).toMatchObject({ conversation: 1, facts: { call: { durationMs: null, outcome: 'unknown', video: false } } });
});

test('accounts for every row of both databases', async () => {
  const { records } = await read(folder);
  expect(records.filter((record) => record.type === 'structure' && /not read|placeholder/.test(record.name))).toMatchObject([
    { name: 'message, placeholder', lengthBytes: 1 },
    { name: 'sqlite_sequence, not read', lengthBytes: 1 },
    { name: 'frequents, not read', lengthBytes: 2 },
  ]);
  expect(records.filter((record) => record.type === 'rows').map(({ entry }) => entry)).toEqual([0, 1]);
});

test('reads the legacy schema', async () => {
  const { detection, conversations, messages, get, senderOf, records } = await read(
    filesOf('old', { 'msgstore.db': legacy, 'Media/WhatsApp Images/IMG-20140513-WA0001.jpg': picture }, 'folder'),
  );
  expect(detection.formatVersion).toBe('legacy');
  expect(conversations.map(({ name, shape }) => [name, shape])).toEqual([
    ['Old group', 'group'],
    ['+491511', 'direct'],
  ]);
  expect(messages.map(({ sourceId }) => sourceId)).toEqual(['L2', 'L3', 'L4', 'L5', 'L6', 'L8']);
  expect([senderOf('L2'), get('L3').facts?.replyTo]).toEqual(['+491511', { sourceId: 'L2', excerpt: 'first' }]);
  expect(get('L4')).toMatchObject({ kind: 'system', text: 'New name', sender: -1, facts: { service: { action: 'edit_group_title' } } });
  expect(get('L5').facts).toEqual({ deleted: { by: 'sender' } });
  expect(get('L6').text).toBe('Haha\ufffd');
  expect(get('L8')).toMatchObject({ text: 'a view', attachments: [{ entry: 1, name: 'IMG-20140513-WA0001.jpg' }] });
  expect(records.filter((record) => record.type === 'problem')).toMatchObject([{ problem: { code: 'bad-time' }, lengthBytes: 1 }]);
});

test('a database with both tables is read by the one that holds messages', async () => {
  const { makeDatabase } = await import('../../bytes/sqlite/make-database');
  const both =
    makeDatabase(`CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string TEXT); CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INT, subject TEXT);
    CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INT, key_id TEXT); INSERT INTO message VALUES (1, -1, '-1');
    CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_id TEXT, data TEXT, timestamp INT);
    INSERT INTO messages VALUES (1, '491511@s.whatsapp.net', 'A', 'old text', 1400000000000);`).bytes;
  const { detection, messages } = await read(filesOf('both', { 'msgstore.db': both }));
  expect([detection.formatVersion, messages.map(({ text }) => text)]).toEqual(['mixed', ['old text']]);
});

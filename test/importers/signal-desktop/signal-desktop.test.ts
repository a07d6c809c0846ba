// An invented db.sqlite, made by sqlite3 with the columns that Signal Desktop has. Times count from 1,700,000,000,000 ms, one minute a row.

import { expect, test } from 'vitest';
import type { FileSet } from '../../../src/bytes/source';
import { signalDesktop } from '../../../src/importers/signal-desktop/signal-desktop';
import { sealCbcHmac } from '../../crypto/cbc-hmac-builder';
import { sqlcipher4 } from '../../bytes/sqlite/encrypt-pages';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { testEncrypted } from '../encrypted-form';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';

const [bob, cem, own] = [
  '22222222-2222-4222-8222-222222222222',
  '33333333-3333-4333-8333-333333333333',
  '99999999-9999-4999-8999-999999999999',
];
const startMs = 1_700_000_000_000;

const key = Uint8Array.from({ length: 64 }, (_, at) => at * 3);
const localKey = Buffer.from(key).toString('base64');
const picture = Uint8Array.of(0xff, 0xd8, 0xff);
/** With the zeros that hide its size. */
const sealed = sealCbcHmac(Uint8Array.from([...picture, 0, 0, 0, 0]), key, new Uint8Array(16));

interface MessageFields {
  readonly chat?: string;
  readonly type?: string;
  readonly body?: string;
  readonly from?: string | null;
  readonly number?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly at?: number;
}

const files = (path: string, more: Readonly<Record<string, unknown>> = {}) => ({
  attachments: [{ contentType: 'image/jpeg', path, size: 3, ...more }],
});
const messages: readonly MessageFields[] = [
  {
    body: 'Hallo Anna',
    json: {
      reactions: [
        { emoji: '👍', fromId: 'c3', timestamp: 1 },
        { emoji: '👍', fromId: 'c2', timestamp: 2 },
      ],
    },
  },
  { type: 'outgoing', from: null, body: '你好', json: { quote: { id: startMs, authorAci: bob, text: 'Hallo Anna' } } },
  {
    chat: 'c3',
    from: cem,
    body: 'hey \ufffc now',
    json: {
      bodyRanges: [
        { start: 4, length: 1, mentionAci: bob },
        { start: 0, length: 3, style: 1 },
      ],
    },
  },
  { body: '', json: files('ab/abcdef', { fileName: 'photo.jpg', width: 4, height: 5 }) },
  { body: '', json: files('cd/sealed', { version: 2, localKey }) },
  {
    body: 'new words',
    json: {
      editHistory: [
        { body: 'new words', timestamp: startMs + 999_000 },
        { body: 'old words', timestamp: startMs + 5 },
      ],
    },
  },
  { body: '', json: { deletedForEveryone: true } },
  { body: '', json: { sticker: { emoji: '🐸', data: { contentType: 'image/webp', path: 'ef/sticker' } } } },
  { body: '', json: { contact: [{ name: { givenName: 'Max', familyName: 'Muster' }, number: [{ value: '+491' }] }] } },
  { type: 'group-v2-change', chat: 'c3', from: cem, json: { groupV2Change: { details: [] } } },
  { type: 'call-history', json: { callHistoryDetails: { wasVideoCall: true, acceptedTime: 5 } } },
  { body: '', json: { giftBadge: {} } },
  { from: null, number: '+4915112345678', body: 'of an old version' },
  { body: 'no time', at: 0 },
  { body: 'with rows of attachments', json: {} },
];
const text = (value: string | null | undefined): string =>
  value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
const rows = messages.map(({ chat = 'c2', type = 'incoming', body, from = bob, number, json = {}, at }, index) => {
  const sentAt = at ?? startMs + index * 60_000;
  return `(${text(`m${index + 1}`)}, ${text(JSON.stringify({ id: `m${index + 1}`, ...json }))}, ${sentAt}, ${text(chat)}, ${index}, ${text(type)}, ${text(body)}, ${text(from)}, ${text(number)})`;
});
const conversation = (
  id: string,
  type: string,
  name: string | null,
  profile: string | null,
  account: string | null,
  json: object,
): string =>
  `(${text(id)}, ${text(JSON.stringify(json))}, ${text(type)}, ${text(name)}, ${text(profile)}, ${text(account)}, ${type === 'group' ? "'R3JvdXA='" : 'NULL'})`;

const database =
  makeDatabase(`CREATE TABLE conversations (id STRING PRIMARY KEY ASC, json TEXT, active_at INTEGER, type STRING, members TEXT, name TEXT, profileName TEXT,
    profileFullName TEXT, e164 TEXT, serviceId TEXT, groupId TEXT);
  CREATE TABLE messages (rowid INTEGER PRIMARY KEY ASC, id STRING UNIQUE, json TEXT, sent_at INTEGER, conversationId STRING, received_at INTEGER, source STRING,
    type STRING, body TEXT, sourceServiceId TEXT, received_at_ms INTEGER);
  CREATE TABLE items (id STRING PRIMARY KEY ASC, json TEXT); CREATE TABLE unprocessed (id STRING PRIMARY KEY ASC);
  CREATE TABLE message_attachments (messageId TEXT, editHistoryIndex INTEGER, attachmentType TEXT, orderInMessage INTEGER, size INTEGER, contentType TEXT, path TEXT,
    fileName TEXT, localKey TEXT, version INTEGER, flags INTEGER);
  INSERT INTO items VALUES ('uuid_id', '{"id":"uuid_id","value":"${own}.2"}'); INSERT INTO unprocessed VALUES ('x');
  INSERT INTO conversations (id, json, type, name, profileFullName, serviceId, groupId) VALUES ${[
    conversation('c1', 'private', null, 'Anna', own, {}),
    conversation('c2', 'private', 'Bob Berg', 'bobby', bob, {}),
    conversation('c3', 'group', '爬山', null, null, { masterKey: 'TWFzdGVy' }),
    conversation('c4', 'private', null, 'Cem', cem, { nicknameGivenName: 'Dr', nicknameFamilyName: 'Cem' }),
  ].join(', ')};
  INSERT INTO messages (id, json, sent_at, conversationId, received_at, type, body, sourceServiceId, source) VALUES ${rows.join(', ')};
  INSERT INTO message_attachments VALUES ('m15', -1, 'attachment', 0, 9, 'audio/aac', 'gh/voice', NULL, NULL, 1, 1), ('m15', -1, 'preview', 0, 9, 'image/png', 'ij/preview', NULL, NULL, 1, 0),
    ('m15', 0, 'attachment', 0, 9, 'image/png', 'kl/older', NULL, NULL, 1, 0);`).bytes;

describeConformance(signalDesktop, [sampleOf('db.sqlite', { 'db.sqlite': database })]);

const rawKey = { bytes: Buffer.alloc(32, 0xa7), salt: Buffer.alloc(16, 0x3c) };
testEncrypted(
  'SQLCipher 4 with a raw key',
  signalDesktop,
  { 'Signal/sql/db.sqlite': database },
  { ...sqlcipher4, key: rawKey },
  `x'${'a7'.repeat(32)}'`,
);

async function read(set: FileSet) {
  const [detection] = await signalDesktop.detect(set);
  const records = await readAll(signalDesktop, set, detection!);
  expect(findFault(set, detection!, records)).toBeNull();
  await expectTiling(set, detection!, records);
  const found = messagesOf(records);
  const people = records.filter((record) => record.type === 'person');
  const get = (number: number) => found.find(({ sentAtMs }) => sentAtMs === startMs + (number - 1) * 60_000)!;
  return {
    records,
    messages: found,
    people,
    get,
    senderOf: (number: number) => people.find(({ index }) => index === get(number).sender)?.sourceId ?? null,
  };
}

const alone = (): FileSet => filesOf('signal', { 'sql/db.sqlite': database });

test('reads chats and people with the ids that Signal’s own export gives them', async () => {
  const { records, messages: found, people, get, senderOf } = await read(alone());
  expect(records.filter((record) => record.type === 'conversation').map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    [bob, 'Bob Berg', 'direct'],
    ['TWFzdGVy', '爬山', 'group'],
  ]);
  expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    [bob, 'Bob Berg', false],
    ['self', 'Anna', true],
    [cem, 'Dr Cem', false],
    ['+4915112345678', null, false],
  ]);
  // 15 rows, one without a time.
  expect(found).toHaveLength(14);
  expect(records.filter((record) => record.type === 'problem').map(({ problem }) => problem.code)).toEqual(['bad-time']);
  expect(get(1)).toMatchObject({
    kind: 'text',
    text: 'Hallo Anna',
    sourceId: `${bob}:${startMs}`,
    facts: { reactions: [{ emoji: '👍', count: 2, by: ['爬山', 'Bob Berg'] }] },
  });
  expect(get(2)).toMatchObject({
    sourceId: `self:${startMs + 60_000}`,
    facts: { replyTo: { sourceId: `${bob}:${startMs}`, excerpt: 'Hallo Anna' } },
  });
  expect([1, 2, 3, 10].map(senderOf)).toEqual([bob, 'self', cem, null]);
});

test('reads mentions and styles, edits, deletions, stickers, cards, calls and lines of the app', async () => {
  const { get } = await read(alone());
  expect(get(3)).toMatchObject({
    text: 'hey @Bob Berg now',
    facts: {
      entities: [
        { type: 'mention', offset: 4, length: 9 },
        { type: 'bold', offset: 0, length: 3 },
      ],
    },
  });
  expect(get(6)).toMatchObject({
    text: 'new words',
    facts: { edited: { editedAtMs: startMs + 999_000 }, olderTexts: [{ text: 'old words', editedAtMs: startMs + 5 }] },
  });
  expect(get(7)).toMatchObject({ kind: 'text', text: '', facts: { deleted: { by: 'sender' } } });
  expect(get(8)).toMatchObject({ kind: 'sticker', text: '🐸', attachments: [{ kind: 'sticker', missing: 'not-in-archive' }] });
  expect(get(9)).toMatchObject({ kind: 'contact', facts: { contact: { name: 'Max Muster', phone: '+491' } } });
  expect(get(10)).toMatchObject({ kind: 'system', facts: { service: { action: 'group-v2-change' } } });
  expect(get(11)).toMatchObject({ kind: 'call', facts: { call: { outcome: 'answered', video: true } } });
  expect(get(12)).toMatchObject({ kind: 'unknown', facts: { extra: { raw: '{"id":"m12","giftBadge":{}}' } } });
});

test('finds files, and opens sealed ones', async () => {
  const set = filesOf('signal', {
    'sql/db.sqlite': database,
    'attachments.noindex/ab/abcdef': new Uint8Array(3),
    'attachments.noindex/cd/sealed': sealed,
    'attachments.noindex/gh/voice': new Uint8Array(9),
  });
  const { get } = await read(set);
  expect(get(4)).toMatchObject({
    kind: 'image',
    attachments: [{ entry: 1, name: 'photo.jpg', mime: 'image/jpeg', widthPx: 4, heightPx: 5 }],
  });
  expect(get(5)).toMatchObject({ kind: 'image', attachments: [{ entry: 2, missing: null, sizeBytes: 3 }], facts: null });
  expect(await get(5).attachments[0]?.readBytes?.()).toEqual(picture);
  expect(get(15)).toMatchObject({ kind: 'voice', text: 'with rows of attachments', attachments: [{ kind: 'voice', entry: 3 }] });
  expect(get(15).attachments).toHaveLength(1);
});

test('the key of a sealed file that is not there is kept; one that is damaged gives nothing', async () => {
  const { get } = await read(alone());
  expect(get(5)).toMatchObject({
    attachments: [{ missing: 'not-in-archive' }],
    facts: { extra: { sealed: [{ path: 'cd/sealed', localKey, size: 3 }] } },
  });
  const damaged = await read(
    filesOf('signal', { 'sql/db.sqlite': database, 'cd/sealed': sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }),
  );
  expect(await damaged.get(5).attachments[0]?.readBytes?.()).toBeNull();
});

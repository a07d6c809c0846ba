// Invented backups: one of a new version of Signal's database with every kind of message, one of 2019 with its tables of then. Columns
// that say nothing here are left out of the tables, as versions differ in them too.

import {
  attachment,
  avatar,
  bytes,
  databaseVersion,
  end,
  insert,
  join,
  keyValue,
  number,
  plainFrames,
  type SqlParameter,
  statement,
  type WrittenFrame,
} from '../../crypto/signal-backup-writer';

export const bob = '22222222-2222-4222-8222-222222222222';
export const me = '11111111-1111-4111-8111-111111111111';
export const masterKey = new Uint8Array(32).fill(5);
const start = 1_700_000_000_000;
const received = 0xa00014;
const sent = 0xa00017;
const special = 2 ** 32;

interface MessageFields {
  readonly [column: string]: SqlParameter;
}

const columns = [
  '_id',
  'date_sent',
  'thread_id',
  'from_recipient_id',
  'to_recipient_id',
  'type',
  'body',
  'quote_id',
  'quote_author',
  'quote_body',
  'shared_contacts',
  'link_previews',
  'view_once',
  'remote_deleted',
  'deleted_by',
  'message_ranges',
  'story_type',
  'parent_story_id',
  'latest_revision_id',
  'revision_number',
] as const;

let nextId = 1;
function message(thread: number, from: number, type: number, body: string | null, fields: MessageFields = {}): WrittenFrame {
  const id = nextId++;
  const row: MessageFields = {
    _id: id,
    date_sent: start + id * 1000,
    thread_id: thread,
    from_recipient_id: from,
    to_recipient_id: from === 1 ? 2 : 1,
    type,
    body,
    ...fields,
  };
  return insert('message', ...columns.map((name) => row[name] ?? null));
}

const range = (from: number, length: number, meaning: Uint8Array): Uint8Array =>
  bytes(1, join(number(1, from), number(2, length), meaning));

const schema = [
  `CREATE TABLE message (${columns.join(', ')}, UNIQUE(date_sent, from_recipient_id, thread_id) ON CONFLICT FAIL)`,
  'CREATE TABLE recipient (_id INTEGER PRIMARY KEY, type INTEGER, e164 TEXT, aci TEXT UNIQUE DEFAULT NULL, group_id TEXT, profile_joined_name TEXT, system_joined_name TEXT, pni TEXT CHECK (pni LIKE \'PNI:%\'))',
  'CREATE TABLE thread (_id INTEGER PRIMARY KEY, recipient_id INTEGER REFERENCES recipient (_id) ON DELETE CASCADE)',
  'CREATE TABLE IF NOT EXISTS "groups" (_id INTEGER, group_id TEXT, recipient_id INTEGER, title TEXT, master_key BLOB)',
  'CREATE TABLE attachment (_id, message_id, content_type, file_name, data_size, voice_note, video_gif, quote, sticker_pack_id, sticker_emoji, width, height, caption, display_order, transfer_state)',
  'CREATE TABLE reaction (_id, message_id, author_id, emoji, date_sent)',
  'CREATE TABLE mention (_id, thread_id, message_id, recipient_id, range_start, range_length)',
  'CREATE TABLE call (_id, call_id, message_id, peer, type, direction, event)',
  'CREATE TABLE poll (_id, author_id, message_id, question, allow_multiple_votes, end_message_id)',
  'CREATE TABLE poll_option (_id, poll_id, option_text, option_order)',
  'CREATE TABLE poll_vote (_id, poll_id, poll_option_id, voter_id)',
  'CREATE TABLE drafts (_id, thread_id, value)',
  'CREATE INDEX message_thread_index ON message (thread_id)',
  'CREATE VIRTUAL TABLE message_fts USING fts5(body)',
]; // prettier-ignore

const directory = [
  insert('recipient', 1, 0, '+15550000001', me, null, 'Hana', null, null),
  insert('recipient', 2, 0, '+15550000002', bob.toUpperCase(), null, 'Bob P', 'Bob Lee', null),
  insert('recipient', 3, 3, null, null, '__signal_group__v2__!00', null, null, null),
  insert('recipient', 4, 0, '+15550000004', null, null, null, null, null),
  insert('thread', 1, 2),
  insert('thread', 2, 3),
  insert('thread', 3, 1),
  insert('thread', 4, 4),
  insert('"groups"', 1, '__signal_group__v2__!00', 3, 'Team 测试', masterKey),
];

const messages = [
  message(1, 2, received, 'Hi \ufffc, look', { message_ranges: join(range(6, 4, number(4, 0)), range(0, 2, number(4, 4))) }),
  message(1, 1, sent, 'Hello', { quote_id: start + 1000, quote_author: 2, quote_body: 'Hi' }),
  message(1, 2, received, null, { remote_deleted: 1 }),
  message(1, 2, received, 'hill and voice'),
  message(2, 1, sent, 'line one\nline two 群聊'),
  message(2, 2, 0x90010 | received, 'QUJD'),
  message(1, 2, 3, null),
  message(1, 1, 11, null),
  message(2, 4, received, 'old text', { latest_revision_id: 10, revision_number: 0 }),
  message(2, 4, received, 'new text', { revision_number: 1 }),
  message(1, 2, received, null, { shared_contacts: '[{"name":{"givenName":"Kim","familyName":"Ha"},"phoneNumbers":[{"number":"+15550000009"}]}]' }),
  message(2, 1, sent, 'When?'),
  message(1, 2, received, null),
  message(1, 2, received, null, { view_once: 1 }),
  message(1, 2, 2 * special + received, 'gift'),
  message(1, 1, 3 * special + sent, '{"note":"lunch"}'),
  message(1, 2, received, null),
  message(4, 4, 4, null),
  message(3, 1, sent, 'to myself', { link_previews: '[{"url":"https://example.org/","title":"A page"}]' }),
  message(2, 2, received, null, { deleted_by: 1, from_recipient_id: 2 }),
  message(1, 2, received, 'see this', { story_type: 1 }),
  message(1, 2, received, 'no time', { date_sent: 0 }),
]; // prettier-ignore

const attachmentRow = (id: number, messageId: number, mime: string, fields: Readonly<Record<string, SqlParameter>> = {}): WrittenFrame => {
  const row = { _id: id, message_id: messageId, content_type: mime, data_size: 3, voice_note: 0, video_gif: 0, quote: 0, display_order: 0, transfer_state: 0, ...fields }; // prettier-ignore
  const names = '_id message_id content_type file_name data_size voice_note video_gif quote sticker_pack_id sticker_emoji width height caption display_order transfer_state'; // prettier-ignore
  return insert('attachment', ...names.split(' ').map((name) => (row as Record<string, SqlParameter>)[name] ?? null));
};

const attached = [
  attachmentRow(7, 4, 'audio/aac', { voice_note: 1, display_order: 1 }),
  attachment(7, Uint8Array.of(1, 2, 3)),
  attachmentRow(8, 4, 'image/jpeg', { file_name: 'hill.jpg', width: 40, height: 30 }),
  attachment(8, Uint8Array.of(4, 5, 6)),
  attachmentRow(9, 2, 'image/jpeg', { quote: 1 }),
  attachmentRow(10, 13, 'image/webp', { sticker_pack_id: 'ab', sticker_emoji: '🐻' }),
  attachmentRow(11, 14, 'image/jpeg', { transfer_state: 2 }),
  insert('reaction', 1, 1, 1, '👍', start),
  insert('reaction', 2, 1, 4, '👍', start),
  insert('mention', 1, 1, 1, 2, 3, 1),
  insert('call', 1, 99, 8, 2, 1, 1, 1),
  insert('poll', 5, 1, 12, 'When?', 0, null),
  insert('poll_option', 1, 5, 'Sun', 1),
  insert('poll_option', 2, 5, 'Sat', 0),
  insert('poll_vote', 1, 5, 2, 2),
  insert('drafts', 1, 1, 'a draft'),
];

/** A backup of database version 223. */
export const modernFrames: readonly WrittenFrame[] = [
  databaseVersion(223),
  ...schema.map((sql) => statement(sql)),
  ...directory,
  ...messages,
  ...attached,
  { bytes: bytes(3, join(bytes(1, 'preferences'), bytes(2, 'pref_theme'), bytes(3, 'dark'))) },
  keyValue('account.aci', me),
  avatar('2', Uint8Array.of(1, 2)),
  end,
];

/** A backup of 2019: recipients are known by their addresses, short messages and others lie in two tables. */
export const oldFrames: readonly WrittenFrame[] = [
  databaseVersion(23),
  statement('CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, date_sent INTEGER, type INTEGER, body TEXT)'),
  statement('CREATE TABLE mms (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_received INTEGER, msg_box INTEGER, body TEXT, address TEXT, quote_id INTEGER, quote_author TEXT, quote_body TEXT, reactions BLOB)'),
  statement('CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, name TEXT, data_size INTEGER, file_name TEXT, unique_id INTEGER, pending_push INTEGER, voice_note INTEGER, quote INTEGER)'),
  statement('CREATE TABLE thread (_id INTEGER PRIMARY KEY, date INTEGER, recipient_ids TEXT)'),
  statement('CREATE TABLE groups (_id INTEGER PRIMARY KEY, group_id TEXT, title TEXT, members TEXT)'),
  statement('CREATE TABLE recipient_preferences (_id INTEGER PRIMARY KEY, recipient_ids TEXT UNIQUE, system_display_name TEXT, signal_profile_name TEXT)'),
  insert('sms', 1, 1, '+15550000002', start + 5000, start + 1000, received, 'hello from 2019'),
  insert('sms', 2, 1, '+15550000002', start + 2000, start + 2000, sent, 'answered'),
  insert('sms', 3, 1, '+15550000002', start + 3000, start + 3000, 1, null),
  insert('mms', 1, 2, start + 4000, start + 4001, received, 'a picture', '+15550000003', 0, null, null, bytes(1, join(bytes(1, '❤️'), number(2, 9)))),
  insert('mms', 2, 2, start + 6000, start + 6000, sent, 'reply', '__textsecure_group__!ab', start + 4000, '+15550000003', 'a picture', null),
  insert('part', 4, 1, 'image/jpeg', 'x.jpg', 3, null, 1_500_000_000_000, 0, 0, 0),
  { bytes: bytes(4, join(number(1, 4), number(2, 1_500_000_000_000), number(3, 3))), payload: Uint8Array.of(7, 8, 9) },
  insert('thread', 1, start, '+15550000002'),
  insert('thread', 2, start, '__textsecure_group__!ab'),
  insert('groups', 1, '__textsecure_group__!ab', 'Choir', '+15550000003'),
  insert('recipient_preferences', 1, '+15550000002', 'Bob Lee', null),
  insert('recipient_preferences', 2, '+15550000003', null, 'Ann\0Poe'),
  { bytes: bytes(3, join(bytes(1, 'preferences'), bytes(2, 'pref_local_number'), bytes(3, '+15550000001'))) },
  end,
]; // prettier-ignore

/** The opened backup as files by path. */
export function openedFiles(frames: readonly WrittenFrame[]): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = { frames: plainFrames(frames) };
  for (const { bytes: frame, payload } of frames) {
    // An attachment's frame is field 4; its first field, after two bytes and one of tag, is the row.
    if (payload !== undefined && frame[0] === 0x22) files[`attachments/${frame[3]}`] = payload;
  }
  return files;
}

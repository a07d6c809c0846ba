// WeChat 4 on computers: message_n.db, with contact.db, session.db and hardlink.db beside it.

import { readProtobuf } from '../../bytes/protobuf';
import type { ProtobufFields } from '../../bytes/protobuf';
import type { Row } from '../../bytes/sqlite/row';
import { SqlFault } from '../../bytes/sqlite/statement';
import type { ArchiveDatabase } from '../archive-databases';
import { shapeOf } from '../wechat/identity';
import type { WeChatMedia } from '../wechat/message-body';
import { splitType } from '../wechat/message-types';
import { monthsOf } from '../account-media';
import { accountName } from './account-folder';
import type { ContactBook } from './contact-book';
import type { BesideInput, DatabaseForm, MessagesInput } from './form';
import { readRows } from './read-rows';
import { hashOf, readHashedTables } from './hashed-tables';
import type { HashedChat } from './hashed-tables';
import type { StoredMessage } from './stored-messages';
import { readStoredText } from './stored-text';
import { withoutSender } from './sender-prefix';

const messageTable = /^Msg_([\da-f]{32})$/i;
const hardlinkTable = /^(image|video|file)_hardlink_info_v\d$/;
const contactTables = ['contact', 'stranger'] as const;
const columns = 'server_id local_type real_sender_id create_time message_content compress_content packed_info_data'.split(' ');

export const weChat4: DatabaseForm = {
  version: '4',

  roleOf(schema) {
    const tables = [...schema.keys()];
    if (schema.has('Name2Id') && tables.some((name) => messageTable.test(name))) return 'messages';
    const isContacts = contactTables.some((name) => /\bnick_name\b/.test(schema.get(name) ?? ''));
    const isSession = /\blast_msg_sender\b|\bsort_timestamp\b/.test(schema.get('SessionTable') ?? '');
    const hasVoice = /\bvoice_data\b/.test(schema.get('VoiceInfo') ?? '');
    return isContacts || isSession || hasVoice || tables.some((name) => hardlinkTable.test(name)) ? 'beside' : null;
  },

  joined: new Set(['TimeStamp']),
  voiceTables: [{ name: 'VoiceInfo', id: 'svr_id', bytes: 'voice_data' }],
  readBeside,
  readMessages,
  findOwner,
  guessOwners,
};

function readBeside(input: BesideInput): void {
  const { archive, book } = input;
  for (const row of readRows(input, 'Name2Id', ['user_name'])) book.addId(row.words('user_name') ?? '');
  for (const row of readRows(input, 'SessionTable', ['username'])) book.addId(row.words('username') ?? '');
  for (const table of contactTables) {
    for (const row of readRows(input, table, ['username', 'remark', 'nick_name', 'alias'])) {
      const fields = { remark: row.words('remark'), nickname: row.words('nick_name'), alias: row.words('alias') };
      book.add(row.words('username') ?? '', fields);
    }
  }
  for (const row of readRows(input, 'chat_room', ['username', 'ext_buffer']))
    book.addRoomData(row.words('username') ?? '', row.blob('ext_buffer'));
  const folders = new Map<number, string>();
  if (archive.database.tables.some(({ name }) => hardlinkTable.test(name)))
    for (const row of readRows(input, 'dir2id', ['username'])) folders.set(Number(row.rowid), row.words('username') ?? '');
  for (const { name } of archive.database.tables) if (hardlinkTable.test(name)) readHardlinks(input, name, folders);
}

/** Where files lie by their MD5: `dir1` and `dir2` are rows of `dir2id`. */
function readHardlinks(input: BesideInput, table: string, folders: ReadonlyMap<number, string>): void {
  for (const row of readRows(input, table, ['md5', 'file_name', 'dir1', 'dir2'])) {
    const [md5, name] = [row.words('md5'), row.words('file_name')];
    const [first, second] = [folders.get(row.whole('dir1') ?? -1) ?? '', folders.get(row.whole('dir2') ?? -1) ?? ''];
    if (md5 === null || name === null) continue;
    const folder = table.startsWith('image') ? `attach/${first}/${second}/Img` : `${table.split('_')[0]}/${first}`;
    input.media.add(md5.toLowerCase(), [`msg/${folder}/${name}`]);
  }
}

function readMessages(input: MessagesInput): ReturnType<DatabaseForm['readMessages']> {
  const senders = sendersOf(input.archive);
  return readHashedTables(input, messageTable, columns, (row, chat) => messageOf(row, chat, input, senders));
}

/** Ids by their row in `Name2Id`, which each database numbers anew. */
function sendersOf({ database }: ArchiveDatabase): ReadonlyMap<number, string> {
  const senders = new Map<number, string>();
  const table = database.table('Name2Id');
  for (const { rows } of table === null ? [] : database.scan(table, ['user_name']))
    for (const { row } of rows) senders.set(Number(row.rowid), row.words('user_name') ?? '');
  return senders;
}

function messageOf(
  row: Row,
  { chatId, chatHash }: HashedChat,
  { owner, zstd }: MessagesInput,
  senders: ReadonlyMap<number, string>,
): StoredMessage {
  const senderId = senders.get(row.whole('real_sender_id') ?? -1) || null;
  // The second column was empty wherever it was seen.
  const content = readStoredText(row, 'message_content', zstd) || readStoredText(row, 'compress_content', zstd);
  const packed = readProtobuf(row.blob('packed_info_data') ?? new Uint8Array());
  return {
    chatId,
    chatHash,
    // Notices in groups bear the group.
    senderId: senderId === chatId && shapeOf(chatId) === 'group' ? null : senderId,
    isOwn: senderId !== null && senderId === owner.id,
    type: splitType(row.whole('local_type') ?? -1),
    content: typeof content === 'string' ? withoutSender(content, senderId).text : content,
    serverId: row.text('server_id'),
    createdAt: row.whole('create_time'),
    pathsOf: (media, sentAtMs) => pathsOf(media, sentAtMs, packed, chatHash),
    extra: [['transcript', packed.words(5, 2)]],
  };
}

/** Names of files stand in `packed_info_data`; early versions have one name in field 3, and no kinds. */
function pathsOf(media: WeChatMedia, sentAtMs: number, packed: ProtobufFields, hash: string): readonly string[] {
  const early = earlyName(packed);
  const months = monthsOf(sentAtMs);
  if (media.kind === 'image') {
    const name = packed.words(3, 4) ?? early;
    if (name === null) return [];
    const ends = ['_h.dat', '.dat', '.jpg', '.png', '_t.dat'];
    return months.flatMap((month) => ends.map((end) => `msg/attach/${hash}/${month}/Img/${name}${end}`));
  }
  if (media.kind === 'video') {
    const name = packed.words(4, 8) ?? early;
    return name === null ? [] : months.flatMap((month) => ['.mp4', '_raw.mp4'].map((end) => `msg/video/${month}/${name}${end}`));
  }
  const name = packed.words(7, 1, 2) ?? media.name;
  return media.kind !== 'file' || name === null ? [] : months.map((month) => `msg/file/${month}/${name}`);
}

function earlyName(packed: ProtobufFields): string | null {
  const name = packed.words(3);
  return name !== null && /^[\w.-]{4,80}$/.test(name) ? name : null;
}

/** The folder `<wxid>_<4 hex>` that holds `db_storage`, where it is an id that the account knows. */
function findOwner(path: string, _archive: ArchiveDatabase, book: ContactBook): string | null {
  const folder = accountName(path);
  const names = [folder, folder.replace(/_[\da-f]{4}$/, '')];
  return names.find((name) => name !== '' && book.has(name)) ?? null;
}

const guessTables = 64;
const guessRows = 256;

/** Whoever writes in the most chats without being the one that the chat is with. */
function guessOwners({ database }: ArchiveDatabase, book: ContactBook): readonly string[] {
  const votes = new Map<string, number>();
  for (const { name, quoted } of database.tables.filter((table) => messageTable.test(table.name)).slice(0, guessTables)) {
    const peer = book.idOfHash(hashOf(name, messageTable));
    for (const sender of sendersIn(database, quoted))
      if (sender !== peer && shapeOf(sender) === 'direct') votes.set(sender, (votes.get(sender) ?? 0) + 1);
  }
  return [...votes].sort((one, other) => other[1] - one[1]).map(([id]) => id);
}

function sendersIn(database: ArchiveDatabase['database'], table: string): readonly string[] {
  const sql = `SELECT DISTINCT n.user_name AS id FROM (SELECT real_sender_id FROM ${table} LIMIT ${guessRows}) m JOIN Name2Id n ON n.rowid = m.real_sender_id`;
  try {
    return [...database.query(sql)].flatMap((row) => row.words('id') ?? []);
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
    return [];
  }
}

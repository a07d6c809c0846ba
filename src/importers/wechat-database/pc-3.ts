// WeChat 2 and 3 for Windows: MSGn.db, also OpenIMMsg.db and PublicMsg.db, with MicroMsg.db and OpenIMContact.db beside them.

import { unpackLz4Block } from '../../bytes/lz4-block';
import { readProtobuf } from '../../bytes/protobuf';
import { decodeText } from '../../bytes/sqlite/record-format';
import type { Row } from '../../bytes/sqlite/row';
import { CamphorError } from '../../model/error';
import type { ArchiveDatabase } from '../archive-databases';
import { isWeChatId, shapeOf } from '../wechat/identity';
import { splitType } from '../wechat/message-types';
import { accountName } from './account-folder';
import type { ContactBook } from './contact-book';
import type { BesideInput, DatabaseForm, MessagesInput } from './form';
import { readRows } from './read-rows';
import type { StoredMessage } from './stored-messages';
import { withoutNuls } from './stored-text';
import type { HiddenText } from './stored-text';

const columns = 'TalkerId MsgSvrID Type SubType IsSender CreateTime StrTalker StrContent DisplayContent CompressContent BytesExtra'.split(
  ' ',
);
const contactTables = ['Contact', 'OpenIMContact'] as const;
const textLimitBytes = 16 << 20;

export const weChatPc3: DatabaseForm = {
  version: 'pc-3',

  roleOf(schema) {
    if ([...schema.values()].some((sql) => /\bStrTalker\b/.test(sql) && /\bStrContent\b/.test(sql))) return 'messages';
    const isContacts = contactTables.some(
      (name) => /\bNickName\b/.test(schema.get(name) ?? '') && /\bUserName\b/.test(schema.get(name) ?? ''),
    );
    const hasVoice = /\bBuf\b/.test(schema.get('Media') ?? '') && /\bReserved0\b/.test(schema.get('Media') ?? '');
    return isContacts || hasVoice ? 'beside' : null;
  },

  joined: new Set(['DBInfo']),
  voiceTables: [{ name: 'Media', id: 'Reserved0', bytes: 'Buf' }],
  readBeside,
  readMessages,
  findOwner,
};

function readBeside(input: BesideInput): void {
  const { book } = input;
  for (const row of readRows(input, 'Name2ID', ['UsrName'])) book.addId(row.words('UsrName') ?? '');
  for (const row of readRows(input, 'Session', ['strUsrName', 'strNickName']))
    book.add(row.words('strUsrName') ?? '', { remark: null, nickname: row.words('strNickName'), alias: null });
  for (const table of contactTables) {
    for (const row of readRows(input, table, ['UserName', 'Remark', 'NickName', 'Alias'])) {
      const fields = { remark: row.words('Remark'), nickname: row.words('NickName'), alias: row.words('Alias') };
      book.add(row.words('UserName') ?? '', fields);
    }
  }
  for (const row of readRows(input, 'ChatRoom', ['ChatRoomName', 'UserNameList', 'DisplayNameList', 'RoomData'])) readRoom(row, book);
}

/** Members and their cards stand in two lists, joined by the characters `^G`, and in `RoomData`. */
function readRoom(row: Row, book: ContactBook): void {
  const room = row.words('ChatRoomName') ?? '';
  const [members, cards] = ['UserNameList', 'DisplayNameList'].map((column) => (row.text(column) ?? '').split('^G'));
  for (const [at, member] of (members ?? []).entries()) {
    const card = cards?.[at] ?? '';
    if (member !== '' && card !== '') book.addCard(room, member, card);
  }
  book.addRoomData(room, row.blob('RoomData'));
}

function* readMessages(input: MessagesInput): ReturnType<DatabaseForm['readMessages']> {
  const { archive, messages } = input;
  const tables = messageTables(archive);
  const talkers = new Map<number, string>();
  const names = archive.database.table('Name2ID');
  for (const { rows } of names === null ? [] : archive.database.scan(names, ['UsrName']))
    for (const { row } of rows) talkers.set(Number(row.rowid), row.words('UsrName') ?? '');
  for (const [at, name] of tables.entries()) {
    for (const batch of archive.rows.scan(name, columns)) {
      const records = [...batch.problems];
      for (const placed of batch.rows) messages.write(messageOf(placed.row, talkers), placed, name, records);
      yield { records, share: (at + batch.share) / tables.length };
    }
  }
}

function messageTables({ database }: ArchiveDatabase): readonly string[] {
  return database.tables.map(({ name }) => name).filter((name) => database.columns(name).includes('StrTalker'));
}

function messageOf(row: Row, talkers: ReadonlyMap<number, string>): StoredMessage {
  const chatId = row.words('StrTalker') ?? talkers.get(row.whole('TalkerId') ?? -1) ?? null;
  const isOwn = row.flag('IsSender');
  const extra = readBytesExtra(row);
  const paths = [extra.get(mediaPath), extra.get(thumbnailPath)].flatMap((path) => (path === undefined ? [] : [withoutAccount(path)]));
  return {
    chatId,
    chatHash: '',
    senderId: isOwn || shapeOf(chatId) !== 'group' ? null : (extra.get(senderField) ?? null),
    isOwn,
    type: splitType(row.whole('Type') ?? -1, row.whole('SubType') ?? 0),
    content: contentOf(row),
    serverId: row.text('MsgSvrID'),
    createdAt: row.whole('CreateTime'),
    pathsOf: () => paths,
  };
}

/** Cards and quotes are packed as an LZ4 block; calls have only what is shown of them. */
function contentOf(row: Row): string | HiddenText {
  const content = row.words('StrContent');
  if (content !== null) return withoutNuls(content);
  const packed = row.value('CompressContent');
  if (!(packed instanceof Uint8Array) || packed.length === 0) return withoutNuls(row.text('DisplayContent') ?? '');
  try {
    return withoutNuls(decodeText(unpackLz4Block(packed, textLimitBytes), 'utf-8'));
  } catch (error) {
    if (!(error instanceof CamphorError)) throw error;
    return { code: 'entry-damaged', detail: 'CompressContent: damaged LZ4' };
  }
}

/** Types of strings in `BytesExtra`. */
const senderField = 1;
const thumbnailPath = 3;
const mediaPath = 4;

/** Field 3 is repeated: 1 says what the string in 2 is. */
function readBytesExtra(row: Row): ReadonlyMap<number, string> {
  const strings = new Map<number, string>();
  for (const pair of readProtobuf(row.blob('BytesExtra') ?? new Uint8Array()).messages(3)) {
    const [type, words] = [pair.whole(1), pair.words(2)];
    if (type !== null && words !== null) strings.set(type, words);
  }
  return strings;
}

/** Paths begin with the account's folder. */
function withoutAccount(path: string): string {
  return path.replaceAll('\\', '/').replace(/^[^/]{1,80}\//, '');
}

/** Rows in which the owner's id is looked for. */
const ownerRows = 2048;

/** The account's folder by which paths begin, else the one that the database lies in, where it is an id that is known. */
function findOwner(path: string, archive: ArchiveDatabase, book: ContactBook): string | null {
  let seen = 0;
  for (const name of messageTables(archive)) {
    const table = archive.database.table(name);
    for (const { rows } of table === null ? [] : archive.database.scan(table, ['BytesExtra'])) {
      for (const { row } of rows) {
        const extra = readBytesExtra(row);
        const id = /^([^\\/]{1,80})[\\/]/.exec(extra.get(mediaPath) ?? extra.get(thumbnailPath) ?? '')?.[1];
        if (id !== undefined && isWeChatId(id)) return id;
      }
      seen += rows.length;
      if (seen >= ownerRows) break;
    }
  }
  const folder = accountName(path);
  return book.has(folder) ? folder : null;
}

// WeChat on iPhones: message_n.sqlite, or MM.sqlite that holds people too; WCDB_Contact.sqlite and session.db beside them.

import { readProtobuf } from '../../bytes/protobuf';
import type { Row } from '../../bytes/sqlite/row';
import { readLooseXml } from '../wechat/loose-xml';
import type { WeChatMedia } from '../wechat/message-body';
import { splitType } from '../wechat/message-types';
import { attributeOf, findNode, textAt } from '../wechat/xml-fields';
import type { ContactBook } from './contact-book';
import type { BesideInput, DatabaseForm } from './form';
import { readHashedTables } from './hashed-tables';
import type { HashedChat } from './hashed-tables';
import { findHashedOwner } from './mac-3';
import { readRows } from './read-rows';
import { readSender } from './sender-prefix';
import type { StoredMessage } from './stored-messages';
import { readStoredText } from './stored-text';

const chatTable = /^Chat_([\da-f]{32})$/i;
const columns = 'MesLocalID MesSvrID CreateTime Message Type Des'.split(' ');
const peopleTables = ['Friend', 'OpenIMContact'] as const;

export const weChatIos: DatabaseForm = {
  version: 'ios',

  roleOf(schema) {
    if ([...schema].some(([name, sql]) => chatTable.test(name) && /\bDes\b/.test(sql))) return 'messages';
    if (peopleTables.some((name) => /\bdbContactRemark\b/.test(schema.get(name) ?? ''))) return 'beside';
    return /\bUsrName\b/.test(schema.get('SessionAbstract') ?? '') ? 'beside' : null;
  },

  joined: new Set(),
  readBeside,

  readMessages: (input) =>
    readHashedTables(input, chatTable, columns, (row, chat) => messageOf(row, chat, readStoredText(row, 'Message', input.zstd))),

  findOwner: findHashedOwner,
};

function readBeside(input: BesideInput): void {
  const { book } = input;
  for (const table of peopleTables) {
    const wanted = ['userName', 'UsrName', 'NickName', 'dbContactRemark', 'dbContactChatRoom', 'dbContactOpenIM'];
    for (const row of readRows(input, table, wanted)) readContact(row, book);
  }
  for (const row of readRows(input, 'SessionAbstract', ['UsrName'])) book.addId(row.words('UsrName') ?? '');
}

/** Names are a message of Protobuf: 1 the nickname, 2 the alias, 3 the remark. Old versions have columns. */
function readContact(row: Row, book: ContactBook): void {
  const id = row.words('userName') ?? row.words('UsrName') ?? '';
  const names = readProtobuf(row.blob('dbContactRemark') ?? new Uint8Array());
  book.add(id, { remark: names.words(3), nickname: names.words(1) ?? row.words('NickName'), alias: names.words(2) });
  const members = readProtobuf(row.blob('dbContactChatRoom') ?? new Uint8Array());
  for (const member of (members.words(1) ?? '').split(';')) book.addId(member);
  const cards = readLooseXml(members.words(6) ?? '');
  for (const member of cards === null ? [] : (findNode(cards.root, 'RoomData')?.children ?? [])) {
    const [username, card] = [attributeOf(member, 'UserName'), textAt(member, 'DisplayName')];
    if (username === null) continue;
    book.addId(username);
    if (card !== null) book.addCard(id, username, card);
  }
}

function messageOf(row: Row, chat: HashedChat, content: StoredMessage['content']): StoredMessage {
  const isOwn = row.whole('Des') === 0;
  const localId = row.text('MesLocalID') ?? '';
  return {
    ...chat,
    ...readSender(content, chat.chatId, isOwn),
    isOwn,
    type: splitType(row.whole('Type') ?? -1),
    serverId: row.text('MesSvrID'),
    createdAt: row.whole('CreateTime'),
    pathsOf: (media) => pathsOf(media, chat.chatHash, localId),
  };
}

/** Files are called by the number of their message's row, in a folder for each chat. */
function pathsOf({ kind, name }: WeChatMedia, hash: string, localId: string): readonly string[] {
  const named = (folder: string, ends: readonly string[]): string[] => ends.map((end) => `${folder}/${hash}/${localId}.${end}`);
  if (kind === 'image') return named('Img', ['pic_hd', 'pic', 'pic_thum']);
  if (kind === 'voice') return named('Audio', ['aud']);
  if (kind === 'video') return named('Video', ['mp4']);
  const extension = /\.(\w{1,10})$/.exec(name ?? '')?.[1];
  return kind === 'file' && extension !== undefined ? named('OpenData', [extension]) : [];
}

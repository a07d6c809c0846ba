// WeChat 2 and 3 for Macs: msg_n.db, with wccontact_new2.db, group_new.db, session_new.db and hldata.db beside them.

import type { Row } from '../../bytes/sqlite/row';
import type { ArchiveDatabase } from '../archive-databases';
import { splitType } from '../wechat/message-types';
import { accountName } from './account-folder';
import type { ContactBook } from './contact-book';
import type { BesideInput, DatabaseForm } from './form';
import { readHashedTables } from './hashed-tables';
import type { HashedChat } from './hashed-tables';
import { readRows } from './read-rows';
import { readSender } from './sender-prefix';
import type { StoredMessage } from './stored-messages';
import { readStoredText } from './stored-text';

const chatTable = /^Chat_([\da-f]{32})$/i;
const columns = 'mesSvrID msgCreateTime msgContent messageType mesDes msgVoiceText'.split(' ');
const peopleTables = ['WCContact', 'GroupContact', 'GroupMember'] as const;
const besideTables = [...peopleTables, 'SessionAbstract', 'HlinkMediaRecord'] as const;

export const weChatMac3: DatabaseForm = {
  version: 'mac-3',

  roleOf(schema) {
    if ([...schema].some(([name, sql]) => chatTable.test(name) && /\bmesDes\b/.test(sql))) return 'messages';
    return besideTables.some((name) => /\bm_nsUsrName\b|\bm_nsUserName\b|\bmediaMd5\b/.test(schema.get(name) ?? '')) ? 'beside' : null;
  },

  joined: new Set(),
  readBeside,

  readMessages: (input) =>
    readHashedTables(input, chatTable, columns, (row, chat) => messageOf(row, chat, readStoredText(row, 'msgContent', input.zstd))),

  findOwner: findHashedOwner,
};

function readBeside(input: BesideInput): void {
  const { book, media } = input;
  for (const table of peopleTables) {
    for (const row of readRows(input, table, ['m_nsUsrName', 'nickname', 'm_nsRemark', 'm_nsAliasName', 'm_nsChatRoomMemList'])) {
      const fields = { remark: row.words('m_nsRemark'), nickname: row.words('nickname'), alias: row.words('m_nsAliasName') };
      book.add(row.words('m_nsUsrName') ?? '', fields);
      for (const member of (row.text('m_nsChatRoomMemList') ?? '').split(';')) book.addId(member);
    }
  }
  for (const row of readRows(input, 'SessionAbstract', ['m_nsUserName'])) book.addId(row.words('m_nsUserName') ?? '');
  const hashes = new Map<string, string>();
  for (const row of readRows(input, 'HlinkMediaRecord', ['inodeNumber', 'mediaMd5'])) {
    const [inode, md5] = [row.words('inodeNumber'), row.words('mediaMd5')];
    if (inode !== null && md5 !== null) hashes.set(inode, md5.toLowerCase());
  }
  for (const row of readRows(input, 'HlinkMediaDetail', ['inodeNumber', 'relativePath', 'fileName'])) {
    const md5 = hashes.get(row.words('inodeNumber') ?? '');
    if (md5 !== undefined) media.add(md5, [`Message/MessageTemp/${row.text('relativePath') ?? ''}/${row.text('fileName') ?? ''}`]);
  }
}

function messageOf(row: Row, chat: HashedChat, content: StoredMessage['content']): StoredMessage {
  const isOwn = row.whole('mesDes') === 0;
  const type = splitType(row.whole('messageType') ?? -1);
  return {
    ...chat,
    ...readSender(content, chat.chatId, isOwn),
    isOwn,
    type,
    serverId: row.text('mesSvrID'),
    createdAt: row.whole('msgCreateTime'),
    extra: [['transcript', row.words('msgVoiceText')]],
  };
}

/** The folder of an account is named by the MD5 of its owner's id, who is among the contacts. */
export function findHashedOwner(path: string, _archive: ArchiveDatabase, book: ContactBook): string | null {
  return book.idOfHash(accountName(path));
}

// WeChat on Android: EnMicroMsg.db, which holds messages and people, with the folders of media beside it.

import type { Row } from '../../bytes/sqlite/row';
import { SqlFault } from '../../bytes/sqlite/statement';
import { md5Hex } from '../../crypto/md5';
import type { ArchiveDatabase } from '../archive-databases';
import type { WeChatMedia } from '../wechat/message-body';
import { baseTypes, splitType } from '../wechat/message-types';
import type { BesideInput, DatabaseForm, MessagesInput } from './form';
import { readRows } from './read-rows';
import { readSender } from './sender-prefix';
import type { StoredMessage } from './stored-messages';
import { readStoredText } from './stored-text';

const columns = 'msgSvrId type isSend createTime talker content imgPath'.split(' ');

export const weChatAndroid: DatabaseForm = {
  version: 'android',
  roleOf: (schema) => (schema.has('rcontact') && /\btalker\b/.test(schema.get('message') ?? '') ? 'messages' : null),
  joined: new Set(),
  readBeside,
  readMessages,
  findOwner: (_path, archive) => readOwner(archive),
};

function readBeside(input: BesideInput): void {
  const { book, media } = input;
  for (const row of readRows(input, 'rcontact', ['username', 'alias', 'conRemark', 'nickname'])) {
    const fields = { remark: row.words('conRemark'), nickname: row.words('nickname'), alias: row.words('alias') };
    book.add(row.words('username') ?? '', fields);
  }
  for (const row of readRows(input, 'chatroom', ['chatroomname', 'roomdata']))
    book.addRoomData(row.words('chatroomname') ?? '', row.blob('roomdata'));
  for (const row of readRows(input, 'ImgInfo2', ['msgSvrId', 'bigImgPath'])) {
    const [serverId, path] = [row.words('msgSvrId'), row.words('bigImgPath')];
    if (serverId !== null && path !== null && !path.includes('://')) media.add(pictureKey(serverId), [inFolders('image2', path, path)]);
  }
}

function pictureKey(serverId: string): string {
  return `picture ${serverId}`;
}

/** Row 2 of `userinfo` is the owner's id. */
function readOwner({ database }: ArchiveDatabase): string | null {
  try {
    for (const row of database.table('userinfo') === null ? [] : database.query('SELECT value FROM userinfo WHERE id = 2'))
      return row.words('value');
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  return null;
}

function* readMessages({ archive, messages, zstd }: MessagesInput): ReturnType<DatabaseForm['readMessages']> {
  for (const { rows, problems, share } of archive.rows.scan('message', columns)) {
    const records = [...problems];
    for (const placed of rows)
      messages.write(messageOf(placed.row, readStoredText(placed.row, 'content', zstd)), placed, 'message', records);
    yield { records, share };
  }
}

function messageOf(row: Row, stored: StoredMessage['content']): StoredMessage {
  const chatId = row.words('talker');
  const isOwn = row.whole('isSend') === 1;
  const type = splitType(row.whole('type') ?? -1);
  const voice = type.base === baseTypes.voice && typeof stored === 'string' ? voiceFields.exec(stored) : null;
  const image = row.words('imgPath') ?? '';
  const serverId = row.text('msgSvrId');
  return {
    chatId,
    chatHash: '',
    ...(voice === null ? readSender(stored, chatId, isOwn) : readVoice(voice, isOwn)),
    isOwn,
    type,
    serverId,
    createdAt: row.whole('createTime'),
    pathsOf: (media) => pathsOf(media, image),
    fileKey: type.base === baseTypes.image && serverId !== null ? pictureKey(serverId) : null,
  };
}

/** Of a voice message: who spoke, how many milliseconds, and a flag. */
const voiceFields = /^([\w@.-]{0,64}):(\d{1,9}):\d{1,3}\n?$/;

function readVoice([, sender = '', durationMs = '']: RegExpExecArray, isOwn: boolean): Pick<StoredMessage, 'content' | 'senderId'> {
  // As WeChat's other apps write it.
  return { content: `<msg><voicemsg voicelength="${durationMs}"/></msg>`, senderId: isOwn || sender === '' ? null : sender };
}

const thumbnailPrefix = 'THUMBNAIL_DIRPATH://';

/** `imgPath` names voice, films and small pictures; the names of big pictures stand in `ImgInfo2`. */
function pathsOf({ kind, name }: WeChatMedia, image: string): readonly string[] {
  if (kind === 'file') return name === null ? [] : [`attachment/${name}`, `Download/${name}`];
  if (image === '') return [];
  if (kind === 'voice') return [inFolders('voice2', md5Hex(image), `msg_${image}.amr`)];
  if (kind === 'video') return [`video/${image}.mp4`];
  const small = image.startsWith(thumbnailPrefix) ? image.slice(thumbnailPrefix.length) : image;
  return kind === 'image' ? ['hd', ''].map((end) => inFolders('image2', small.replace(/^th_/, ''), small + end)) : [];
}

/** Two folders by the first letters of a hash. */
function inFolders(root: string, hash: string, file: string): string {
  return `${root}/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${file}`;
}

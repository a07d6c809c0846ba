// Invented databases of WeChat 3 for Windows and for Macs, made by sqlite3. Times count from 2024-01-01T00:00:00Z, one minute a row.

import { expect, test } from 'vitest';
import { weChatDatabase } from '../../../src/importers/wechat-database/wechat-database';
import { packLz4Block } from '../../bytes/lz4-builder';
import { blobLiteral, writeProtobuf } from '../../bytes/protobuf-builder';
import { sqlcipher3, weChatPc3 } from '../../bytes/sqlite/encrypt-pages';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { testEncrypted } from '../encrypted-form';
import { sampleOf } from '../samples';
import { readAccount } from './read-account';
import { friend, md5, me, other, room, startS, voice } from './wechat-4-samples';

const blob = (text: string): string => blobLiteral(packLz4Block(text));
const extra = (strings: Readonly<Record<number, string>>): string =>
  blobLiteral(
    writeProtobuf([
      [
        1,
        [
          [1, 16],
          [2, 0],
        ],
      ],
      ...Object.entries(strings).map(
        ([type, text]) =>
          [
            3,
            [
              [1, Number(type)],
              [2, text],
            ],
          ] as const,
      ),
    ]),
  );
const id = (number: number): string => String(9_000_000_000_000_000_000n + BigInt(number));

const quote = `<?xml version="1.0"?><msg><appmsg><title>同意，就这么办</title><type>57</type><refermsg><type>1</type><svrid>${id(1)}</svrid><fromusr>${friend}</fromusr><content>明天九点见</content></refermsg></appmsg></msg>\0`;
const file = `<msg><appmsg><title>计划.pdf</title><type>6</type><appattach><totallen>5</totallen></appattach></appmsg></msg>\0`;

interface MessageFields {
  readonly talker: string;
  readonly type: number;
  readonly sub?: number;
  readonly own?: boolean;
  readonly content?: string;
  readonly shown?: string;
  readonly packed?: string;
  readonly extra?: string;
}

const rows: readonly MessageFields[] = [
  { talker: friend, type: 1, content: '明天九点见' },
  { talker: friend, type: 1, own: true, content: '好的👌' },
  { talker: room, type: 1, content: '大家好', extra: extra({ 1: friend }) },
  {
    talker: room,
    type: 3,
    content: '<msg><img length="3"/></msg>',
    extra: extra({
      1: other,
      3: `${me}\\FileStorage\\MsgAttach\\x\\Thumb\\2024-01\\t1.dat`,
      4: `${me}\\FileStorage\\MsgAttach\\x\\Image\\2024-01\\i1.dat`,
    }),
  },
  { talker: friend, type: 34, content: '<msg><voicemsg voicelength="1000"/></msg>' },
  { talker: friend, type: 49, sub: 57, own: true, packed: blob(quote) },
  { talker: room, type: 49, sub: 6, packed: blob(file), extra: extra({ 1: friend, 4: `${me}\\FileStorage\\File\\2024-01\\计划.pdf` }) },
  { talker: friend, type: 48, own: true, content: '<msg><location x="39.908" y="116.397" label="北京市东城区" poiname="天安门"/></msg>' },
  { talker: friend, type: 50, shown: '通话时长 01:05' },
  { talker: room, type: 10000, sub: 4, content: '"乙" 拍了拍 "丙"' },
  { talker: friend, type: 49, sub: 57, packed: "x'ff00'" },
];

const values = rows.map(({ talker, type, sub = 0, own = false, content = '', shown = '', packed = 'NULL', extra: bytes = 'NULL' }, at) => {
  const number = at + 1;
  return `(${number}, ${id(number)}, ${type}, ${sub}, ${own ? 1 : 0}, ${startS + number * 60}, '${talker}', '${content}', '${shown}', ${packed}, ${bytes})`;
});
const messageColumns = `localId INTEGER PRIMARY KEY AUTOINCREMENT, TalkerId INT DEFAULT 0, MsgSvrID INT, Type INT, SubType INT, IsSender INT, CreateTime INT,
  Sequence INT DEFAULT 0, StrTalker TEXT, StrContent TEXT, DisplayContent TEXT, CompressContent BLOB, BytesExtra BLOB, BytesTrans BLOB`;

const messages0 =
  makeDatabase(`CREATE TABLE MSG (${messageColumns}); CREATE TABLE Name2ID (UsrName TEXT PRIMARY KEY); CREATE TABLE DBInfo (tableIndex INTEGER PRIMARY KEY, tableDesc TEXT);
  INSERT INTO Name2ID VALUES ('${friend}'), ('${room}'); INSERT INTO DBInfo VALUES (1, 'Start Time');
  INSERT INTO MSG (localId, MsgSvrID, Type, SubType, IsSender, CreateTime, StrTalker, StrContent, DisplayContent, CompressContent, BytesExtra) VALUES ${values.join(', ')};`).bytes;

/** Of a row without a talker, `TalkerId` is a row of Name2ID. */
const messages1 =
  makeDatabase(`CREATE TABLE MSG (${messageColumns}); CREATE TABLE Name2ID (UsrName TEXT PRIMARY KEY); INSERT INTO Name2ID VALUES ('${other}'), ('${friend}');
  INSERT INTO MSG (TalkerId, MsgSvrID, Type, SubType, IsSender, CreateTime, StrContent) VALUES (2, 0, 10000, 0, 0, ${startS + 9000}, '以上是打招呼的内容');`).bytes;

const members = blobLiteral(
  writeProtobuf([
    [
      1,
      [
        [1, friend],
        [2, '乙的群名片'],
      ],
    ],
    [1, [[1, other]]],
  ]),
);
const microMsg = makeDatabase(`CREATE TABLE Contact (UserName TEXT PRIMARY KEY, Alias TEXT, Type INTEGER, Remark TEXT, NickName TEXT);
  CREATE TABLE ChatRoom (ChatRoomName TEXT PRIMARY KEY, UserNameList TEXT, DisplayNameList TEXT, RoomData BLOB); CREATE TABLE Session (strUsrName TEXT PRIMARY KEY, strNickName TEXT);
  INSERT INTO Contact VALUES ('${me}', 'self', 3, '', '甲'), ('${friend}', 'yi', 3, '乙(备注)', '乙'), ('${room}', '', 2, '', '测试群');
  INSERT INTO ChatRoom VALUES ('${room}', '${me}^G${friend}^G${other}', '^G^G丙的群名片', ${members}); INSERT INTO Session VALUES ('${other}', '丙');`).bytes;

const mediaMsg = makeDatabase(`CREATE TABLE Media (Key TEXT, Reserved0 INT, Buf BLOB); CREATE TABLE Name2ID (UsrName TEXT PRIMARY KEY);
  INSERT INTO Media VALUES ('k', ${id(5)}, ${blobLiteral(voice)});`).bytes;

const account = {
  [`${me}/Msg/Multi/MediaMSG0.db`]: mediaMsg,
  [`${me}/Msg/Multi/MSG0.db`]: messages0,
  [`${me}/Msg/Multi/MSG1.db`]: messages1,
  [`${me}/Msg/MicroMsg.db`]: microMsg,
  [`${me}/FileStorage/MsgAttach/x/Image/2024-01/i1.dat`]: new Uint8Array(3),
  [`${me}/FileStorage/File/2024-01/计划.pdf`]: new Uint8Array(5),
};

describeConformance(weChatDatabase, [sampleOf('MSG0.db', { 'MSG0.db': messages0 })]);

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
testEncrypted('SQLCipher 3 with pages of 4,096 bytes', weChatDatabase, account, { ...weChatPc3, key }, `0x${key.toString('hex')}`);

test('reads an account of WeChat 3 for Windows', async () => {
  const { detection, questions, conversations, messages, people, problems, get, senderOf } = await readAccount(account);
  expect(detection).toMatchObject({ formatVersion: 'pc-3', title: me });
  expect(detection.entries).toHaveLength(4);
  expect(questions).toEqual([]);
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    [`wechat:${friend}`, '乙(备注)', 'direct'],
    [`wechat:${room}`, '测试群', 'group'],
  ]);
  // 11 + 1 rows, one with damaged LZ4.
  expect(messages).toHaveLength(11);
  expect(problems.map(({ problem }) => problem.detail)).toEqual(['CompressContent: damaged LZ4']);
  expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: me, name: '甲' });
  expect([1, 2, 3, 4, 10].map((number) => senderOf(id(number)))).toEqual([friend, me, friend, other, null]);
  expect(get(id(1))).toMatchObject({ text: '明天九点见', sentAtMs: (startS + 60) * 1000 });
  expect(get(id(3)).facts?.extra).toEqual({ senderName: '乙的群名片' });
  expect(get(id(4)).facts?.extra).toEqual({ senderName: '丙的群名片' });
  expect(get(id(6))).toMatchObject({ text: '同意，就这么办', facts: { replyTo: { sourceId: id(1), excerpt: '明天九点见' } } });
  expect(get(id(8)).facts?.location).toEqual({ latitude: 39.908, longitude: 116.397, name: '天安门', address: '北京市东城区' });
  expect(get(id(9)).facts?.call).toEqual({ durationMs: 65_000, outcome: 'answered', video: false });
  expect(get(id(10))).toMatchObject({ kind: 'system', facts: { service: { action: 'poke' } } });
  expect(messages.at(-1)).toMatchObject({ kind: 'system', text: '以上是打招呼的内容', sourceId: null, conversation: 0 });
});

test('finds media by the paths in BytesExtra, the account’s folder aside', async () => {
  const { files, get } = await readAccount(account);
  // Voice is a value in the database.
  expect(files.entries[get(id(5)).attachments[0]?.entry ?? -1]?.path).toMatch(/MediaMSG0\.db$/);
  expect([4, 7].map((number) => files.entries[get(id(number)).attachments[0]?.entry ?? -1]?.path)).toEqual([
    `${me}/FileStorage/MsgAttach/x/Image/2024-01/i1.dat`,
    `${me}/FileStorage/File/2024-01/计划.pdf`,
  ]);
  const alone = await readAccount({ 'MSG0.db': messages0 });
  expect(alone.get(id(4)).attachments).toMatchObject([{ name: 'i1.dat', missing: 'not-in-archive' }]);
  // The paths say whose account it is.
  expect(alone.people.find(({ isOwner }) => isOwner)?.sourceId).toBe(me);
});

const macTable = (
  peer: string,
  inserted: string,
): string => `CREATE TABLE Chat_${md5(peer)} (mesLocalID INTEGER PRIMARY KEY AUTOINCREMENT, mesSvrID INTEGER, msgCreateTime INTEGER,
  msgContent TEXT, msgStatus INTEGER, msgImgStatus INTEGER, messageType INTEGER, mesDes INTEGER, msgSource TEXT, msgVoiceText TEXT, msgSeq INTEGER, CompressContent BLOB, ConBlob BLOB);
  INSERT INTO Chat_${md5(peer)} (mesSvrID, msgCreateTime, msgContent, messageType, mesDes, msgVoiceText) VALUES ${inserted};`;
const picture = `<msg><img md5="${md5('picture')}" length="3"/></msg>`;
const macMessages =
  makeDatabase(`${macTable(friend, `(11, ${startS}, '来自 mac', 1, 0, NULL), (12, ${startS + 60}, '收到', 1, 1, NULL), (13, ${startS + 120}, '${picture}', 3, 1, NULL), (14, ${startS + 180}, '<msg><voicemsg voicelength="2000"/></msg>', 34, 1, '说的话')`)}
  ${macTable(room, `(21, ${startS + 200}, '${other}:' || char(10) || '大家好', 1, 1, NULL), (22, ${startS + 260}, '${other}:' || char(10) || 'mine', 1, 0, NULL), (0, ${startS + 300}, '你邀请乙加入了群聊', 10000, 1, NULL)`)}`).bytes;
const macContacts = makeDatabase(`CREATE TABLE WCContact (m_nsUsrName TEXT PRIMARY KEY, nickname TEXT, m_nsRemark TEXT, m_nsAliasName TEXT);
  INSERT INTO WCContact VALUES ('${me}', '甲', '', ''), ('${friend}', '乙', '', '');`).bytes;
const macGroups =
  makeDatabase(`CREATE TABLE GroupContact (m_nsUsrName TEXT PRIMARY KEY, nickname TEXT, m_nsChatRoomMemList TEXT); INSERT INTO GroupContact VALUES ('${room}', '测试群', '${me};${other}');
  CREATE TABLE GroupMember (m_nsUsrName TEXT PRIMARY KEY, nickname TEXT); INSERT INTO GroupMember VALUES ('${other}', '丙');`).bytes;
const macMedia =
  makeDatabase(`CREATE TABLE HlinkMediaRecord (mediaMd5 TEXT, inodeNumber INTEGER); INSERT INTO HlinkMediaRecord VALUES ('${md5('picture')}', 77);
  CREATE TABLE HlinkMediaDetail (inodeNumber INTEGER, relativePath TEXT, fileName TEXT); INSERT INTO HlinkMediaDetail VALUES (77, 'abc/Image', '1.jpg');`).bytes;

const macFolder = `2.0b4.0.9/${md5(me)}`;
const macAccount = {
  [`${macFolder}/Message/msg_0.db`]: macMessages,
  [`${macFolder}/Contact/wccontact_new2.db`]: macContacts,
  [`${macFolder}/Group/group_new.db`]: macGroups,
  [`${macFolder}/MediaData/hldata.db`]: macMedia,
  [`${macFolder}/Message/MessageTemp/abc/Image/1.jpg`]: new Uint8Array(3),
};
const rawKey = { bytes: key, salt: Buffer.alloc(16, 7) };
testEncrypted('SQLCipher 3 with a raw key', weChatDatabase, macAccount, { ...sqlcipher3, key: rawKey }, key.toString('hex'));

test('reads an account of WeChat 3 for Macs', async () => {
  const { detection, conversations, messages, people, files, get, senderOf } = await readAccount(macAccount);
  expect(detection).toMatchObject({ formatVersion: 'mac-3', title: md5(me) });
  expect(detection.entries).toHaveLength(4);
  expect(conversations.map(({ sourceId, name }) => [sourceId, name])).toEqual([
    [`wechat:${friend}`, '乙'],
    [`wechat:${room}`, '测试群'],
  ]);
  expect(messages).toHaveLength(7);
  // The folder is the hash of an id that the contacts know.
  expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: me, name: '甲' });
  expect(['11', '12', '21', '22'].map(senderOf)).toEqual([me, friend, other, me]);
  expect(get('21').text).toBe('大家好');
  expect(get('22').text).toBe(`${other}:\nmine`);
  expect(files.entries[get('13').attachments[0]?.entry ?? -1]?.path).toMatch(/1\.jpg$/);
  expect(get('14').facts?.extra).toEqual({ transcript: '说的话' });
  expect(messages.at(-1)).toMatchObject({ kind: 'system', sender: -1, sourceId: null });
});

test('a Mac’s messages alone: chats by their hash, own messages without an id', async () => {
  const { conversations, people, senderOf } = await readAccount({ 'msg_0.db': macMessages });
  expect(conversations.map(({ sourceId, shape }) => [sourceId, shape])).toEqual([
    [`wechat:md5:${md5(friend)}`, 'unknown'],
    [`wechat:md5:${md5(room)}`, 'unknown'],
  ]);
  expect(people.filter(({ isOwner }) => isOwner)).toMatchObject([{ sourceId: null }, { sourceId: null }]);
  expect(senderOf('21')).toBe(other);
});

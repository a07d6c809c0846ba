// Invented databases of WeChat on phones, made by sqlite3. Times count from 2024-01-01T00:00:00Z, one minute a row.

import { expect, test } from 'vitest';
import { weChatDatabase } from '../../../src/importers/wechat-database/wechat-database';
import { blobLiteral, writeProtobuf } from '../../bytes/protobuf-builder';
import { sqlcipher1 } from '../../bytes/sqlite/encrypt-pages';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { testEncrypted } from '../encrypted-form';
import { fileSetOfPath } from '../../tools/node-files';
import { expectTiling, messagesOf, readAll } from '../read-records';
import { hasSharedSamples, sampleOf, sharedSamplePath } from '../samples';
import { readAccount } from './read-account';
import { friend, md5, me, other, room, startS } from './wechat-4-samples';

const id = (number: number): string => String(7_000_000_000_000_000_000n + BigInt(number));
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
const quote = `<msg><appmsg><title>同意</title><type>57</type><refermsg><svrid>${id(1)}</svrid><displayname>甲</displayname><content>好的</content></refermsg></appmsg></msg>`;
const packet = '<msg><appmsg><type>2001</type><wcpayinfo><sendertitle>恭喜发财</sendertitle></wcpayinfo></appmsg></msg>';
const film = `<msg><videomsg playlength="7" length="4"/></msg>`;

const messages: readonly (readonly [type: number, own: 0 | 1, talker: string, content: string, image?: string])[] = [
  [1, 0, friend, '明天九点见'],
  [1, 1, friend, '好的👌'],
  [1, 0, room, `${friend}:\n大家好`],
  [3, 0, friend, `<msg><img md5="${md5('picture')}"/></msg>`, `THUMBNAIL_DIRPATH://th_${md5('small')}`],
  [34, 0, room, `${other}:1500:0\n`, '2912345678901234567890a'],
  [822083633, 0, friend, quote],
  [10000, 0, room, '"乙"邀请"丙"加入了群聊'],
  [436207665, 0, friend, packet],
  [43, 1, friend, film, 'film1'],
  [3, 0, friend, '<msg><img/></msg>', `THUMBNAIL_DIRPATH://th_${md5('other')}`],
  [0x7000031, 0, friend, '<msg><appmsg><title>of the future</title><type>4321</type></appmsg></msg>'],
];
const values = messages.map(([type, own, talker, content, image], at) => {
  const number = at + 1;
  return `(${id(number)}, ${type}, ${own}, ${(startS + number * 60) * 1000}, '${talker}', '${content}', ${image === undefined ? 'NULL' : `'${image}'`})`;
});

const enMicroMsg =
  makeDatabase(`CREATE TABLE message (msgId INTEGER PRIMARY KEY, msgSvrId INTEGER, type INT, status INT, isSend INT, isShowTimer INTEGER, createTime INTEGER,
    talker VARCHAR(40), content TEXT, imgPath TEXT, reserved TEXT, lvbuffer BLOB, talkerId INTEGER, msgSeq INTEGER, flag INT);
  CREATE TABLE rcontact (username text PRIMARY KEY, alias text default '', conRemark text default '', nickname text default '', type integer default 0, lvbuff blob);
  CREATE TABLE userinfo (id INTEGER PRIMARY KEY, type INT, value TEXT); CREATE TABLE chatroom (chatroomname text PRIMARY KEY, memberlist text, roomdata blob);
  CREATE TABLE ImgInfo2 (id INTEGER PRIMARY KEY, msgSvrId LONG, bigImgPath TEXT, thumbImgPath TEXT);
  INSERT INTO userinfo VALUES (2, 3, '${me}'), (4, 3, '甲'); INSERT INTO chatroom VALUES ('${room}', '${me};${friend}', ${members});
  INSERT INTO rcontact (username, alias, conRemark, nickname) VALUES ('${me}', 'self', '', '甲'), ('${friend}', 'yi', '乙(备注)', '乙'), ('${other}', '', '', '丙'), ('${room}', '', '', '测试群');
  INSERT INTO ImgInfo2 VALUES (1, ${id(4)}, '${md5('big')}.jpg', ''), (2, ${id(10)}, 'SERVERID://1', '');
  INSERT INTO message (msgSvrId, type, isSend, createTime, talker, content, imgPath) VALUES ${values.join(', ')};`).bytes;

const inFolders = (hash: string): string => `${hash.slice(0, 2)}/${hash.slice(2, 4)}`;
const android = {
  'MicroMsg/0a/EnMicroMsg.db': enMicroMsg,
  // The hash of this name begins with 113d: formats/china.md §4.
  'MicroMsg/0b/voice2/11/3d/msg_2912345678901234567890a.amr': new Uint8Array(7),
  [`MicroMsg/0b/image2/${inFolders(md5('small'))}/th_${md5('small')}`]: new Uint8Array(2),
  [`MicroMsg/0b/image2/${inFolders(md5('big'))}/${md5('big')}.jpg`]: new Uint8Array(9),
  [`MicroMsg/0b/image2/${inFolders(md5('other'))}/th_${md5('other')}`]: new Uint8Array(3),
  'MicroMsg/0b/video/film1.mp4': new Uint8Array(4),
};

describeConformance(weChatDatabase, [sampleOf('EnMicroMsg.db', { 'EnMicroMsg.db': enMicroMsg })]);
testEncrypted('SQLCipher 1', weChatDatabase, android, { ...sqlcipher1, key: '15c11c8' }, '15c11c8');

test('reads an account of WeChat on Android', async () => {
  const { detection, conversations, messages: read, people, problems, files, get, senderOf } = await readAccount(android);
  expect(detection.formatVersion).toBe('android');
  expect(conversations.map(({ sourceId, name }) => [sourceId, name])).toEqual([
    [`wechat:${friend}`, '乙(备注)'],
    [`wechat:${room}`, '测试群'],
  ]);
  expect([read.length, problems.length]).toEqual([11, 0]);
  expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: me, name: '甲' });
  expect([1, 2, 3, 5, 7].map((number) => senderOf(id(number)))).toEqual([friend, me, friend, other, null]);
  expect(get(id(1))).toMatchObject({ text: '明天九点见', sentAtMs: (startS + 60) * 1000 });
  expect(get(id(3))).toMatchObject({ text: '大家好', facts: { extra: { senderName: '乙的群名片' } } });
  expect(get(id(6))).toMatchObject({ text: '同意', facts: { replyTo: { sourceId: id(1) } } });
  expect(get(id(8))).toMatchObject({ kind: 'transfer', facts: { extra: { card: 'red-packet' } } });
  expect(get(id(11))).toMatchObject({ kind: 'unknown', text: 'of the future', facts: { extra: { appType: 4321 } } });
  const pathOf = (number: number): string | undefined => files.entries[get(id(number)).attachments[0]?.entry ?? -1]?.path.split('/').at(-1);
  expect([4, 5, 9, 10].map(pathOf)).toEqual([`${md5('big')}.jpg`, 'msg_2912345678901234567890a.amr', 'film1.mp4', `th_${md5('other')}`]);
  expect(get(id(5)).attachments).toMatchObject([{ kind: 'voice', durationMs: 1500 }]);
});

const chat = (
  peer: string,
  rows: string,
): string => `CREATE TABLE Chat_${md5(peer)} (TableVer INTEGER DEFAULT 1, MesLocalID INTEGER PRIMARY KEY AUTOINCREMENT, MesSvrID INTEGER DEFAULT 0,
  CreateTime INTEGER DEFAULT 0, Message TEXT, Status INTEGER DEFAULT 0, ImgStatus INTEGER DEFAULT 0, Type INTEGER, Des INTEGER);
  INSERT INTO Chat_${md5(peer)} (MesSvrID, CreateTime, Message, Type, Des) VALUES ${rows};`;
const iosMessages = makeDatabase(`${chat(
  friend,
  `(1, ${startS}, '明天九点见', 1, 1), (2, ${startS + 60}, '好的👌', 1, 0), (3, ${startS + 120}, '<msg><voicemsg voicelength="1000"/></msg>', 34, 1),
    (4, ${startS + 180}, '<msg><img length="2"/></msg>', 3, 0), (5, ${startS + 240}, x'28b52ffd210700010203', 49, 1)`,
)}
  ${chat(room, `(6, ${startS + 300}, '${friend}:' || char(10) || '大家好', 1, 1), (7, ${startS + 360}, '"乙" 撤回了一条消息', 10000, 1)`)}
  CREATE TABLE wcdb_builtin_compression_record (tableName TEXT, columns TEXT, rowid_ INTEGER); INSERT INTO wcdb_builtin_compression_record VALUES ('Chat_${md5(friend)}', 'Message:7', 5);`).bytes;

const roomXml = `<RoomData><Member UserName="${friend}"><DisplayName>乙的群名片</DisplayName></Member><Member UserName="${other}"/></RoomData>`;
const remark = (nickname: string, alias: string, given: string): string =>
  blobLiteral(
    writeProtobuf([
      [1, nickname],
      [2, alias],
      [3, given],
      [4, ''],
    ]),
  );
const iosContacts =
  makeDatabase(`CREATE TABLE Friend (userName TEXT PRIMARY KEY, type INTEGER DEFAULT 0, dbContactRemark BLOB, dbContactChatRoom BLOB);
  INSERT INTO Friend VALUES ('${friend}', 3, ${remark('乙', 'yi', '乙(备注)')}, NULL), ('${room}', 2, ${remark('测试群', '', '')}, ${blobLiteral(writeProtobuf([[6, roomXml]]))}), ('${me}', 3, ${remark('甲', '', '')}, NULL);`).bytes;
const folder = `Documents/${md5(me)}`;

test('reads an account of WeChat on iPhones; what a dictionary hides is counted', async () => {
  const {
    detection,
    conversations,
    messages: read,
    people,
    problems,
    files,
    get,
    senderOf,
  } = await readAccount({
    [`${folder}/DB/message_1.sqlite`]: iosMessages,
    [`${folder}/DB/WCDB_Contact.sqlite`]: iosContacts,
    [`${folder}/Audio/${md5(friend)}/3.aud`]: new Uint8Array(7),
    [`${folder}/Img/${md5(friend)}/4.pic`]: new Uint8Array(2),
    [`${folder}/Img/${md5(room)}/4.pic`]: new Uint8Array(3),
  });
  expect(detection).toMatchObject({ formatVersion: 'ios', title: md5(me) });
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    [`wechat:${friend}`, '乙(备注)', 'direct'],
    [`wechat:${room}`, '测试群', 'group'],
  ]);
  expect(read).toHaveLength(6);
  expect(people.find(({ isOwner }) => isOwner)).toMatchObject({ sourceId: me, name: '甲' });
  expect(['1', '2', '6', '7'].map(senderOf)).toEqual([friend, me, friend, null]);
  expect(get('6')).toMatchObject({ text: '大家好', facts: { extra: { senderName: '乙的群名片' } } });
  expect(files.entries[get('3').attachments[0]?.entry ?? -1]?.path).toMatch(/3\.aud$/);
  expect(files.entries[get('4').attachments[0]?.entry ?? -1]?.path).toBe(`${folder}/Img/${md5(friend)}/4.pic`);
  expect(problems.map(({ problem }) => problem.detail)).toEqual(['packed with dictionary 7, which is in the app only']);
  // The bytes are kept.
  expect(problems[0]?.problem.raw).toContain('"Message":"base64:KLUv/SEHAAECAw=="');
});

test.runIf(hasSharedSamples)('reads databases as a backup names them', async () => {
  const files = await fileSetOfPath(sharedSamplePath('china/synthetic/wechat-ios/backup'));
  const [detection] = await weChatDatabase.detect(files);
  const records = await readAll(weChatDatabase, files, detection!);
  await expectTiling(files, detection!, records);
  expect(messagesOf(records).map(({ text, kind }) => text || kind)).toEqual([
    '明天九点见',
    '好的👌',
    'voice',
    '大家好',
    '"测试乙" 撤回了一条消息',
  ]);
});

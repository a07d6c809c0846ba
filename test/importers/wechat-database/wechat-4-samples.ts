// An invented account of WeChat 4, made by sqlite3: columns as formats' sources name them, one row of each kind. Times count from
// 2024-01-01T00:00:00Z (1,704,067,200 s), one minute a row.

import { createHash } from 'node:crypto';
import { loadZstdCodec } from '../../../src/bytes/zstd';
import { blobLiteral, writeProtobuf } from '../../bytes/protobuf-builder';
import { makeDatabase } from '../../bytes/sqlite/make-database';

export const me = 'wxid_me0001';
export const friend = 'wxid_friend01';
export const other = 'wxid_other01';
export const room = '12345678@chatroom';
export const startS = 1_704_067_200;
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const zstd = await loadZstdCodec();
const textOf = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const packedText = (text: string): string => blobLiteral(zstd.compress(new TextEncoder().encode(text)));
const app = (sub: number): string => String(sub * 2 ** 32 + 49);

interface RowFields {
  readonly type?: string | number;
  readonly sender?: number;
  readonly content: string;
  readonly packed?: string;
  readonly at?: number;
}

/** Server ids count from 8,000,000,000,000,000,001, above 2^53. */
let next = 0;
export function messageTable(peer: string, rows: readonly RowFields[]): string {
  const name = `Msg_${md5(peer)}`;
  const values = rows.map(({ type = 1, sender = 1, content, packed = 'NULL', at }) => {
    next++;
    const time = at ?? startS + next * 60;
    return `(${8_000_000_000_000_000_000n + BigInt(next)}, ${type}, ${sender}, ${time}, ${sender === 2 ? 2 : 4}, ${content}, ${packed}, ${content.startsWith('x') ? 4 : 0})`;
  });
  return `CREATE TABLE ${name} (local_id INTEGER PRIMARY KEY AUTOINCREMENT, server_id INTEGER, local_type INTEGER, sort_seq INTEGER, real_sender_id INTEGER,
    create_time INTEGER, status INTEGER, upload_status INTEGER, download_status INTEGER, server_seq INTEGER, origin_source INTEGER, source TEXT,
    message_content TEXT, compress_content TEXT, packed_info_data BLOB, WCDB_CT_message_content INTEGER DEFAULT NULL, WCDB_CT_source INTEGER DEFAULT NULL);
  INSERT INTO ${name} (server_id, local_type, real_sender_id, create_time, status, message_content, packed_info_data, WCDB_CT_message_content) VALUES ${values.join(', ')};`;
}

const quote = `<?xml version="1.0"?><msg><appmsg><title>同意</title><type>57</type><refermsg><type>1</type><svrid>8000000000000000001</svrid><fromusr>${friend}</fromusr><displayname>乙</displayname><content>明天九点见</content></refermsg></appmsg></msg>`;
const file = `<msg><appmsg><title>计划.pdf</title><type>6</type><appattach><totallen>5</totallen></appattach><md5>${md5('plan')}</md5></appmsg></msg>`;
const image = `<?xml version="1.0"?><msg><img md5="${md5('picture')}" length="3"/></msg>`;
const withDictionary = 'x' + `'28b52ffd210512000000'`;

export const messages0 = makeDatabase(`CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY, is_session INTEGER);
  INSERT INTO Name2Id VALUES ('${friend}', 1), ('${me}', 0), ('${room}', 1), ('${other}', 0);
  CREATE TABLE TimeStamp (timestamp INTEGER); INSERT INTO TimeStamp VALUES (${startS});
  ${messageTable(friend, [
    { content: textOf('明天九点见') },
    { sender: 2, content: textOf('好的👌') },
    { type: app(57), content: packedText(quote) },
    {
      type: 34,
      content: textOf('<msg><voicemsg voicelength="1000"/></msg>'),
      packed: blobLiteral(
        writeProtobuf([
          [1, 106],
          [2, 14],
          [
            5,
            [
              [1, 2],
              [2, '一段语音'],
            ],
          ],
        ]),
      ),
    },
    {
      type: 3,
      content: packedText(image),
      packed: blobLiteral(
        writeProtobuf([
          [1, 106],
          [2, 14],
          [
            3,
            [
              [1, 16],
              [2, 16],
              [4, 'img0001'],
            ],
          ],
        ]),
      ),
    },
    { type: app(6), sender: 2, content: packedText(file), packed: blobLiteral(writeProtobuf([[7, [[1, [[2, '计划.pdf']]]]]])) },
    {
      type: 43,
      content: textOf(`<msg><videomsg md5="${md5('film')}" length="4" playlength="12"/></msg>`),
      packed: blobLiteral(writeProtobuf([[3, 'video0001']])),
    },
    { content: withDictionary },
    { type: 12345, content: textOf('of the future') },
    { content: textOf('no time'), at: 0 },
  ])}
  ${messageTable(room, [
    { content: textOf(`${friend}:\n大家好`) },
    { sender: 2, content: textOf('wxid_friend01:\n我写的') },
    { sender: 4, content: packedText(`${other}:\n${'长文本'.repeat(60)}`) },
    {
      type: 10000,
      sender: 3,
      content: textOf('<sysmsg type="revokemsg"><revokemsg><content>"乙" 撤回了一条消息</content></revokemsg></sysmsg>'),
    },
  ])}`).bytes;

/** The next shard: ids of people have other numbers, and one table's chat is known to nobody. */
export const messages1 = makeDatabase(`CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY, is_session INTEGER);
  INSERT INTO Name2Id VALUES ('${other}', 0), ('${me}', 0), ('${friend}', 1);
  ${messageTable(friend, [{ sender: 3, content: textOf('新的一年') }])} ${messageTable('wxid_gone', [{ sender: 1, content: textOf('from nowhere') }])}`).bytes;

const contactColumns =
  'id INTEGER PRIMARY KEY, username TEXT, local_type INTEGER, alias TEXT, remark TEXT, nick_name TEXT, extra_buffer BLOB';
const members = blobLiteral(
  writeProtobuf([
    [1, [[1, me]]],
    [
      1,
      [
        [1, friend],
        [2, '乙的群名片'],
        [3, 1],
      ],
    ],
    [5, 500],
  ]),
);

export const contacts = makeDatabase(`CREATE TABLE contact (${contactColumns}); CREATE TABLE stranger (${contactColumns});
  CREATE TABLE chat_room (id INTEGER PRIMARY KEY, username TEXT, owner TEXT, ext_buffer BLOB);
  INSERT INTO contact (username, local_type, alias, remark, nick_name) VALUES ('${me}', 1, 'self', '', '甲'), ('${friend}', 1, 'yi', '乙(备注)', '乙'), ('${room}', 2, '', '', '测试群');
  INSERT INTO stranger (username, nick_name) VALUES ('${other}', '丙'); INSERT INTO chat_room VALUES (1, '${room}', '${friend}', ${members});`).bytes;

export const session = makeDatabase(`CREATE TABLE SessionTable (username TEXT PRIMARY KEY, summary TEXT, sort_timestamp INTEGER);
  INSERT INTO SessionTable VALUES ('${friend}', '', ${startS});`).bytes;

export const hardlink = makeDatabase(`CREATE TABLE dir2id (username TEXT); INSERT INTO dir2id VALUES ('${md5(friend)}'), ('2024-01');
  CREATE TABLE video_hardlink_info_v4 (md5_hash INTEGER, md5 TEXT PRIMARY KEY, file_name TEXT, file_size INTEGER, modify_time INTEGER, dir1 INTEGER, dir2 INTEGER);
  INSERT INTO video_hardlink_info_v4 VALUES (1, '${md5('film')}', 'abc.mp4', 4, 0, 2, 0);`).bytes;

export const voice = new TextEncoder().encode('\u0002#!SILK_V3 invented');
/** The voice of message 4, and one of a message that is gone. */
export const voices = makeDatabase(`CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY); INSERT INTO Name2Id VALUES ('${friend}');
  CREATE TABLE VoiceInfo (chat_name_id INTEGER, create_time INTEGER, local_id INTEGER, svr_id INTEGER, voice_data BLOB, data_index TEXT DEFAULT '0');
  INSERT INTO VoiceInfo VALUES (1, ${startS}, 4, 8000000000000000004, ${blobLiteral(voice)}, '0'), (1, ${startS}, 5, 8000000000000000099, x'00', '0');`).bytes;

/** A picture as WeChat disguises it: its first bytes are a JPEG's, all of them XORed with 0x5A. */
export const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
export const disguised = picture.map((byte) => byte ^ 0x5a);

const root = `xwechat_files/${me}_1a2b`;
export const account: Readonly<Record<string, Uint8Array>> = {
  [`${root}/db_storage/contact/contact.db`]: contacts,
  [`${root}/db_storage/message/message_0.db`]: messages0,
  [`${root}/db_storage/message/message_1.db`]: messages1,
  [`${root}/db_storage/session/session.db`]: session,
  [`${root}/db_storage/hardlink/hardlink.db`]: hardlink,
  [`${root}/db_storage/message/media_0.db`]: voices,
  [`${root}/msg/attach/${md5(friend)}/2024-01/Img/img0001_t.dat`]: new Uint8Array(2),
  [`${root}/msg/attach/${md5(friend)}/2024-01/Img/img0001.dat`]: disguised,
  [`${root}/msg/file/2024-01/计划.pdf`]: new Uint8Array(5),
  [`${root}/msg/file/2023-07/计划.pdf`]: new Uint8Array(6),
  [`${root}/msg/video/2024-01/abc.mp4`]: new Uint8Array(4),
};

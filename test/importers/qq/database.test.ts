// An invented nt_msg.db, made by sqlite3. Times count from 2024-01-01T00:00:00Z (1,704,067,200 s), one minute a row.

import { expect, test } from 'vitest';
import type { FileSet } from '../../../src/bytes/source';
import { qqDatabase } from '../../../src/importers/qq/database/qq-database';
import { blobLiteral, writeProtobuf } from '../../bytes/protobuf-builder';
import type { WrittenField } from '../../bytes/protobuf-builder';
import { qqNt } from '../../bytes/sqlite/encrypt-pages';
import { makeDatabase } from '../../bytes/sqlite/make-database';
import { describeConformance } from '../conformance';
import { testEncrypted } from '../encrypted-form';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';

const startS = 1_704_067_200;
const [first, second, owner] = ['u_FirstAAAAAAAAAAAAAAAA', 'u_SecondBBBBBBBBBBBBBBB', 'u_OwnerCCCCCCCCCCCCCCCC'];
const numbers: Readonly<Record<string, number>> = { [first]: 1_000_001, [second]: 1_000_002, [owner]: 1_000_009 };
const group = 100_000_001;
const id = (number: number): string => String(7_300_000_000_000_000_000n + BigInt(number));

const element = (type: number, ...fields: readonly WrittenField[]): WrittenField => [40800, [[45001, 100], [45002, type], ...fields]];
const text = (words: string): WrittenField => element(1, [45101, words]);
const md5 = '00112233445566778899aabbccddeeff';
const card = {
  app: 'com.tencent.structmsg',
  prompt: '[分享]示例',
  meta: { news: { title: '示例', desc: '一页', jumpUrl: 'https://example.org' } },
};
const place = { app: 'com.tencent.map', meta: { 'Location.Search': { lat: '39.908', lng: '116.397', name: '天安门', address: '北京' } } };
const tip = `<gtip align="center"><qq uin="${first}" col="1" nm="" /><nor txt="戳了戳"/><qq uin="${second}" nm="小乙"/></gtip>`;

interface RowFields {
  readonly sender: string;
  readonly nick?: string;
  readonly card?: string;
  readonly own?: 0 | 1 | 2;
  readonly at?: number;
  readonly elements: readonly WrittenField[] | string;
}

let next = 0;
function insert(table: string, peer: { readonly uid: string; readonly number: number }, rows: readonly RowFields[]): string {
  const values = rows.map(({ sender, nick = '', card: shown = '', own = 0, at, elements }) => {
    next++;
    const blob = typeof elements === 'string' ? elements : blobLiteral(writeProtobuf(elements));
    return `(${id(next)}, ${1000 + next}, 2, 1, ${own}, '${sender}', '${peer.uid}', ${peer.number}, ${peer.number}, ${numbers[sender] ?? 0}, ${at ?? startS + next * 60}, '${shown}', '${nick}', ${blob})`;
  });
  return `INSERT INTO ${table} ("40001", "40003", "40011", "40012", "40013", "40020", "40021", "40027", "40030", "40033", "40050", "40090", "40093", "40800") VALUES ${values.join(', ')};`;
}

const columns =
  '"40001" INTEGER PRIMARY KEY, "40002" INTEGER, "40003" INTEGER, "40010" INTEGER, "40011" INTEGER, "40012" INTEGER, "40013" INTEGER, "40020" TEXT, "40021" TEXT, "40027" INTEGER, "40030" INTEGER, "40033" INTEGER, "40041" INTEGER, "40050" INTEGER, "40062" BLOB, "40090" TEXT, "40093" TEXT, "40800" BLOB, "40900" BLOB';

const messages =
  makeDatabase(`CREATE TABLE group_msg_table (${columns}); CREATE TABLE c2c_msg_table (${columns}); CREATE TABLE dataline_msg_table (${columns});
  CREATE TABLE nt_uid_mapping_table ("48901" INTEGER PRIMARY KEY, "48902" TEXT, "48912" INTEGER, "1002" INTEGER); CREATE TABLE misc (x);
  INSERT INTO nt_uid_mapping_table VALUES (1, '${first}', 1, ${numbers[first]}), (2, '${second}', 2, ${numbers[second]}); INSERT INTO misc VALUES (1), (2);
  ${insert('group_msg_table', { uid: String(group), number: group }, [
    { sender: first, nick: '演示甲', card: '甲的群名片', elements: [text('大家好')] },
    { sender: owner, nick: '演示我', own: 1, elements: [text('收到'), element(6, [47601, 14], [47602, '/微笑'])] },
    {
      sender: second,
      nick: '演示乙',
      elements: [element(2, [45402, 'A1B2.png'], [45405, 9], [45424, md5.toUpperCase()], [45411, 640], [45412, 480]), text('看')],
    },
    {
      sender: second,
      nick: '演示乙',
      elements: [
        element(7, [47401, BigInt(id(1))], [47402, 1001], [47403, 1_000_001], [47413, '大家好']),
        element(1, [45101, '@甲'], [45102, 2]),
        text(' 你好'),
      ],
    },
    { sender: first, elements: [element(8, [45003, 1], [47703, first], [47713, '，并亲了你一口'])] },
    { sender: first, elements: [element(8, [48214, tip])] },
    { sender: second, nick: '演示乙', card: '乙乙(1000002)', elements: [element(99, [1, 'of the future'])] },
    { sender: second, at: 0, elements: [text('no time')] },
    { sender: second, elements: 'NULL' },
    { sender: second, elements: "x'82f61305c8fc'" },
  ])}
  ${insert('c2c_msg_table', { uid: first, number: numbers[first]! }, [
    { sender: owner, own: 2, elements: [element(10, [47901, JSON.stringify(card)])] },
    { sender: first, elements: [element(10, [47901, JSON.stringify(place)])] },
    { sender: first, elements: [element(4, [45402, 'v1.amr'], [45405, 7], [45906, 3], [45923, '说的话'])] },
    { sender: first, elements: [element(3, [45402, '计划.pdf'], [45405, 5])] },
    { sender: first, elements: [element(21, [48153, '语音通话'], [48157, '通话时长 01:05'])] },
    {
      sender: first,
      elements: [
        element(
          7,
          [47402, 5],
          [
            47423,
            [
              [45002, 1],
              [45101, 'quoted words'],
            ],
          ],
        ),
        text('yes'),
      ],
    },
    { sender: first, elements: [element(9, [48403, [[48443, '恭喜发财']]])] },
    { sender: first, elements: [element(16, [48602, '<msg><item><title>聊天记录</title><title>甲: 你好</title></item></msg>'])] },
    { sender: first, elements: [element(11, [80900, '[开心]'])] },
    { sender: first, elements: [element(14, [48701, '# 标题'])] },
  ])}
  UPDATE c2c_msg_table SET "40900" = ${blobLiteral(
    writeProtobuf([
      [
        40900,
        [
          [40020, first],
          [40050, startS],
          [40093, '演示甲'],
          [
            40800,
            [
              [45001, 1],
              [45002, 1],
              [45101, '你好'],
            ],
          ],
        ],
      ],
      [
        40900,
        [
          [40093, '丙'],
          [
            40800,
            [
              [45001, 2],
              [45002, 2],
              [45402, 'x.png'],
            ],
          ],
        ],
      ],
    ]),
  )} WHERE "40001" = ${id(18)};
  UPDATE group_msg_table SET "40062" = x'0a0b', "40900" = x'ff' WHERE "40001" = ${id(2)};
  ${insert('dataline_msg_table', { uid: owner, number: 0 }, [{ sender: owner, own: 1, elements: [text('to my computer')] }])}`).bytes;

const profiles = makeDatabase(`CREATE TABLE profile_info_v6 ("1000" TEXT PRIMARY KEY, "1002" INTEGER, "20002" TEXT, "20009" TEXT);
  INSERT INTO profile_info_v6 VALUES ('${first}', ${numbers[first]}, '演示甲', '老甲'), ('${owner}', ${numbers[owner]}, '演示我', '');`).bytes;
const groups =
  makeDatabase(`CREATE TABLE group_list ("60001" INTEGER PRIMARY KEY, "60007" TEXT); INSERT INTO group_list VALUES (${group}, '爬山群');
  CREATE TABLE group_member3 ("60001" INTEGER, "1000" TEXT, "1002" INTEGER, "64003" TEXT, "20002" TEXT); INSERT INTO group_member3 VALUES (${group}, '${second}', ${numbers[second]}, '乙的名片', '演示乙');`).bytes;

describeConformance(qqDatabase, [sampleOf('nt_msg.db', { 'nt_msg.db': messages })]);

const databases = { 'nt/nt_msg.db': messages, 'nt/profile_info.db': profiles, 'nt/group_info.db': groups };
testEncrypted('SQLCipher as QQ NT has it', qqDatabase, databases, { ...qqNt, key: 'qqNTdemoKey12345' }, 'qqNTdemoKey12345');
testEncrypted(
  'the same with SHA-512',
  qqDatabase,
  databases,
  { ...qqNt, reservedBytes: 80, macHash: 'sha512', key: '0123456789abcdef'.repeat(2) },
  '0123456789abcdef'.repeat(2),
);

async function read(files: FileSet) {
  const [detection] = await qqDatabase.detect(files);
  const records = await readAll(qqDatabase, files, detection!);
  expect(findFault(files, detection!, records)).toBeNull();
  await expectTiling(files, detection!, records);
  const found = messagesOf(records);
  const people = records.filter((record) => record.type === 'person');
  const get = (number: number) => found.find(({ sourceId }) => sourceId === id(number))!;
  const senderOf = (number: number): string | null => people.find(({ index }) => index === get(number).sender)?.sourceId ?? null;
  return {
    detection: detection!,
    records,
    messages: found,
    people,
    get,
    senderOf,
    conversations: records.filter((record) => record.type === 'conversation'),
  };
}

const alone = (): FileSet => filesOf('nt', { 'nt_msg.db': messages });

test('reads chats and people, numbers for uids', async () => {
  const { conversations, people, messages: found, records, senderOf } = await read(alone());
  expect(conversations.map(({ sourceId, shape }) => [sourceId, shape])).toEqual([
    ['private:1000001', 'direct'],
    ['group:100000001', 'group'],
    [`device:${owner}`, 'self'],
  ]);
  // 10 + 10 + 1 rows, one without a time; beside them two of the mapping and two that are not read.
  expect(found).toHaveLength(20);
  expect(records.find((record) => record.type === 'rows')).toMatchObject({ rowCount: 25 });
  expect(records.filter((record) => record.type === 'problem').map(({ problem }) => problem.code)).toEqual(['bad-time']);
  expect([1, 2, 3, 5].map(senderOf)).toEqual(['1000001', '1000009', '1000002', null]);
  expect(new Set(people.filter(({ isOwner }) => isOwner).map(({ sourceId }) => sourceId))).toEqual(new Set(['1000009']));
});

test('reads texts, faces, pictures, replies and mentions', async () => {
  const { get } = await read(alone());
  expect(get(1)).toMatchObject({
    kind: 'text',
    text: '大家好',
    sentAtMs: (startS + 60) * 1000,
    facts: { extra: { senderName: '甲的群名片' } },
  });
  expect(get(2).text).toBe('收到/微笑');
  expect(get(3)).toMatchObject({
    kind: 'image',
    text: '看',
    attachments: [{ name: 'A1B2.png', sizeBytes: 9, widthPx: 640, heightPx: 480, missing: 'not-in-archive' }],
    facts: { extra: { md5 } },
  });
  expect(get(4)).toMatchObject({
    kind: 'text',
    text: '@甲 你好',
    facts: {
      replyTo: { sourceId: id(1), excerpt: '大家好' },
      entities: [{ type: 'mention', offset: 0, length: 2 }],
      extra: { repliedSequence: 1001 },
    },
  });
  expect(get(16)).toMatchObject({ text: 'yes', facts: { replyTo: { sourceId: null, excerpt: 'quoted words' } } });
});

test('keeps records of forwards read, reactions and what is not understood raw', async () => {
  const { get } = await read(alone());
  expect(get(18).facts?.extra?.['records']).toEqual([
    { name: '演示甲', uid: first, sentAtMs: startS * 1000, kind: 'text', text: '你好' },
    { name: '丙', kind: 'image', text: '', files: ['x.png'] },
  ]);
  expect(get(2).facts?.extra).toMatchObject({ reactions: 'base64:Cgs=', rawRecords: 'base64:/w==' });
});

test('reads notices, cards, places, voice, files, calls, money, forwards', async () => {
  const { get } = await read(alone());
  expect(get(5)).toMatchObject({ kind: 'system', sender: -1, facts: { service: { action: 'recall' }, deleted: { by: 'unknown' } } });
  expect(get(5).text).toBe('演示甲 撤回了一条消息，并亲了你一口');
  expect(get(6)).toMatchObject({ kind: 'system', text: '演示甲戳了戳小乙', facts: { service: { action: 'poke' } } });
  expect(get(11)).toMatchObject({
    kind: 'link',
    text: '示例\n一页\nhttps://example.org',
    facts: { extra: { elements: [{ type: 'card', data: card }] } },
  });
  expect(get(12).facts?.location).toEqual({ latitude: 39.908, longitude: 116.397, name: '天安门', address: '北京' });
  expect(get(13)).toMatchObject({
    kind: 'voice',
    attachments: [{ kind: 'voice', durationMs: 3000 }],
    facts: { extra: { transcript: '说的话' } },
  });
  expect(get(14)).toMatchObject({ kind: 'file', attachments: [{ name: '计划.pdf', sizeBytes: 5 }] });
  expect(get(15)).toMatchObject({ kind: 'call', facts: { call: { durationMs: 65_000, outcome: 'answered', video: false } } });
  expect([17, 18, 19, 20].map((number) => [get(number).kind, get(number).text])).toEqual([
    ['transfer', '恭喜发财'],
    ['forwarded', '聊天记录\n甲: 你好'],
    ['sticker', '[开心]'],
    ['text', '# 标题'],
  ]);
});

test('what is not understood is kept raw', async () => {
  const { get } = await read(alone());
  expect(get(7)).toMatchObject({
    kind: 'unknown',
    facts: { extra: { senderName: '乙乙', elements: [{ type: 99 }], raw: { 40001: id(7) } } },
  });
  expect(get(9)).toMatchObject({ kind: 'unknown', text: '', facts: { extra: { raw: { 40001: id(9) } } } });
  expect(get(10)).toMatchObject({ kind: 'unknown', facts: { extra: { raw: { 40800: 'base64:gvYTBcj8' } } } });
});

test('names come from the databases beside it, files from the folders of media', async () => {
  const files = filesOf('nt_qq', {
    'nt_db/nt_msg.db': messages,
    'nt_db/profile_info.db': profiles,
    'nt_db/group_info.db': groups,
    'nt_data/Pic/2024-01/Ori/A1B2.png': new Uint8Array(9),
    'nt_data/Ptt/2024-01/Ori/v1.amr': new Uint8Array(7),
  });
  const { detection, conversations, people, get } = await read(files);
  expect(detection.entries.map((entry) => files.entries[entry]!.path)).toEqual([
    'nt_db/nt_msg.db',
    'nt_db/group_info.db',
    'nt_db/profile_info.db',
  ]);
  expect(conversations.map(({ name }) => name)).toEqual(['老甲', '爬山群', '演示我']);
  expect(people.find(({ sourceId }) => sourceId === '1000001')?.name).toBe('老甲');
  expect(get(3).facts?.extra).toMatchObject({ senderName: '乙的名片' });
  expect(get(5).text).toBe('老甲 撤回了一条消息，并亲了你一口');
  expect([3, 13].map((number) => get(number).attachments[0]?.entry)).toEqual([3, 4]);
});

test('what QQ writes before the database is passed over', async () => {
  const head = new Uint8Array(1024);
  head.set(new TextEncoder().encode('SQLite header 3\0'));
  head.set(new TextEncoder().encode('QQ_NT DB'), 32);
  const whole = await read(alone());
  const behind = await read(filesOf('nt', { 'nt_msg.db': Uint8Array.from([...head, ...messages]) }));
  expect(behind.messages).toEqual(whole.messages);
});

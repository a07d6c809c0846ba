import { expect, test } from 'vitest';
import { weChatDatabase } from '../../../src/importers/wechat-database/wechat-database';
import { sqlcipher4 } from '../../bytes/sqlite/encrypt-pages';
import { describeConformance } from '../conformance';
import { testEncrypted } from '../encrypted-form';
import { filesOf, sampleOf } from '../samples';
import { readAccount } from './read-account';
import { account, contacts, friend, md5, me, messages0, messages1, other, picture, room, startS, voice } from './wechat-4-samples';

describeConformance(weChatDatabase, [sampleOf('message_0.db', { 'message_0.db': messages0 })]);

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const three = Object.fromEntries(Object.entries(account).filter(([path]) => !/(?:session|hardlink|media_0)\.db$/.test(path)));
testEncrypted('SQLCipher 4 with one key for all', weChatDatabase, three, { ...sqlcipher4, key }, key.toString('hex'));

const id = (number: number): string => String(8_000_000_000_000_000_000n + BigInt(number));

test('one account is one archive, with all that belongs to it', async () => {
  const { detection, questions, records, files, conversations } = await readAccount(account);
  expect(detection).toMatchObject({ formatVersion: '4', source: 'wechat', title: `${me}_1a2b` });
  expect(detection.entries.map((entry) => files.entries[entry]!.path.split('/').at(-1))).toEqual([
    'message_0.db',
    'message_1.db',
    'contact.db',
    'hardlink.db',
    'media_0.db',
    'session.db',
  ]);
  // The folder says whose it is.
  expect(questions).toMatchObject([{ id: 'owner', guess: me, certain: true }]);
  expect(records.filter((record) => record.type === 'rows')).toHaveLength(6);
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    [`wechat:${friend}`, '乙(备注)', 'direct'],
    [`wechat:${room}`, '测试群', 'group'],
    [`wechat:md5:${md5('wxid_gone')}`, null, 'unknown'],
  ]);
});

test('reads texts, plain and packed, and who wrote them', async () => {
  const { get, senderOf, people, messages } = await readAccount(account);
  // 10 + 4 + 2 rows; one has a dictionary, one no time.
  expect(messages).toHaveLength(14);
  expect(get(id(1))).toMatchObject({ kind: 'text', text: '明天九点见', sentAtMs: (startS + 60) * 1000, clock: 'absolute' });
  expect([senderOf(id(1)), senderOf(id(2)), senderOf(id(15))]).toEqual([friend, me, friend]);
  expect(people.find(({ sourceId }) => sourceId === me)).toMatchObject({ isOwner: true, name: '甲', extra: { alias: 'self' } });
  expect(people.find(({ sourceId }) => sourceId === friend)).toMatchObject({
    isOwner: false,
    name: '乙(备注)',
    extra: { nickname: '乙', alias: 'yi' },
  });
  expect(get(id(3))).toMatchObject({ kind: 'text', text: '同意', facts: { replyTo: { sourceId: id(1), excerpt: '明天九点见' } } });
  expect(get(id(9))).toMatchObject({
    kind: 'unknown',
    facts: { extra: { type: 12345, raw: 'of the future', row: { local_type: 12345 } } },
  });
});

test('reads groups: the sender’s prefix goes, cards stay beside names, notices have no sender', async () => {
  const { get, senderOf } = await readAccount(account);
  expect(get(id(11))).toMatchObject({ text: '大家好', facts: { extra: { senderName: '乙的群名片' } } });
  // A prefix that is not the sender's id is what the sender wrote.
  expect(get(id(12))).toMatchObject({ text: 'wxid_friend01:\n我写的' });
  expect(get(id(13)).text).toBe('长文本'.repeat(60));
  expect([senderOf(id(11)), senderOf(id(12)), senderOf(id(13)), senderOf(id(14))]).toEqual([friend, me, other, null]);
  expect(get(id(14))).toMatchObject({ kind: 'system', text: '"乙" 撤回了一条消息', facts: { service: { action: 'recall' } } });
});

test('finds media by the names in packed_info, by folder and by MD5', async () => {
  const { get, files } = await readAccount(account);
  const pathOf = (number: number): string | undefined => files.entries[get(id(number)).attachments[0]?.entry ?? -1]?.path;
  expect(get(id(4))).toMatchObject({
    kind: 'voice',
    attachments: [{ missing: null, durationMs: 1000 }],
    facts: { extra: { transcript: '一段语音' } },
  });
  expect(pathOf(5)).toMatch(/Img\/img0001\.dat$/);
  expect(pathOf(6)).toMatch(/2024-01\/计划\.pdf$/);
  // Its name in packed_info is of no file; hardlink.db knows its MD5.
  expect(pathOf(7)).toMatch(/abc\.mp4$/);
});

test('reads voice out of its database, and pictures out of their disguise', async () => {
  const files = filesOf('account', account, 'folder');
  const [detection] = await weChatDatabase.detect(files);
  const read = new Map<string | null, Uint8Array | null>();
  for await (const batch of weChatDatabase.read(files, detection!, { answers: {} }))
    for (const record of batch)
      if (record.type === 'message' && record.attachments[0]?.readBytes) read.set(record.sourceId, await record.attachments[0].readBytes());
  expect(read).toEqual(
    new Map([
      [id(4), voice],
      [id(5), picture],
    ]),
  );
});

test('what a dictionary hides is a problem with the row', async () => {
  const { problems } = await readAccount(account);
  expect(problems.map(({ problem }) => [problem.code, problem.detail])).toEqual([
    ['not-understood', 'packed with dictionary 5, which is in the app only'],
    ['bad-time', undefined],
  ]);
  expect(problems[0]?.problem.raw).toContain(`"server_id":"${id(8)}"`);
});

test('without the folder the owner is asked: who writes in more chats than their own', async () => {
  const loose = { 'message_0.db': messages0, 'contact.db': contacts };
  const { questions, people } = await readAccount(loose);
  expect(questions).toMatchObject([{ id: 'owner', guess: me, certain: false }]);
  expect(questions[0]?.options).toContainEqual({ value: friend, label: `乙(备注) (${friend})` });
  expect(people.find(({ isOwner }) => isOwner)?.sourceId).toBe(me);
  expect((await readAccount(loose, { owner: friend })).people.find(({ isOwner }) => isOwner)?.sourceId).toBe(friend);
});

test('two accounts are two archives, and a damaged database does not hold up the others', async () => {
  const two = filesOf('two', { 'a/message/message_0.db': messages0, 'b/message/message_0.db': messages1 });
  expect(await weChatDatabase.detect(two)).toHaveLength(2);
  // Its schema is whole, on page 1; of the rest nothing is left.
  const { messages, problems } = await readAccount({ 'message_0.db': messages0.subarray(0, 4096), 'message_1.db': messages1 });
  expect(messages.map(({ text }) => text)).toEqual(['新的一年', 'from nowhere']);
  expect(problems.length).toBeGreaterThan(0);
});

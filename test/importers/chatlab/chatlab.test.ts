import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chatLabJson } from '../../../src/importers/chatlab/chatlab-json';
import { chatLabJsonl } from '../../../src/importers/chatlab/chatlab-jsonl';
import { readTimestamp } from '../../../src/importers/chatlab/message';
import type { Answers, Importer } from '../../../src/importers/importer';
import type { JsonObject } from '../../../src/model/json';
import type { ConversationRecord, MessageRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';
import type { ConformanceSample } from '../samples';

const samples = {
  group: sampleAt(ownSamplePath('chatlab/group'), { hasEnd: true }),
  lines: sampleAt(ownSamplePath('chatlab/group.jsonl')),
  direct: sampleAt(ownSamplePath('chatlab/private_0.0.1.json'), { hasEnd: true }),
  late: sampleAt(ownSamplePath('chatlab/discord_members-late.json'), { hasEnd: true }),
};

describeConformance(chatLabJson, [samples.group, samples.direct, samples.late]);
describeConformance(chatLabJsonl, [samples.lines]);

const conversationsOf = (records: readonly NeutralRecord[]) =>
  records.filter((record): record is ConversationRecord => record.type === 'conversation');
/** The last word on each person. */
const peopleOf = (records: readonly NeutralRecord[]) => [
  ...new Map(records.filter((record): record is PersonRecord => record.type === 'person').map((person) => [person.index, person])).values(),
];
const pick = ({ kind, text, sentAtMs, clock, sourceId, attachments, facts }: MessageRecord) => ({
  kind,
  text,
  sentAtMs,
  clock,
  sourceId,
  attachments,
  facts,
});

async function open(importer: Importer, sample: ConformanceSample, answers: Answers = {}) {
  const files = await sample.open();
  const [detection] = await importer.detect(files);
  const questions = await importer.ask(files, detection!);
  return { files, detection: detection!, questions, records: await readAll(importer, files, detection!, answers) };
}

const made = (path: string, content: string): ConformanceSample => ({ name: path, open: async () => filesOf(path, { [path]: content }) });
const header = (meta: JsonObject) => ({ chatlab: { version: '0.0.2', exportedAt: 1 }, meta });
const openMessages = (
  messages: readonly JsonObject[],
  meta: JsonObject = { name: 'x', platform: 'wechat', type: 'group' },
  answers: Answers = {},
) => open(chatLabJson, made('chat.json', JSON.stringify({ ...header(meta), members: [], messages })), answers);

describe('every type of message', () => {
  it('has its kind, text and what goes with it', async () => {
    const { records } = await open(chatLabJson, samples.group);
    const messages = messagesOf(records);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text 大家好',
      'image ',
      'voice ',
      'video ',
      'file menu.pdf',
      'sticker ',
      'link https://a.example/',
      'location 公园',
      'transfer 恭喜发财',
      'transfer ¥5.00',
      'system Bob 拍了拍 梅',
      'call 通话时长 01:02',
      'link 一首歌',
      'text 同意',
      'forwarded 聊天记录',
      'contact 名片',
      'system 梅 修改了群名',
      'system Bob 撤回了一条消息',
      'unknown ?',
      'text 毫秒',
      'text 改名了',
    ]);
    expect(messages.map(({ facts }) => facts)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      { extra: { type: 20 } },
      { extra: { type: 21 } },
      { service: { action: 'poke' } },
      { call: { durationMs: null, outcome: 'unknown', video: false } },
      { extra: { type: 24 } },
      { replyTo: { sourceId: '9000000000000000001' } },
      { extra: { chatRecords: [{ sender: 'x', content: '原文' }] } },
      null,
      null,
      { service: { action: 'recall' }, deleted: { by: 'unknown' } },
      { extra: { raw: { sender: 'wxid_bob', accountName: 'Bob', timestamp: 1704067218, type: 99, content: '?' } } },
      null,
      { extra: { groupNickname: '阿鲍' } },
    ]);
    expect(messages.every(({ clock }) => clock === 'absolute')).toBe(true);
    expect(messages[19]?.sentAtMs).toBe(1_704_067_219_000);
  });

  it('links mediaPath to entries, whichever way its slashes lean', async () => {
    const { files, records } = await open(chatLabJson, samples.group);
    const attachments = messagesOf(records).flatMap((message) => message.attachments);
    expect(
      attachments.map(({ kind, name, entry, missing }) => [kind, name, entry === null ? null : files.entries[entry]?.path, missing]),
    ).toEqual([
      ['image', 'a.png', 'media/a.png', null],
      ['voice', 'b.amr', null, 'not-in-archive'],
      ['video', null, null, 'not-exported'],
      ['file', 'menu.pdf', 'media/menu.pdf', null],
      ['sticker', null, null, 'not-exported'],
    ]);
  });

  it('an unlisted number, and no number, are unknown with all of it kept', async () => {
    const message = { sender: 'a', accountName: 'A', timestamp: 1_704_067_200, content: 'x' };
    const { records } = await openMessages([{ ...message, type: 6 }, { ...message, type: 'text' }, message]);
    expect(messagesOf(records).map(({ kind, text, facts }) => [kind, text, facts?.extra?.['raw']])).toEqual([
      ['unknown', 'x', { ...message, type: 6 }],
      ['unknown', 'x', { ...message, type: 'text' }],
      ['unknown', 'x', message],
    ]);
  });

  it('keeps a caption, a structured content, and what exporters add', async () => {
    const message = { sender: 'a', accountName: 'A', timestamp: 1_704_067_200 };
    const { records } = await openMessages([
      { ...message, type: 1, content: '樟木箱' },
      { ...message, type: 7, content: { title: 't' } },
      { ...message, type: 0, content: 'x', likes: 3 },
    ]);
    expect(messagesOf(records).map(({ text, facts }) => [text, facts])).toEqual([
      ['樟木箱', null],
      ['', { extra: { content: { title: 't' } } }],
      ['x', { extra: { likes: 3 } }],
    ]);
  });

  it('a reply whose target is not named is a reply all the same', async () => {
    const { records } = await openMessages([{ sender: 'a', accountName: 'A', timestamp: 1, type: 25, content: 'x' }]);
    expect(messagesOf(records)[0]).toMatchObject({ kind: 'text', facts: { replyTo: { sourceId: null } } });
  });
});

describe('JSONL', () => {
  it('gives the messages that JSON gives, with members in their midst and lines that are none', async () => {
    const json = await open(chatLabJson, samples.group);
    const lines = await open(chatLabJsonl, samples.lines);
    const withoutMedia = (records: readonly NeutralRecord[]) =>
      messagesOf(records).map((message) => ({
        ...pick(message),
        attachments: message.attachments.length,
        facts: { ...message.facts, extra: null },
      }));
    expect(withoutMedia(lines.records)).toEqual(withoutMedia(json.records));
    expect(lines.detection).toEqual({
      format: 'chatlab-jsonl',
      formatVersion: '0.0.2',
      source: 'wechat',
      entries: [0],
      title: '樟木箱',
      isSingle: true,
    });
    expect(
      lines.records.flatMap((record) => (record.type === 'problem' ? [`${record.problem.code} ${record.problem.raw.slice(0, 9)}`] : [])),
    ).toEqual(['bad-json {broken', 'bad-json [1]', 'not-understood {"_type":', 'bad-time {"_type":']);
    expect(lines.records.flatMap((record) => (record.type === 'structure' ? [record.name] : []))).toEqual([
      'comment',
      'blank',
      'header',
      'member',
      'member',
      'comment',
    ]);
  });

  it('with a byte order mark, CRLF, and a last line without an end', async () => {
    const lines = [
      { _type: 'header', ...header({ name: 'x', platform: 'qq', type: 'group' }) },
      { _type: 'message', sender: 'a', accountName: 'A', timestamp: 5, type: 0, content: '好' },
    ];
    const { files, detection, records } = await open(
      chatLabJsonl,
      made('x.jsonl', `\ufeff${lines.map((line) => JSON.stringify(line)).join('\r\n')}`),
    );
    expect(messagesOf(records).map(({ text }) => text)).toEqual(['好']);
    await expectTiling(files, detection, records);
  });

  it('a line of more than 16 MiB is a problem, and the next one is read', async () => {
    const at = { _type: 'message', sender: 'a', accountName: 'A', timestamp: 5, type: 0 };
    const lines = [
      { _type: 'header', ...header({ name: 'x', platform: 'qq', type: 'group' }) },
      { ...at, content: '好'.repeat(6_000_000) },
      { ...at, content: 'fine' },
    ];
    const { files, detection, records } = await open(chatLabJsonl, made('x.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')));
    expect(messagesOf(records).map(({ text }) => text)).toEqual(['fine']);
    expect(records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : []))).toEqual(['bad-json', 'line-too-long']);
    expect(findFault(files, detection, records)).toBeNull();
    await expectTiling(files, detection, records);
  });

  it('a later header is structure, and changes nothing', async () => {
    const head = JSON.stringify({ _type: 'header', ...header({ name: 'x', platform: 'qq', type: 'group', groupId: '1' }) });
    const other = JSON.stringify({ _type: 'header', ...header({ name: 'y', platform: 'qq', type: 'group', groupId: '2' }) });
    const { records } = await open(chatLabJsonl, made('x.jsonl', `${head}\n${other}\n`));
    expect(conversationsOf(records).map(({ sourceId }) => sourceId)).toEqual(['qq:1']);
  });
});

describe('people', () => {
  it('members have roles, aliases and nicknames, no pictures; others come from messages', async () => {
    for (const [importer, sample] of [
      [chatLabJson, samples.group],
      [chatLabJsonl, samples.lines],
    ] as const) {
      const { records } = await open(importer, sample);
      expect(
        peopleOf(records)
          .map(({ sourceId, name, isOwner, extra }) => [sourceId, name, isOwner, extra])
          .sort(),
      ).toEqual([
        ['wxid_bob', 'Bob', false, { groupNickname: '鲍勃', aliases: ['老鲍'], roles: [{ id: 'admin' }, { id: 'vip', name: 'VIP' }] }],
        ['wxid_mei', '梅', true, { roles: [{ id: 'owner' }] }],
        ['wxid_new', '新人', false, undefined],
      ]);
    }
  });

  it('a member listed after the messages is the same person, told again', async () => {
    const { records } = await open(chatLabJson, samples.late);
    expect(records.flatMap((record) => (record.type === 'person' ? [[record.index, record.sourceId, record.extra]] : []))).toEqual([
      [0, 'discord:1', undefined],
      [0, 'discord:1', { roles: [{ id: 'owner' }] }],
    ]);
  });

  it('a name of its own on one message stays on that message', async () => {
    const at = { sender: 'a', type: 0, content: 'x' };
    const { records } = await openMessages([
      { ...at, accountName: 'A', timestamp: 1 },
      { ...at, accountName: 'B', timestamp: 2 },
      { ...at, timestamp: 3 },
    ]);
    expect(messagesOf(records).map(({ sender, facts }) => [sender, facts])).toEqual([
      [0, null],
      [0, { extra: { accountName: 'B' } }],
      [0, null],
    ]);
  });

  it('a message without a sender has none', async () => {
    const { records } = await openMessages([{ timestamp: 1, type: 80, content: 'x' }]);
    expect(messagesOf(records)[0]).toMatchObject({ sender: -1, kind: 'system' });
  });
});

describe('the conversation', () => {
  const message = (sender: string) => ({ sender, accountName: sender, timestamp: 1, type: 0, content: 'x' });

  it('of a group is known by its platform and id', async () => {
    const { records, detection, questions } = await open(chatLabJson, samples.group);
    expect(conversationsOf(records)).toEqual([
      {
        type: 'conversation',
        index: 0,
        sourceId: 'wechat:10000000009@chatroom',
        name: '樟木箱',
        shape: 'group',
        extra: { platform: 'wechat' },
      },
    ]);
    expect(detection.source).toBe('wechat');
    expect(questions).toEqual([{ id: 'owner', options: [{ value: 'wxid_mei', label: '梅' }], guess: 'wxid_mei', certain: true }]);
  });

  it('of two is known by the other one, once the owner is known', async () => {
    const asked = await open(chatLabJson, samples.direct);
    expect(asked.detection).toMatchObject({ formatVersion: '0.0.1', source: 'qq', title: '小明' });
    expect(asked.questions).toEqual([
      {
        id: 'owner',
        options: [
          { value: '123456789', label: '我' },
          { value: '987654321', label: '小明' },
        ],
        guess: null,
        certain: false,
      },
    ]);
    expect(conversationsOf(asked.records)[0]).toMatchObject({ sourceId: null, shape: 'direct' });
    const { records } = await open(chatLabJson, samples.direct, { owner: '123456789' });
    expect(conversationsOf(records)[0]).toMatchObject({ sourceId: 'qq:987654321', name: '小明' });
    expect(peopleOf(records).map(({ isOwner }) => isOwner)).toEqual([true, false]);
  });

  it('of two where a third writes, or nobody but the owner, has no id', async () => {
    const meta = { name: 'x', platform: 'qq', type: 'private', ownerId: 'me' };
    expect(conversationsOf((await openMessages([message('me'), message('a'), message('b')], meta)).records)[0]?.sourceId).toBeNull();
    expect(conversationsOf((await openMessages([message('me')], meta)).records)[0]?.sourceId).toBeNull();
    expect(conversationsOf((await openMessages([message('a')], meta)).records)[0]?.sourceId).toBe('qq:a');
  });

  it.each([
    ['wechat', 'wechat'],
    ['WeChat', 'wechat'],
    ['qq', 'qq'],
    ['telegram', 'telegram'],
    ['whatsapp', 'whatsapp'],
    ['discord', 'chatlab'],
    ['constructor', 'chatlab'],
  ])('of %s is of the source %s', async (platform, source) => {
    const { detection, records } = await openMessages([message('a')], { name: 'x', platform, type: 'group', groupId: '9' });
    expect(detection.source).toBe(source);
    expect(conversationsOf(records)[0]).toMatchObject({ sourceId: `${platform.toLowerCase()}:9`, extra: { platform } });
    expect(peopleOf(records)[0]?.sourceId).toBe(source === 'chatlab' ? `${platform}:a` : 'a');
  });
});

describe('readTimestamp', () => {
  it.each([
    [1_704_067_200, 1_704_067_200_000],
    [1_704_067_200_123, 1_704_067_200_123],
    ['1704067200', 1_704_067_200_000],
    [1_704_067_200.5, 1_704_067_200_500],
    [0, null],
    [-1, null],
    ['', null],
    ['soon', null],
    [null, null],
    [undefined, null],
    [1e300, null],
    [true, null],
  ])('%j is %s', (value, atMs) => {
    expect(readTimestamp(value)).toBe(atMs);
  });
});

describe.skipIf(!hasSharedSamples)('shared samples', () => {
  const folder = sharedSamplePath('china/synthetic/exports/chatlab/');
  it.skipIf(!existsSync(folder))('group.json and group.jsonl are one chat of four messages', async () => {
    const read = await Promise.all([
      open(chatLabJson, sampleAt(`${folder}group.json`)),
      open(chatLabJsonl, sampleAt(`${folder}group.jsonl`)),
    ]);
    for (const { files, detection, records } of read) {
      expect(findFault(files, detection, records)).toBeNull();
      await expectTiling(files, detection, records);
      expect(conversationsOf(records)).toMatchObject([{ sourceId: 'wechat:10000000001@chatroom', name: '测试群', shape: 'group' }]);
      expect(peopleOf(records).map(({ name, isOwner }) => [name, isOwner])).toEqual([
        ['测试甲', true],
        ['测试乙', false],
        ['测试丙', false],
      ]);
      expect(messagesOf(records).map(({ kind, text, sender }) => [kind, text, sender])).toEqual([
        ['text', '大家好', 1],
        ['text', '同意', 0],
        ['image', '', 2],
        ['system', '"测试乙" 撤回了一条消息', 2],
      ]);
      expect(messagesOf(records)[1]?.facts).toEqual({ replyTo: { sourceId: '9000000000000000003' } });
      expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
    }
  });
});

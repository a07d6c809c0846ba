// JSON of qq-chat-exporter. The expected values were worked out from the samples, each of which holds one message of every
// kind that the exporter is known to write: test/samples/qq/group_123456_20240201_080000 has 22, of which the last has no time.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCard } from '../../../src/importers/qq/exporter/cards';
import { qceJson } from '../../../src/importers/qq/exporter/json';
import { readTime } from '../../../src/importers/qq/exporter/message';
import { actionOf, readCall } from '../../../src/importers/qq/exporter/system-lines';
import type { JsonObject } from '../../../src/model/json';
import { describeConformance } from '../conformance';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';
import { readSample } from './read-sample';

const group = sampleAt(ownSamplePath('qq/group_123456_20240201_080000'), { hasEnd: true });
const old = sampleAt(ownSamplePath('qq/version-4.json'), { hasEnd: true });

describeConformance(qceJson, [group, old]);

const read = (messages: readonly JsonObject[], chat: JsonObject = { name: '群', type: 'group' }, name = 'chat.json') =>
  readSample(
    qceJson,
    sampleOf(name, { [name]: JSON.stringify({ metadata: { name: 'QQChatExporter', version: '6' }, chatInfo: chat, messages }) }),
  );
const message = (content: JsonObject, more: JsonObject = {}): JsonObject => ({
  id: '7',
  timestamp: 1_704_067_200_000,
  sender: { uid: 'u_a', name: 'A' },
  content,
  ...more,
});

describe('a group', () => {
  it('is known by the number in the name of its file, its owner by the head', async () => {
    const { conversations, people, questions, detection } = await readSample(qceJson, group);
    expect(conversations).toEqual([
      { type: 'conversation', index: 0, sourceId: 'group:123456', name: '樟木箱', shape: 'group', extra: { participantCount: 3 } },
    ]);
    expect(questions).toEqual([{ id: 'owner', options: [{ value: 'id:1000009', label: '樟树' }], guess: 'id:1000009', certain: true }]);
    expect(people.map(({ sourceId, name, isOwner, extra }) => [sourceId, name, isOwner, extra])).toEqual([
      ['1000001', '老梅', false, { uid: 'u_mei', nickname: '梅', groupCard: '梅', names: ['梅', '老梅'] }],
      ['1000002', 'Bob', false, { uid: 'u_bob', remark: '老鲍' }],
      ['1000009', '樟树', true, { uid: 'u_me' }],
    ]);
    expect(detection).toMatchObject({ format: 'qq-qce-json', formatVersion: '5.5.1', title: '樟木箱', isSingle: true });
  });

  it('has messages of every kind', async () => {
    const { messages } = await readSample(qceJson, group);
    expect(
      messages.map(({ kind, text, attachments }) => [kind, text, attachments.map(({ name, missing }) => `${name} ${missing}`)]),
    ).toEqual([
      ['text', 'hello there', []],
      ['image', '', ['a.jpg null']],
      ['text', '@梅 好', []],
      ['text', '/微笑/骰子（6）', []],
      ['sticker', '', ['开心 not-exported']],
      ['file', '', ['菜单.pdf not-exported']],
      ['video', '', ['v.mp4 not-in-archive']],
      ['voice', '', ['s.amr not-in-archive']],
      ['forwarded', '群聊的聊天记录\n梅: 早\nBob: [图片:a.jpg]', ['a.jpg null']],
      ['link', '[分享]一首歌\n歌手\nhttps://a.example/song', []],
      ['location', '西湖\n杭州', []],
      ['transfer', '恭喜发财', []],
      ['call', '通话时长 01:02', []],
      ['call', '对方已拒绝', []],
      ['system', '梅 撤回了一条消息', []],
      ['system', 'Bob戳了戳梅', []],
      ['text', '**粗**', []],
      ['unknown', '小心心', []],
      ['sticker', '看这个', ['gone.png not-exported']],
      ['text', '撤回过的话', []],
      ['location', '分享了位置', []],
    ]);
    expect(messages[0]).toMatchObject({ sourceId: '7300000000000000000', sentAtMs: 1_704_067_200_000, clock: 'absolute' });
  });

  it('has facts, and keeps what elements say beyond them', async () => {
    const { messages } = await readSample(qceJson, group);
    expect(messages[2]?.facts).toEqual({
      replyTo: { sourceId: '7300000000000000000', excerpt: 'hello there' },
      entities: [{ type: 'mention', offset: 0, length: 2 }],
      extra: {
        seq: '102',
        elements: [
          { type: 'reply', data: { senderUin: '1000001', senderName: '梅', timestamp: 1_704_067_200 } },
          { type: 'at', data: { uid: 'u_mei', uin: '1000001', atType: 2 } },
        ],
      },
    });
    expect(messages[10]?.facts?.location).toEqual({ latitude: 30.25, longitude: 120.15, name: '西湖', address: '杭州' });
    expect(messages.slice(12, 16).map(({ facts }) => [facts?.call, facts?.service, facts?.deleted])).toEqual([
      [{ durationMs: 62_000, outcome: 'answered', video: false }, undefined, undefined],
      [{ durationMs: null, outcome: 'declined', video: true }, undefined, undefined],
      [undefined, { action: 'recall' }, { by: 'unknown' }],
      [undefined, { action: 'poke' }, undefined],
    ]);
    expect(messages[17]?.facts?.extra).toMatchObject({ type: 'type_99', raw: { id: '7300000000000000017' } });
    expect(messages[19]?.facts).toMatchObject({
      deleted: { by: 'unknown' },
      extra: { senderName: '老梅', rawMessage: { big: '12345678901234567890' } },
    });
  });

  it('links files that lie in resources', async () => {
    const { files, messages } = await readSample(qceJson, group);
    const [picture] = messages[1]?.attachments ?? [];
    expect(picture).toEqual({
      kind: 'image',
      name: 'a.jpg',
      entry: files.indexOf('resources/images/a.jpg'),
      missing: null,
      mime: null,
      sizeBytes: 4,
      widthPx: 640,
      heightPx: 480,
    });
    expect(messages[7]?.attachments[0]).toMatchObject({ kind: 'voice', durationMs: 3000, sizeBytes: 5 });
  });

  it('a message without a time is a problem', async () => {
    const { problems } = await readSample(qceJson, group);
    expect(problems).toEqual([expect.stringMatching(/^bad-time [^]*7300000000000000021/)]);
  });
});

describe('version 4', () => {
  it('has its own names for the same, in parts of one file', async () => {
    const { messages, people, conversations, questions, problems } = await readSample(qceJson, old);
    expect(conversations).toMatchObject([{ sourceId: null, name: '旧群', shape: 'group' }]);
    expect(messages.map(({ sourceId, sentAtMs, kind, text }) => [sourceId, new Date(sentAtMs).toISOString(), kind, text])).toEqual([
      ['42', '2023-05-06T07:08:09.000Z', 'text', '旧版'],
      ['43', '2023-05-06T07:09:09.000Z', 'image', ''],
    ]);
    expect(messages[0]?.facts?.replyTo).toEqual({ sourceId: '41', excerpt: '问' });
    expect(messages[1]?.attachments).toMatchObject([{ kind: 'image', name: 'c.jpg', missing: 'not-exported' }]);
    expect(people.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['u_mei', '群里的梅'],
      ['u_bob', 'Bob'],
    ]);
    expect(questions).toMatchObject([{ id: 'owner', guess: null, options: [{ value: 'id:u_mei' }, { value: 'id:u_bob', label: 'Bob' }] }]);
    expect(problems).toEqual([]);
  });
});

describe('a chat of two', () => {
  const chat = { name: 'Bob', type: 'private', selfUin: '1000009', selfUid: 'u_me' };
  const by = (sender: JsonObject) => message({ text: 'x', elements: [] }, { sender });

  it('is known by the other one', async () => {
    const both = [by({ uid: 'u_me', uin: '1000009', name: 'me' }), by({ uid: 'u_b', uin: '1000002', name: 'Bob' })];
    expect((await read(both, chat)).conversations[0]?.sourceId).toBe('private:1000002');
    expect((await read(both, { ...chat, peerUin: '1000003' })).conversations[0]?.sourceId).toBe('private:1000003');
    expect((await read([by({ uid: 'u_b', name: 'Bob' })], chat)).conversations[0]?.sourceId).toBe('private:u_b');
    expect((await read(both.slice(0, 1), chat)).conversations[0]?.sourceId).toBeNull();
  });

  it('a uid that has a number once is one person', async () => {
    const { people, messages } = await read([by({ uid: 'u_b', uin: '1000002', name: 'Bob' }), by({ uid: 'u_b', name: 'Bob' })], chat);
    expect(people).toHaveLength(1);
    expect(messages.map(({ sender }) => sender)).toEqual([0, 0]);
  });

  it('whoever has the uid of the owner is the owner, numbers or not', async () => {
    const { people } = await read([by({ uid: 'u_me', name: 'me' })], chat);
    expect(people).toMatchObject([{ sourceId: 'u_me', isOwner: true }]);
  });
});

describe('content', () => {
  it('without elements is its text; one that only names its file is none', async () => {
    const resources = [{ type: 'video', filename: 'v.mp4' }];
    const { messages } = await read([
      message({ text: '好' }),
      message({ text: '[视频:v.mp4]', resources }),
      message({ text: '看[视频:v.mp4]', resources }),
      message({}),
    ]);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['text 好', 'video ', 'video 看[视频:v.mp4]', 'unknown ']);
  });

  it('keeps mentions where no element tells of them', async () => {
    const { messages } = await read([message({ text: '@A', elements: [], mentions: [{ uid: 'u_a', type: 'user' }] })]);
    expect(messages[0]?.facts?.extra).toEqual({ content: { mentions: [{ uid: 'u_a', type: 'user' }] } });
  });
});

describe('readCard', () => {
  it.each([
    [
      { content: '{"app":"com.tencent.contact.lua","meta":{"contact":{"nickname":"梅"}}}' },
      { kind: 'contact', text: '梅', facts: { contact: { name: '梅' } } },
    ],
    [
      { content: '{"app":"com.tencent.multimsg"}', title: '[聊天记录]' },
      { kind: 'forwarded', text: '[聊天记录]', facts: {} },
    ],
    [{ content: '{"app":"com.tencent.map","meta":{"x":{"name":"西湖"}}}' }, { kind: 'location', text: '西湖', facts: {} }],
    [
      { content: '{', title: 'JSON消息' },
      { kind: 'link', text: '', facts: {} },
    ],
  ])('%j', (data, card) => {
    expect(readCard(data)).toEqual(card);
  });
});

describe('words of the app', () => {
  it.each([
    ['A邀请B加入了群聊', 'join'],
    ['A退出了群聊', 'leave'],
    ['你好', null],
  ])('%s is %s', (text, action) => {
    expect(actionOf(text)).toBe(action);
  });
  it.each([
    ['通话时长 1:02:03', { durationMs: 3_723_000, outcome: 'answered', video: false }],
    ['未接听', { durationMs: null, outcome: 'missed', video: false }],
    ['已取消', { durationMs: null, outcome: 'unknown', video: false }],
    ['忙线未接听，点击重拨', { durationMs: null, outcome: 'missed', video: false }],
  ])('%s', (text, call) => {
    expect(readCall(text, false)).toEqual(call);
  });
});

describe('readTime', () => {
  it.each([
    [1_704_067_200_000, 1_704_067_200_000],
    [1_704_067_200, 1_704_067_200_000],
    ['1704067200', 1_704_067_200_000],
    ['2024-01-01T00:00:00.000Z', 1_704_067_200_000],
    ['2024-01-01 00:00:00', null],
    [0, null],
    [-5, null],
    [1e300, null],
    [null, null],
  ])('%j is %s', (value, atMs) => {
    expect(readTime(value)).toBe(atMs);
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic/exports/qce')))('shared samples', () => {
  it('a single file has 4 messages of 3 people', async () => {
    const path = sharedSamplePath('china/synthetic/exports/qce/group_100000001_20240201_000000.json');
    const { messages, people, conversations, problems } = await readSample(qceJson, sampleAt(path));
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text 大家好',
      'image ',
      'text 收到@演示甲',
      'system 演示甲 撤回了一条消息',
    ]);
    expect(people.map(({ sourceId, isOwner }) => [sourceId, isOwner])).toEqual([
      ['1000001', false],
      ['1000002', false],
      ['1000009', true],
    ]);
    expect(conversations[0]?.sourceId).toBe('group:100000001');
    expect(problems).toEqual([]);
  });
});

// Text files of qq-chat-exporter. test/samples/qq/qce.txt has seven messages, one of them with a time that is none.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { qceText } from '../../../src/importers/qq/exporter/text';
import { readTextFields } from '../../../src/importers/qq/exporter/text-fields';
import { describeConformance } from '../conformance';
import { expectTiling } from '../read-records';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';
import { readSample, readSet } from './read-sample';

const sample = sampleAt(ownSamplePath('qq/qce.txt'), { hasEnd: true });
const rule = '='.repeat(47);
const chat = (body: string, type = '私聊') =>
  `[QQChatExporter V4 / x]\n\n${rule}\n  x\n${rule}\n\n聊天名称: Bob\n聊天类型: ${type}\n\n\n${body}\n\n${rule}\n  导出完成\n${rule}\n总计导出 1 条消息\n`;

describeConformance(qceText, [sample]);

describe('a text file', () => {
  it('has a conversation, people by name, and messages by the wall clock', async () => {
    const { conversations, people, messages, detection, structures } = await readSample(qceText, sample);
    expect(conversations).toMatchObject([{ sourceId: null, name: '樟木箱', shape: 'group' }]);
    expect(people.map(({ name, sourceId, conversation }) => [name, sourceId, conversation])).toEqual([
      ['梅', null, 0],
      ['Bob', null, 0],
      ['樟树', null, 0],
    ]);
    expect(
      messages.map(({ kind, text, sender, sentAtMs }) => [kind, text, sender, new Date(sentAtMs).toISOString().slice(11, 19)]),
    ).toEqual([
      ['text', 'hello there', 0, '08:00:00'],
      ['image', '', 1, '08:01:00'],
      ['text', '收到@梅\n\n第二段:\n不是时间', 2, '08:02:00'],
      ['system', 'Bob 撤回了一条消息', 1, '08:03:00'],
      ['image', '', 0, '08:04:00'],
      ['text', `${rule}\n还是文字`, 1, '08:06:00'],
    ]);
    expect(messages.every(({ clock }) => clock === 'second')).toBe(true);
    expect(detection).toMatchObject({ format: 'qq-qce-text', formatVersion: '5', title: '樟木箱' });
    expect(structures.filter((name) => name === 'footer')).toHaveLength(5);
  });

  it('has titles, replies, mentions and files', async () => {
    const { messages, problems } = await readSample(qceText, sample);
    expect(messages.map(({ facts }) => facts)).toEqual([
      { extra: { senderTitle: '群主' } },
      null,
      {
        replyTo: { sourceId: null, excerpt: 'hello there' },
        extra: { mentions: '梅', reply: { senderName: '梅', time: '01-01 08:00' } },
      },
      { service: { action: 'recall' }, extra: { type: 'system' } },
      null,
      null,
    ]);
    expect(messages[4]?.attachments.map(({ kind, name, missing }) => [kind, name, missing])).toEqual([
      ['image', 'b.png', 'not-in-archive'],
      ['video', 'c.mp4', 'not-in-archive'],
    ]);
    expect(problems).toEqual([expect.stringMatching(/^bad-time 梅:\n时间: 刚刚\n/)]);
  });

  it('links files of the folder beside it', async () => {
    const files = filesOf(
      'x',
      {
        'a.txt': chat('Bob:\n时间: 2024-01-01 08:00:00\n内容: [图片:a.jpg]\n资源: 1 个文件\n  - image: a.jpg'),
        'resources/images/a.jpg': 'x',
      },
      'folder',
    );
    expect((await readSet(qceText, files)).messages[0]?.attachments).toMatchObject([{ entry: 1, missing: null }]);
  });

  it('in a chat of two the owner is guessed by the name of the other one, and nothing is a title', async () => {
    const body = 'Bob:\n时间: 2024-01-01 08:00:00\n内容: a\n\n\n[x] me:\n时间: 2024-01-01 08:00:01\n内容: b';
    const { people, questions } = await readSample(qceText, sampleOf('x', { 'x.txt': chat(body) }));
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['Bob', false],
      ['[x] me', true],
    ]);
    expect(questions).toMatchObject([{ id: 'owner', guess: 'name:[x] me', certain: false }, { id: 'zone' }]);
  });

  it('says where it ends early', async () => {
    const [text = ''] = chat('Bob:\n时间: 2024-01-01 08:00:00\n内容: a').split(`${rule}\n  导出完成`);
    const { problems, messages, files, detection, records } = await readSample(qceText, sampleOf('x', { 'x.txt': text }));
    expect(messages.map((message) => message.text)).toEqual(['a']);
    expect(problems).toEqual(['ends-early ']);
    await expectTiling(files, detection, records);
  });
});

describe('readTextFields', () => {
  it.each([
    [['内容: a', 'b', ''], { content: 'a\nb', type: null, resources: [], mentions: null, reply: null }],
    [['内容: 看', '回复: x', 'y'], { content: '看\n回复: x\ny', type: null, resources: [], mentions: null, reply: null }],
    [
      ['内容: [回复消息]好', '回复: 梅 - 一', '二'],
      { content: '[回复消息]好', type: null, resources: [], mentions: null, reply: { time: null, name: '梅', content: '一\n二' } },
    ],
    [
      ['内容: x', '资源: 2 个文件', '  - image: a'],
      { content: 'x\n资源: 2 个文件\n  - image: a', type: null, resources: [], mentions: null, reply: null },
    ],
    [
      ['资源: 1 个文件', '  - file: a - b: c.txt'],
      { content: '', type: null, resources: [{ type: 'file', filename: 'a - b: c.txt' }], mentions: null, reply: null },
    ],
    [[], { content: '', type: null, resources: [], mentions: null, reply: null }],
  ])('%j', (lines, fields) => {
    expect(readTextFields(lines)).toEqual(fields);
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic/exports/qce')))('shared samples', () => {
  it('an invented file has 4 messages of 3 people', async () => {
    const { messages, people, conversations, problems } = await readSample(
      qceText,
      sampleAt(sharedSamplePath('china/synthetic/exports/qce/group_100000001.txt')),
    );
    expect([messages.length, people.length, problems.length]).toEqual([4, 3, 0]);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text 大家好',
      'image ',
      'text 收到@演示甲',
      'text 演示甲 撤回了一条消息',
    ]);
    expect(conversations).toMatchObject([{ name: '演示群', shape: 'group' }]);
  });
});

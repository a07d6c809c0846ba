// Text files of QQ's message manager. The expected values were read off the samples by eye: test/samples/qq/全部消息记录.txt
// has a group of 9 messages (the pasted log of 2011 and what looks like a message of 0:12 are text of theirs) and two chats
// of two with 4 and 2.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { qqText } from '../../../src/importers/qq/manager/text';
import { describeConformance } from '../conformance';
import { expectTiling, findFault } from '../read-records';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';
import { readSample } from './read-sample';

const rule = '='.repeat(64);
const heading = (group: string, name: string) => `${rule}\n消息分组:${group}\n${rule}\n消息对象:${name}\n${rule}\n\n`;
const banner = '消息记录（此消息记录为文本格式，不支持重新导入）\n\n';
const group = (body: string) => sampleOf('群.txt', { '群.txt': banner + heading('我的群聊', '群') + body });
const all = sampleAt(ownSamplePath('qq/全部消息记录.txt'));

describeConformance(qqText, [
  all,
  sampleAt(ownSamplePath('qq/gbk.txt')),
  sampleAt(ownSamplePath('qq/utf16.txt')),
  group('2012-04-11 8:00:05 Mei(1000001)\nhello there\n\n2012-04-11 8:00:06 Bob(1000002)\n[图片]\n'),
]);

describe('a file of all conversations', () => {
  it('has each conversation under its heading', async () => {
    const { conversations, messages, detection, problems } = await readSample(qqText, all);
    expect(conversations.map(({ name, shape, sourceId, extra }) => [name, shape, sourceId, extra])).toEqual([
      ['樟木箱', 'group', null, { group: '我的群聊' }],
      ['小明', 'direct', null, { group: '我的好友' }],
      ['老王(12345)', 'direct', null, { group: '我的好友' }],
    ]);
    expect([0, 1, 2].map((index) => messages.filter(({ conversation }) => conversation === index).length)).toEqual([9, 4, 2]);
    expect(problems).toEqual([]);
    expect(detection).toEqual({ format: 'qq-text', formatVersion: 'txt', source: 'qq', entries: [0], title: '全部消息记录' });
  });

  it('reads times of one digit and of two as the wall clock', async () => {
    const { messages } = await readSample(qqText, all);
    expect(messages.slice(0, 2).map(({ sentAtMs, clock }) => [new Date(sentAtMs).toISOString(), clock])).toEqual([
      ['2012-04-11T08:00:05.000Z', 'second'],
      ['2012-04-11T08:00:40.000Z', 'second'],
    ]);
  });

  it('knows members by number or address, others by name in their chat', async () => {
    const { people } = await readSample(qqText, all);
    expect(people.map(({ sourceId, name, conversation, isOwner }) => [sourceId, name, conversation, isOwner])).toEqual([
      ['1000001', '老梅', null, false],
      ['bob@mail.example', 'Bob', null, false],
      ['1000003', '小丙', null, false],
      ['1000004', null, null, false],
      [null, '樟树', 1, true],
      [null, '小明', 1, false],
      [null, '老王(12345)', 2, false],
      [null, '樟树', 2, true],
    ]);
    expect(people[0]?.extra).toEqual({ names: ['梅', '老梅'] });
  });

  it('keeps titles and later names beside the message', async () => {
    const { messages } = await readSample(qqText, all);
    expect(messages.flatMap(({ facts }) => (facts === null ? [] : [facts.extra]))).toEqual([
      { senderTitle: '群主' },
      { senderTitle: '潜水' },
      { senderTitle: '群主' },
      { senderName: '小丙' },
      { senderTitle: '管理员', senderName: '老梅' },
    ]);
  });

  it('takes placeholders for pictures, notices for files, and number 10000 for QQ itself', async () => {
    const { messages } = await readSample(qqText, all);
    expect(messages.map(({ kind, text, sender, attachments }) => [kind, text, sender, attachments.length])).toEqual([
      ['text', '大家好', 0, 0],
      ['image', '', 1, 1],
      ['text', '第一行\n\n第三行', 2, 0],
      ['text', '昵称为空', 3, 0],
      ['system', '梅 撤回了一条消息', -1, 0],
      ['image', '看这两张', 0, 2],
      ['text', '我找到了以前的记录：\n\n2011-01-02 9:00:00 梅(1000001)\n那年的话\n\n2011-01-02 9:01:00 小(丙)(1000003)\n真巧', 2, 0],
      ['text', `哈哈\n\n2012-04-12 0:12:00 不是发言的一行\n${rule}\n消息一直有`, 1, 0],
      ['text', '改名了', 0, 0],
      ['text', '在吗', 4, 0],
      ['text', '[表情]在 2013-01-02 说好的', 5, 0],
      ['file', '成功接收离线文件“菜单.pdf”(16.00KB) 打开文件 打开所在文件夹', 5, 1],
      ['system', '小明 已添加你为好友', -1, 0],
      ['text', '我的名字里有数字', 6, 0],
      ['text', '看到了', 7, 0],
    ]);
    expect(messages[11]?.attachments).toEqual([
      { kind: 'file', name: '菜单.pdf', entry: null, missing: 'omitted', mime: null, sizeBytes: null },
    ]);
  });

  it('asks for the zone, and for the owner with the guess that two chats agree on', async () => {
    const { questions } = await readSample(qqText, all);
    expect(questions).toMatchObject([
      { id: 'owner', guess: 'name:樟树', certain: false },
      { id: 'zone', guess: null, certain: false },
    ]);
    expect(questions[0]?.options.slice(0, 4)).toEqual([
      { value: 'id:1000001', label: '老梅 (1000001)' },
      { value: 'id:bob@mail.example', label: 'Bob (bob@mail.example)' },
      { value: 'id:1000003', label: '小丙 (1000003)' },
      { value: 'id:1000004', label: '1000004' },
    ]);
    const { people } = await readSample(qqText, all, { owner: 'id:1000003' });
    expect(people.filter(({ isOwner }) => isOwner).map(({ name }) => name)).toEqual(['小丙']);
  });
});

describe('encodings', () => {
  it.each(['gbk.txt', 'utf16.txt'])('%s', async (path) => {
    const { messages, conversations, problems } = await readSample(qqText, sampleAt(ownSamplePath(`qq/${path}`)));
    expect(conversations).toMatchObject([{ name: '阿强', shape: 'direct', extra: { group: '同学' } }]);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['text 开幕式看了吗？', 'image 正在看，']);
    expect(problems).toEqual([]);
  });

  it('UTF-16 without a byte order mark', async () => {
    const text = `${banner}${heading('同学', '阿强')}2008-08-08 20:00:00 阿强\n好\n`;
    const bytes = new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
    const { messages, files, detection, records } = await readSample(qqText, sampleOf('x.txt', { 'x.txt': bytes }));
    expect(messages.map((message) => message.text)).toEqual(['好']);
    await expectTiling(files, detection, records);
  });
});

describe('headers', () => {
  it('that go back for more than sixteen messages are a jump of the clock', async () => {
    const at = (day: number, number: number) => `2012-04-${day} 8:00:${String(number).padStart(2, '0')} Mei(1000001)\n${number}\n\n`;
    const later = Array.from({ length: 20 }, (_, number) => at(10, number)).join('');
    const { messages, files, detection, records } = await readSample(qqText, group(at(20, 59) + later));
    expect(messages.map(({ text }) => text)).toEqual(['59', ...Array.from({ length: 20 }, (_, number) => String(number))]);
    await expectTiling(files, detection, records);
  });

  it('that go back within a day are messages, as where a clock was set right', async () => {
    const { messages } = await readSample(qqText, group('2012-04-11 2:30:00 A(10001)\nx\n\n2012-04-11 2:00:00 B(10002)\ny\n'));
    expect(messages.map(({ text }) => text)).toEqual(['x', 'y']);
  });

  it('without a blank line before them are text', async () => {
    const { messages } = await readSample(qqText, group('2012-04-11 2:30:00 A(10001)\nx\n2012-04-11 2:31:00 B(10002)\ny\n'));
    expect(messages.map(({ text }) => text)).toEqual(['x\n2012-04-11 2:31:00 B(10002)\ny']);
  });

  it('of days that do not exist are no headers', async () => {
    const { messages, problems } = await readSample(qqText, group('2012-02-30 2:30:00 A(10001)\nx\n\n2012-03-01 24:00:00 B(10002)\ny\n'));
    expect(messages).toEqual([]);
    expect(problems).toEqual(['not-understood 2012-02-30 2:30:00 A(10001)\nx\n\n2012-03-01 24:00:00 B(10002)\ny']);
  });

  it('are enough in the part of a group that lost its beginning', async () => {
    const text = '2012-04-11 2:30:00 A(10001)\nx\n\n2012-04-11 2:31:00 B<b@c.example>\ny\n';
    const { conversations, messages, detection } = await readSample(qqText, sampleOf('part', { '群 2.txt': text }));
    expect(conversations).toMatchObject([{ name: '群 2', shape: 'group' }]);
    expect(messages.map((message) => message.text)).toEqual(['x', 'y']);
    expect(detection).toMatchObject({ title: '群 2', isSingle: true });
  });
});

describe('what is no message', () => {
  it('a line of more than a megabyte ends its message, and the next one is read', async () => {
    const long = 'x'.repeat(3 << 20);
    const sample = group(`2012-04-11 2:30:00 A(10001)\n${long}\nrest\n\n2012-04-11 2:31:00 B(10002)\ny\n`);
    const { messages, files, detection, records, problems } = await readSample(qqText, sample);
    expect(messages.map(({ text }) => text)).toEqual(['', 'y']);
    expect(problems.map((problem) => problem.slice(0, 20))).toEqual([
      'piece-too-large xxxx',
      'line-too-long xxxxxx',
      'not-understood rest\n',
    ]);
    expect(findFault(files, detection, records)).toBeNull();
    await expectTiling(files, detection, records);
  });

  it('a heading repeated is another conversation', async () => {
    const body = '2012-04-11 2:30:00 A\nx\n\n';
    const text = banner + heading('我的好友', 'A') + body + heading('我的好友', 'A') + body;
    const { conversations, people } = await readSample(qqText, sampleOf('x', { 'x.txt': text }));
    expect(conversations.map(({ index, name }) => [index, name])).toEqual([
      [0, 'A'],
      [1, 'A'],
    ]);
    expect(people.map(({ conversation }) => conversation)).toEqual([0, 1]);
  });
});

describe.skipIf(!hasSharedSamples)('shared samples', () => {
  it.skipIf(!existsSync(sharedSamplePath('china/qq-txt')))('a masked real file: 14 messages of 7 people, 4 pictures', async () => {
    const { messages, people, problems, conversations } = await readSample(
      qqText,
      sampleAt(sharedSamplePath('china/qq-txt/demo.masked.txt')),
    );
    expect([messages.length, people.length, messages.filter(({ kind }) => kind === 'image').length]).toEqual([14, 7, 4]);
    expect(people.map(({ sourceId }) => sourceId)).toContain('demo2@example.com');
    expect(conversations).toMatchObject([{ name: 'DEMO', shape: 'group' }]);
    expect(problems).toEqual([]);
  });

  it.skipIf(!existsSync(sharedSamplePath('china/synthetic')))('two invented files', async () => {
    const folder = sharedSamplePath('china/synthetic/exports/qq-txt');
    expect((await readSample(qqText, sampleAt(`${folder}/group.txt`))).messages.length).toBe(4);
    const { messages, conversations } = await readSample(qqText, sampleAt(`${folder}/all.txt`));
    expect([messages.length, conversations.length]).toEqual([6, 2]);
  });
});

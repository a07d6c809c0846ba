// MHT files of QQ's message manager. test/samples/qq/全部消息记录.mht has a group of 5 messages and a chat of two with 3, of
// which one stands before any date; two pictures are parts of the file (a JPEG of 620 bytes, a PNG of 75), a third is lost.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFileSet } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { qqMht } from '../../../src/importers/qq/manager/mht';
import { describeConformance } from '../conformance';
import { bytesOf } from '../altered-files';
import { hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';
import { readSample, readSet } from './read-sample';

const sample = sampleAt(ownSamplePath('qq/全部消息记录.mht'), { hasEnd: true });

describeConformance(qqMht, [sample]);

describe('an MHT file', () => {
  it('has conversations under their headings, and messages on their days', async () => {
    const { conversations, messages, detection } = await readSample(qqMht, sample);
    expect(conversations.map(({ name, shape, extra }) => [name, shape, extra])).toEqual([
      ['樟木箱', 'group', { group: '我的群聊' }],
      ['小明', 'direct', { group: '我的好友' }],
    ]);
    expect(messages.map(({ kind, text, sentAtMs }) => [kind, text, new Date(sentAtMs).toISOString().slice(0, 19)])).toEqual([
      ['text', 'hello there', '2012-04-11T08:00:05'],
      ['image', '', '2012-04-11T12:28:18'],
      ['image', '看 这个\n第二行 & <b>', '2012-04-11T12:29:00'],
      ['system', '梅 撤回了一条消息', '2012-04-11T12:30:00'],
      ['file', '成功接收离线文件“菜单.pdf”(16.00KB) 打开文件 打开所在文件夹', '2012-04-12T00:00:01'],
      ['text', '在吗', '2013-01-02T09:00:00'],
      ['text', '在', '2013-01-02T09:00:05'],
    ]);
    expect(detection).toEqual({ format: 'qq-mht', formatVersion: 'mht', source: 'qq', entries: [0], title: '全部消息记录' });
  });

  it('links pictures to the parts that hold them', async () => {
    const { files, messages } = await readSample(qqMht, sample);
    expect(messages.flatMap(({ attachments }) => attachments.map(({ entry, missing, name }) => [entry, missing, name]))).toEqual([
      [1, null, '{00000000-0000-4000-8000-00000000000A}.dat'],
      [2, null, '{00000000-0000-4000-8000-00000000000B}.dat'],
      [null, 'unavailable', '{00000000-0000-4000-8000-00000000000F}.dat'],
      [null, 'omitted', '菜单.pdf'],
    ]);
    expect([...(await bytesOf(files, 1)).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect([...(await bytesOf(files, 2)).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('knows the owner by the colour of their messages', async () => {
    const { people, questions } = await readSample(qqMht, sample);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['1000001', '梅', false],
      ['bob@mail.example', 'Bob', false],
      ['1000009', '樟树', true],
      [null, '小明', false],
      [null, '樟树', true],
    ]);
    expect(questions).toMatchObject([{ id: 'owner', guess: 'id:1000009', certain: true }, { id: 'zone' }]);
  });

  it('a row that is not understood, and a message before any date, are problems', async () => {
    const { problems } = await readSample(qqMht, sample);
    expect(problems).toEqual([
      'not-understood <tr><td>看不懂的一行</td></tr>',
      expect.stringMatching(/^bad-time <tr><td><div [^]*没有日期/),
    ]);
  });

  it('cut inside of a picture says which part is damaged', async () => {
    const files = await sampleAt(ownSamplePath('qq/全部消息记录.mht')).open();
    expect(files.problems).toEqual([]);
    const { readFile } = await import('node:fs/promises');
    const bytes = new Uint8Array(await readFile(ownSamplePath('qq/全部消息记录.mht')));
    const cut = bytes.subarray(0, bytes.length - 100);
    const { sets } = await openFileSet('x.mht', 'files', [{ path: 'x.mht', source: sourceOfBytes(cut), modifiedAtMs: null }]);
    expect(sets[0]?.problems).toEqual([{ code: 'entry-damaged', detail: 'the file ends inside of this part', entry: 2 }]);
    expect((await readSet(qqMht, sets[0]!)).messages).toHaveLength(7);
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic')))('shared samples', () => {
  it('an invented file has 4 messages, one picture there and one lost', async () => {
    const { messages, people, problems } = await readSample(qqMht, sampleAt(sharedSamplePath('china/synthetic/exports/qq-mht/group.mht')));
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text 大家好 & <新年快乐>',
      'image ',
      'image 第一行\n第二行',
      'text 跨天了',
    ]);
    expect(people.map(({ sourceId, isOwner }) => [sourceId, isOwner])).toEqual([
      ['1000001', false],
      ['demo.b@example.com', false],
      ['1000009', true],
    ]);
    expect(problems).toEqual([]);
  });
});

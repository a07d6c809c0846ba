// Expected values were read off test/samples/wechat/texts-*.

import { describe, expect, it } from 'vitest';
import { wechatText } from '../../../src/importers/wechat/wechat-text';
import type { MessageRecord } from '../../../src/model/record';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const open = (path: string, answers = {}) => openArchive(wechatText, sampleAt(ownSamplePath(`wechat/${path}`)), answers);
const brief = ({ kind, text, sender }: MessageRecord) => [kind, text, sender];

describe('blocks below a time and a name', () => {
  it('keep empty lines inside, answers and placeholders apart', async () => {
    const { detection, questions, conversations, people, messages } = await open('texts-block');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-2', title: '安' });
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', '我自己', false],
      ['zone', null, false],
    ]);
    expect(conversations).toMatchObject([{ sourceId: null, name: '安', shape: 'direct' }]);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['安', false],
      ['我自己', true],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['text', '在家\n\n等你', 1],
      ['image', '', 0],
      ['text', '好，十点', 1],
      ['voice', '', 0],
      ['system', '"安" 撤回了一条消息', -1],
      ['link', '', 0],
    ]);
    expect(messages[0]).toMatchObject({ sentAtMs: Date.UTC(2024, 5, 1, 8), clock: 'second' });
    expect(messages[3]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: '安:Are you home' });
  });

  it('with the name in quotes, and paths of files in place of texts', async () => {
    const { detection, conversations, messages, people } = await open('texts-quoted', { owner: '波' });
    expect(detection.formatVersion).toBe('weflow');
    expect(conversations).toMatchObject([{ name: '湖边散步', shape: 'group' }]);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['安', false],
      ['我自己', false],
      ['波', true],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Walk to the lake today', 0],
      ['image', '', 1],
      ['voice', '', 2],
      ['text', '好的\n我带伞', 2],
    ]);
    expect(messages[1]?.attachments).toMatchObject([{ name: 'lake.gif', missing: 'not-in-archive' }]);
  });
});

describe('one line a message', () => {
  it('name and time before it, notices without either', async () => {
    const { detection, messages } = await open('texts-inline');
    expect(detection.formatVersion).toBe('wechatexporter');
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['text', '在家\n等你', 1],
      ['video', '', 0],
      ['system', '"安" 撤回了一条消息', -1],
      ['text', '好，十点', 1],
      ['text', '名字 (括号) 在里面', 0],
    ]);
    expect(messages[3]?.sentAtMs).toBe(messages[2]?.sentAtMs);
    expect(messages[4]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: '安：Are you home' });
  });

  it('with the number of its type, and "me"', async () => {
    const { detection, questions, people, messages } = await open('texts-numbered');
    expect(detection).toMatchObject({ formatVersion: 'wechat-dump', title: '安' });
    expect(questions.map(({ id }) => id)).toEqual(['zone']);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['安', false],
      [null, true],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['text', '在家: 等你\n第二行', 1],
      ['image', '', 0],
      ['link', 'https://example.invalid/w', 1],
      ['file', '', 0],
      ['location', '', 0],
      ['transfer', '恭喜发财', 1],
      ['call', '', 0],
      ['system', '"安" recalled a message', -1],
      ['voice', '', 0],
    ]);
    expect(messages[5]?.facts?.location).toEqual({ latitude: 30.2466, longitude: 120.1497, name: '湖心亭' });
    expect(messages[9]?.attachments).toMatchObject([{ kind: 'voice', durationMs: 1500, name: 'voice1' }]);
  });
});

describe('dates without a year', () => {
  /** The sample, of which nobody knows when it was written. */
  const openUndated = async (answers: Readonly<Record<string, string>> = {}) => {
    const files = await sampleAt(ownSamplePath('wechat/texts-yearless')).open();
    const entries = files.entries.map((entry) => ({ ...entry, modifiedAtMs: null }));
    return openArchive(wechatText, { name: 'undated', open: async () => ({ ...files, entries }) }, answers);
  };

  it('are of the year that is answered', async () => {
    const { detection, questions, conversations, people, messages, problems } = await openUndated({ year: '2024' });
    expect(detection).toMatchObject({ formatVersion: 'chatlog', title: '湖边散步' });
    // The years from 2011 to 2040 that have a 29 February; nothing tells when the sample was written.
    expect(questions.map(({ id, guess, options }) => [id, guess, options.map(({ value }) => value)])).toEqual([
      ['year', null, ['2040', '2036', '2032', '2028', '2024', '2020', '2016', '2012']],
      ['zone', null, []],
    ]);
    expect(conversations).toMatchObject([{ sourceId: null, name: '湖边散步', shape: 'group' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['wxid_an000000000', '安', false],
      [null, null, true],
      ['b_o-0001', '波', false],
      ['wxid_mei00000000', null, false],
    ]);
    expect(messages.map(({ kind, text, sentAtMs }) => [kind, text, new Date(sentAtMs).toISOString().slice(0, 19)])).toEqual([
      ['text', 'Walk to the lake today', '2024-02-29T08:00:00'],
      ['text', '好的\n\n带伞', '2024-02-29T08:01:00'],
      ['image', '', '2024-03-01T09:00:00'],
      ['link', 'A page\nhttps://a.example/', '2024-03-01T09:01:00'],
      ['text', 'the year is written here', '2024-12-31T23:59:59'],
    ]);
    expect(messages[1]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: 'Walk to the lake today' });
    expect(problems).toEqual([]);
  });

  it('are problems where nobody says the year, or it has no such day', async () => {
    expect((await openUndated()).problems).toEqual(Array.from({ length: 4 }, () => 'bad-time'));
    expect((await openUndated({ year: '2023' })).problems).toEqual(['bad-time', 'bad-time']);
  });

  it('are of the last year in which they were over when the file was written', async () => {
    const text = '安(wxid_an000000000) 03-01 08:00:00\na\n\n我 03-02 08:01:00\nb\n';
    const guessFor = async (modifiedAtMs: number) => {
      const files = filesOf('x', { 'x.txt': text });
      const dated = { ...files, entries: files.entries.map((entry) => ({ ...entry, modifiedAtMs })) };
      const [detection] = await wechatText.detect(dated);
      return (await wechatText.ask(dated, detection!)).find(({ id }) => id === 'year')?.guess;
    };
    expect(await guessFor(Date.UTC(2023, 2, 2, 12))).toBe('2023');
    expect(await guessFor(Date.UTC(2023, 1, 20))).toBe('2022');
  });

  it('of several chats at once go to their chats', async () => {
    const text = ['安(wxid_an000000000) [湖边散步(1@chatroom)] 01-02 08:00:00\na\n', '我 [安(wxid_an000000000)] 01-02 08:01:00\nb\n'].join(
      '\n',
    );
    const { conversations, messages } = await openArchive(
      wechatText,
      { name: 'x', open: async () => filesOf('x', { 'x.txt': text }) },
      { year: '2024' },
    );
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['wechat:1@chatroom', '湖边散步', 'group'],
      ['wechat:wxid_an000000000', '安', 'direct'],
    ]);
    expect(messages.map(({ conversation, text: each }) => [conversation, each])).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
  });
});

describe('what is not ours', () => {
  it.each([
    ['a log', '2024-01-15 09:30:15 started\n2024-01-15 09:30:16 stopped\n'],
    ['one note', '2024-01-15 09:30:15 A day\nIt rained.\n'],
    ['QQ', '2024-01-01 08:00:00 乙(10001)\n明天见\n\n2024-01-01 08:01:00 甲(10002)\n好\n'],
    ['QQ by mail', '2024-01-01 08:00:00 乙<a@b.invalid>\n明天见\n\n2024-01-01 08:01:00 甲<c@d.invalid>\n好\n'],
    ['a date within', 'x\nname (2024-01-01 08:00:00):text\n'],
    ['a table', '1|a|2024-01-01 08:00:00|b\n'],
  ])('%s', async (_, text) => {
    expect(await wechatText.detect(filesOf('x', { 'x.txt': text }))).toEqual([]);
  });

  it('a message that never ends is cut, and what goes on is a problem', async () => {
    const text =
      `a (2024-01-01 08:00:00):x\n${'y'.repeat(999)}\n`.replace(/y+\n/, (line) => line.repeat(1100)) + 'a (2024-01-01 08:01:00):z\n';
    const { messages, problems } = await openArchive(wechatText, { name: 'long', open: async () => filesOf('x', { 'x.txt': text }) });
    expect(messages.map(({ text: each }) => each.slice(0, 3))).toEqual(['x\nyy'.slice(0, 3), 'z']);
    expect(new Set(problems)).toEqual(new Set(['piece-too-large']));
  });
});

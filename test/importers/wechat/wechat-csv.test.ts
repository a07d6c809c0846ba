// Expected values were read off test/samples/wechat/table-*. 1717200000 is 2024-06-01T00:00:00Z, shown there as 08:00.

import { describe, expect, it } from 'vitest';
import { wechatCsv } from '../../../src/importers/wechat/wechat-csv';
import type { MessageRecord } from '../../../src/model/record';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const open = (path: string) => openArchive(wechatCsv, sampleAt(ownSamplePath(`wechat/${path}`)));
const brief = ({ kind, text, sender }: MessageRecord) => [kind, text, sender];
const md5 = (pair: string) => pair.repeat(16);

describe("WeChat's own columns", () => {
  it('have instants and bodies in XML', async () => {
    const { detection, questions, conversations, people, messages, problems } = await open('table-numbered');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-2', title: '安', isSingle: true });
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([['owner', 'wxid_me000000000', true]]);
    expect(conversations).toMatchObject([{ sourceId: 'wechat:wxid_an000000000', name: '安', shape: 'direct' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['wxid_an000000000', '安', false],
      ['wxid_me000000000', '我自己', true],
    ]);
    expect(problems).toEqual([]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['text', '在家, "等你"\n第二行', 1],
      ['image', '', 0],
      ['voice', '', 0],
      ['text', '好，十点', 1],
      ['file', '', 0],
      ['link', '', 0],
      ['location', '', 0],
      ['call', '', 1],
      ['system', '"安" 撤回了一条消息', -1],
      ['unknown', 'odd', 0],
      ['sticker', '', 0],
    ]);
    expect(messages[0]).toMatchObject({ sentAtMs: 1717200000000, clock: 'absolute', sourceId: null });
    expect(messages[2]?.facts?.extra).toMatchObject({ md5: md5('ab') });
    expect(messages[3]?.attachments).toMatchObject([{ kind: 'voice', durationMs: 1500, missing: 'not-exported' }]);
    expect(messages[4]?.facts?.replyTo).toEqual({ sourceId: '7000000000000000001', excerpt: 'Are you home' });
    expect(messages[5]?.attachments).toMatchObject([{ name: '路线.pdf', sizeBytes: 9 }]);
    expect(messages[8]?.facts?.call).toMatchObject({ durationMs: 65_000, outcome: 'answered' });
    expect(messages[10]?.facts?.extra?.['raw']).toMatch(/^11,1,77,0,0,/);
  });

  it('of a file that does not bear the name of whoever wrote say nothing of the chat', async () => {
    const table =
      'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n1,1,1,0,0,1717200000,3,hi,,安,An,wxid_an\n';
    const { conversations } = await openArchive(wechatCsv, { name: 'x', open: async () => filesOf('x', { '湖边.csv': table }) });
    expect(conversations).toMatchObject([{ sourceId: null, name: '湖边', shape: 'unknown' }]);
  });
});

describe('words for types', () => {
  it('names for people: the owner is asked', async () => {
    const { detection, questions, people, messages } = await open('table-worded');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-3', title: '安' });
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', '我自己', false],
      ['zone', null, false],
    ]);
    expect(people.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['安', false],
      ['我自己', true],
    ]);
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Are you home'],
      ['text', '好'],
      ['image', ''],
      ['file', ''],
      ['system', '"安" 撤回了一条消息'],
      ['link', '标题：天气\n描述：晴\n链接: https://example.invalid/w\n应用：\n'],
      ['unknown', '?'],
    ]);
    expect(messages[1]).toMatchObject({ sourceId: '7200000000000000001', facts: { replyTo: { excerpt: '安: Are you home' } } });
  });

  it('with a column for the chat, names in a list beside it', async () => {
    const { detection, conversations, people, messages } = await open('table-rows');
    expect(detection).toMatchObject({ formatVersion: 'pywxdump', isSingle: false });
    expect(conversations.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['wechat:wxid_an000000000', '安'],
      ['wechat:20000000002@chatroom', null],
    ]);
    expect(people.map(({ name }) => name)).toEqual(['安', 'Me', '波']);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'voice', 'image', 'text', 'system', 'file', 'unknown', 'text']);
  });

  it('after a spreadsheet has changed the times', async () => {
    const { detection, conversations, messages } = await open('table-rows-of-one');
    expect(detection.formatVersion).toBe('weclone');
    expect(conversations).toMatchObject([{ name: '安', shape: 'unknown' }]);
    expect(messages[0]).toMatchObject({ sentAtMs: Date.UTC(2024, 5, 1, 8), clock: 'minute', sourceId: '7100000000000000001' });
  });
});

describe('messages as they are shown', () => {
  it('are read by their marks', async () => {
    const { detection, conversations, messages, people } = await open('table-shown');
    expect(detection).toMatchObject({ formatVersion: 'chatlog', title: null });
    expect(conversations.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['wechat:20000000002@chatroom', '湖边散步'],
      ['wechat:wxid_an000000000', '安'],
    ]);
    expect(people[1]).toMatchObject({ sourceId: 'wxid_me000000000', name: null, isOwner: true });
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Walk to the lake today'],
      ['text', '好'],
      ['image', ''],
      ['file', ''],
      ['link', '天气\nhttps://example.invalid/w'],
      ['system', '"安" 撤回了一条消息'],
      ['voice', ''],
      ['forwarded', '安和波的聊天记录\n  安 2024-05-31 20:00\n  好\n'],
      ['transfer', '￥20.00\n船票'],
      ['text', 'see you'],
    ]);
    expect(messages[1]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: 'Walk to the lake today' });
    expect(messages[2]?.facts?.extra).toEqual({ md5: md5('ab') });
    expect(messages[3]?.attachments).toMatchObject([{ name: '路线.pdf', missing: 'not-exported' }]);
  });
});

describe('what is not ours', () => {
  it.each(['a,b\n1,2\n', 'Time,SenderName,Sender,TalkerName,Talker\n', '', 'id;MsgSvrID\n'])('%j', async (text) => {
    expect(await wechatCsv.detect(filesOf('x', { 'x.csv': text }))).toEqual([]);
  });
});

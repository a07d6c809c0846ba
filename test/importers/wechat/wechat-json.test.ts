// Expected values were read off test/samples/wechat. Times: 1717200000 is 2024-06-01T00:00:00Z, which the exports show as 08:00.

import { describe, expect, it } from 'vitest';
import { wechatJson } from '../../../src/importers/wechat/wechat-json';
import type { MessageRecord } from '../../../src/model/record';
import { openArchive } from '../open-archive';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const open = (path: string) => openArchive(wechatJson, sampleAt(ownSamplePath(`wechat/${path}`)));
const brief = ({ kind, text, sender }: MessageRecord) => [kind, text, sender];

describe('a chat with its types as numbers', () => {
  it('has every kind of message', async () => {
    const { detection, questions, conversations, people, messages } = await open('weflow');
    expect(detection).toMatchObject({ formatVersion: 'weflow', title: '湖边散步', isSingle: true });
    expect(questions).toEqual([
      { id: 'owner', options: [{ value: 'wxid_me000000000', label: '我自己' }], guess: 'wxid_me000000000', certain: true },
    ]);
    expect(conversations).toMatchObject([{ sourceId: 'wechat:20000000002@chatroom', name: '湖边散步', shape: 'group' }]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['wxid_an000000000', '安', false],
      ['wxid_me000000000', '我自己', true],
      ['wxid_bo000000000', '波', false],
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Walk to the lake today', 0],
      ['image', '', 1],
      ['voice', '', 2],
      ['voice', '', 2],
      ['video', '', 0],
      ['sticker', '', 0],
      ['text', '好，十点', 1],
      ['file', '', 0],
      ['link', '湖边天气\nhttps://example.invalid/weather', 2],
      ['location', '', 0],
      ['contact', '', 2],
      ['transfer', '¥20.00 船票', 1],
      ['transfer', '恭喜发财', 0],
      ['forwarded', '安和波的聊天记录', 2],
      ['call', '', 0],
      ['system', '"波" 拍了拍 "安"', -1],
      ['system', '"安" 撤回了一条消息', -1],
      ['link', '坐船', 2],
      ['unknown', 'something new', 2],
      ['text', '回家了', 0],
    ]);
  });

  it('finds files, and says of the others why they are missing', async () => {
    const { files, messages } = await open('weflow');
    const attachments = messages.flatMap((message) => message.attachments);
    expect(attachments.map(({ name, entry, missing }) => [name, entry === null ? null : files.entries[entry]!.path, missing])).toEqual([
      ['lake.gif', 'media/images/lake.gif', null],
      ['v1.wav', 'media/voices/v1.wav', null],
      [null, null, 'not-exported'],
      ['boat.mp4', null, 'not-in-archive'],
      [null, null, 'not-exported'],
      ['路线.pdf', null, 'not-exported'],
    ]);
  });

  it('keeps ids, answers, places, cards, what it does not know', async () => {
    const messages = (await open('weflow')).messages;
    expect(messages[0]).toMatchObject({ sourceId: '7000000000000000001', sentAtMs: 1717200000000, clock: 'absolute' });
    expect(messages[6]?.facts?.replyTo).toEqual({ sourceId: '7000000000000000001', excerpt: 'Walk to the lake today' });
    expect(messages[9]?.facts?.location).toEqual({ latitude: 30.2466, longitude: 120.1497, name: '湖心亭', address: '西湖区' });
    expect(messages[10]?.facts?.contact).toEqual({ name: '船家' });
    expect(messages[14]?.facts?.call).toEqual({ durationMs: 65_000, outcome: 'answered', video: false });
    expect(JSON.parse(messages[18]?.facts?.extra?.['raw'] as string)).toMatchObject({ type: '其他消息', content: 'something new' });
    expect(messages[19]?.facts?.extra).toEqual({ senderName: '小安' });
  });

  it('is the same in the short form, with its members', async () => {
    const { detection, people, messages } = await open('weflow-short.json');
    expect(detection.formatVersion).toBe('weflow-short');
    expect(messages.map(brief)).toEqual([
      ['text', 'Walk to the lake today', 0],
      ['image', '', 1],
      ['location', '', 0],
    ]);
    expect(people).toMatchObject([
      { name: '安', extra: { nickname: 'An', alias: 'an_alias', groupNickname: '安安' } },
      { name: '我自己', isOwner: true },
      { sourceId: 'wxid_bo000000000', name: '波' },
    ]);
  });

  it.each([
    ['echotrace.json', 'echotrace'],
    ['ciphertalk.json', 'ciphertalk'],
  ])('%s is of %s', async (path, version) => {
    const { detection, conversations } = await open(path);
    expect(detection).toMatchObject({ formatVersion: version, title: '安' });
    expect(conversations).toMatchObject([{ sourceId: 'wechat:wxid_an000000000', shape: 'direct' }]);
  });

  it('takes milliseconds, and a spoken length', async () => {
    expect((await open('ciphertalk.json')).messages[0]).toMatchObject({
      attachments: [{ kind: 'voice', name: '1.amr', durationMs: 5200, missing: 'not-in-archive' }],
    });
    const element = { createTime: 1717200000123, localType: 1, isSend: 0, content: 'x', senderUsername: 'wxid_an' };
    const files = filesOf('x', {
      'x.json': JSON.stringify({ session: { wxid: 'wxid_an' }, messages: [element, { ...element, createTime: 'soon' }] }),
    });
    const [detection] = await wechatJson.detect(files);
    const records = await readAll(wechatJson, files, detection!);
    expect(messagesOf(records)).toMatchObject([{ sentAtMs: 1717200000123 }]);
    expect(records.filter((record) => record.type === 'problem')).toMatchObject([{ problem: { code: 'bad-time' } }]);
  });
});

describe('answers of a server', () => {
  it('hold several chats, instants, forwards as structures', async () => {
    const { detection, conversations, people, messages } = await open('chatlog.json');
    expect(detection).toMatchObject({ formatVersion: 'chatlog', title: null, isSingle: false });
    expect(conversations.map(({ sourceId, shape }) => [sourceId, shape])).toEqual([
      ['wechat:20000000002@chatroom', 'group'],
      ['wechat:wxid_an000000000', 'direct'],
    ]);
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Walk to the lake today'],
      ['image', ''],
      ['voice', ''],
      ['text', '好'],
      ['file', ''],
      ['link', '湖边天气\nhttps://example.invalid/weather'],
      ['forwarded', '安和波的聊天记录\n安: 好\n波: 群聊的聊天记录\n  丁: [图片]'],
      ['transfer', '￥20.00\n船票'],
      ['system', '波 拍了拍 安'],
      ['system', '"安" 撤回了一条消息'],
      ['link', '坐船\nhttps://example.invalid/boat'],
      ['unknown', 'odd'],
      ['text', 'see you'],
    ]);
    expect(messages[0]).toMatchObject({ sourceId: null, sentAtMs: 1717200000000, facts: { extra: { seq: 1717200000000 } } });
    expect(messages[3]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: 'Walk to the lake today' });
    expect(people[2]).toMatchObject({ sourceId: 'wxid_me000000000', name: null, isOwner: true });
  });
});

describe('tables with a word for each type', () => {
  it('have wall clocks, own rows without an id, files, and names in a list beside them', async () => {
    const { files, detection, questions, people, messages } = await open('tables');
    expect(detection).toMatchObject({ formatVersion: 'pywxdump', isSingle: false });
    expect(questions.map(({ id, guess }) => [id, guess])).toEqual([
      ['owner', 'wxid_me000000000'],
      ['zone', null],
    ]);
    expect(people).toMatchObject([
      { name: '安', extra: { nickname: 'An', account: 'an_alias' } },
      { name: 'Me', isOwner: true },
      { name: '波' },
    ]);
    expect(messages.map(brief)).toEqual([
      ['text', 'Are you home', 0],
      ['voice', '', 1],
      ['image', '', 0],
      ['text', '好', 1],
      ['system', '你撤回了一条消息', -1],
      ['file', '', 0],
      ['unknown', '?', 0],
      ['text', 'hello group', 2],
    ]);
    expect(messages[0]).toMatchObject({ sourceId: '7100000000000000001', clock: 'second', sentAtMs: Date.UTC(2024, 5, 1, 8) });
    expect(messages[1]).toMatchObject({ attachments: [{ name: '2.wav', durationMs: 2500 }], facts: { extra: { transcript: '在家' } } });
    expect(files.entries[messages[1]!.attachments[0]!.entry!]?.path).toBe('audio/2.wav');
    expect(messages[3]?.facts?.replyTo).toEqual({ sourceId: null, excerpt: '安:Are you home' });
    expect(messages[5]?.attachments).toMatchObject([{ name: '路线.pdf', missing: 'not-in-archive' }]);
    expect(messages[6]?.facts?.extra).toMatchObject({ type: '未知类型' });
  });

  it('keep ids that a number cannot hold', async () => {
    const text =
      '[{"id":1,"MsgSvrID":9000000000000000123,"type_name":"文本","is_sender":0,"talker":"wxid_an","room_name":"wxid_an","msg":"hi","src":"","CreateTime":"2024/6/1 8:05"}]';
    const files = filesOf('x', { 'x.json': text });
    const [detection] = await wechatJson.detect(files);
    expect(messagesOf(await readAll(wechatJson, files, detection!))).toMatchObject([
      { sourceId: '9000000000000000123', clock: 'minute', sentAtMs: Date.UTC(2024, 5, 1, 8, 5) },
    ]);
  });
});

describe('messages of a page, as JSON', () => {
  it('name senders by what is shown, and have ids', async () => {
    const { detection, questions, people, messages } = await open('page-3.json');
    expect(detection).toMatchObject({ formatVersion: 'memotrace-3', title: null });
    expect(questions).toEqual([]);
    expect(people).toMatchObject([
      { sourceId: null, name: '安', isOwner: false },
      { sourceId: null, name: '我自己', isOwner: true },
    ]);
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Are you home'],
      ['text', '在 & 好 <3'],
      ['image', ''],
      ['voice', ''],
      ['text', '好'],
      ['file', ''],
      ['link', '湖边天气\n晴\nhttps://example.invalid/w'],
      ['call', ''],
      ['location', ''],
      ['contact', ''],
      ['transfer', '￥20.00\n船票\n发起转账'],
      ['forwarded', '聊天记录\n安: 好'],
      ['system', '"安" 撤回了一条消息'],
      ['unknown', 'new thing'],
    ]);
    expect(messages[4]).toMatchObject({ sourceId: '7200000000000000004', facts: { replyTo: { sourceId: '7200000000000000001' } } });
    expect(messages[7]?.facts?.call).toEqual({ durationMs: 30_000, outcome: 'answered', video: true });
  });
});

describe('what is not ours', () => {
  it.each([
    ['[]'],
    ['{}'],
    ['{"session":{"wxid":"a"},"messages":[]}'],
    ['{"session":{"wxid":"a"},"messages":[{"localType":1}]}'],
    ['{"chatlab":{"version":"0.0.2"},"session":{},"messages":[{"createTime":1,"localType":1,"isSend":0}]}'],
    ['[{"type":"1","is_send":true}]'],
    ['[{"conversations":[{"role":"user","content":"x"}]}]'],
    ['{"exportInfo":{"generator":"other"},"session":{},"messages":[{"createTime":1,"localType":1,"isSend":0}]}'],
  ])('%s', async (text) => {
    expect(await wechatJson.detect(filesOf('x', { 'x.json': text }))).toEqual([]);
  });
});

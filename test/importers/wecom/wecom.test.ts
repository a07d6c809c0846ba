// WeCom's archived messages. test/samples/wecom/archive.jsonl has 21 messages, one of every type but the first two in a group,
// a line that says a member changed, and a message without a time.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wecomJson } from '../../../src/importers/wecom/wecom-json';
import type { ConversationRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath, type ConformanceSample } from '../samples';

const lines = sampleAt(ownSamplePath('wecom/archive.jsonl'));
const element = {
  msgid: '1',
  action: 'send',
  from: 'a',
  tolist: ['b'],
  roomid: '',
  msgtime: '1704067200000',
  msgtype: 'text',
  text: { content: 'hello' },
};
const array = { ...sampleOf('array', { 'a.json': JSON.stringify([element, { ...element, msgid: '2' }], null, 1) }), hasEnd: true };

describeConformance(wecomJson, [lines, array]);

async function read(sample: ConformanceSample, answers = {}) {
  const files = await sample.open();
  const [detection] = await wecomJson.detect(files);
  const records = await readAll(wecomJson, files, detection!, answers);
  return {
    detection,
    questions: await wecomJson.ask(files, detection!),
    messages: messagesOf(records),
    conversations: records.filter((record): record is ConversationRecord => record.type === 'conversation'),
    people: records.filter((record): record is PersonRecord => record.type === 'person'),
    problems: records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : [])),
    structures: records.flatMap((record) => (record.type === 'structure' ? [record.name] : [])),
  };
}

describe('an archive', () => {
  it('has messages of every type', async () => {
    const { messages } = await read(lines);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text hello there',
      'image ',
      'voice ',
      'video ',
      'file ',
      'sticker ',
      'location 西湖\n杭州',
      'contact ann\n某公司',
      'link 题\n说明\nhttps://a.example',
      'link 小程序题\nd\n名',
      'forwarded 群聊的聊天记录\n早',
      'poll 去哪？\n山\n海',
      'transfer 恭喜发财',
      'link 文档\nhttps://doc.example',
      'text **粗**',
      'link 新闻',
      'text 文',
      'system ',
      'call ',
      'unknown 待办\n买菜',
      'system ',
    ]);
    expect(messages[0]).toMatchObject({ sourceId: '1000_1704067200000', sentAtMs: 1_704_067_200_000, clock: 'absolute', facts: null });
  });

  it('names files that are elsewhere, and keeps what goes with them', async () => {
    const { messages } = await read(lines);
    expect(messages.flatMap(({ attachments }) => attachments)).toEqual([
      { kind: 'image', name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: 123 },
      { kind: 'voice', name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: 9, durationMs: 3000 },
      { kind: 'video', name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: 9, durationMs: 4000 },
      { kind: 'file', name: '菜单.pdf', entry: null, missing: 'not-exported', mime: null, sizeBytes: 2048 },
      { kind: 'sticker', name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: 7, widthPx: 10, heightPx: 20 },
    ]);
    expect(messages[1]?.facts).toEqual({ extra: { tolist: ['mei', 'new'], content: { md5sum: '00', sdkfileid: 'k' } } });
    expect(messages[6]?.facts?.location).toEqual({ latitude: 30.25, longitude: 120.15 });
    expect(messages[20]?.facts).toEqual({
      service: { action: 'recall' },
      extra: { action: 'recall', tolist: ['mei', 'new'], content: { pre_msgid: '1001_1704067201000' }, msgtype: 'revoke' },
    });
    expect(messages[19]?.facts?.extra).toMatchObject({ raw: { msgtype: 'todo' } });
  });

  it('has a chat of two and a group; the owner is asked', async () => {
    const { conversations, people, questions, problems, structures, detection } = await read(lines, { owner: 'mei' });
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['direct:bob,mei', 'bob', 'direct'],
      ['room:wrRoom', null, 'group'],
    ]);
    expect(people.map(({ sourceId, isOwner }) => [sourceId, isOwner])).toEqual([
      ['mei', true],
      ['bob', false],
    ]);
    expect(questions).toMatchObject([{ id: 'owner', guess: null, options: [{ value: 'mei' }, { value: 'bob' }] }]);
    expect([problems, structures]).toEqual([['not-understood'], ['switch']]);
    expect(detection).toEqual({ format: 'wecom-json', formatVersion: 'lines', source: 'wecom', entries: [0], title: null });
  });

  it('may be an array, with times as text', async () => {
    const { messages, detection } = await read(array);
    expect(messages.map(({ sourceId, sentAtMs }) => [sourceId, sentAtMs])).toEqual([
      ['1', 1_704_067_200_000],
      ['2', 1_704_067_200_000],
    ]);
    expect(detection?.formatVersion).toBe('json');
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic/exports/wecom')))('shared samples', () => {
  it('an invented archive has 3 messages of 2 conversations', async () => {
    const { messages, conversations, problems } = await read(sampleAt(sharedSamplePath('china/synthetic/exports/wecom/archive.jsonl')));
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'image', 'system']);
    expect([conversations.length, problems.length]).toEqual([2, 0]);
  });
});

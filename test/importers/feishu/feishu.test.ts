// Messages of Feishu's API. test/samples/feishu/messages.json has 22, of which the last has no time.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feishuJson } from '../../../src/importers/feishu/feishu-json';
import { readTime } from '../../../src/importers/feishu/message';
import type { ConversationRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath, type ConformanceSample } from '../samples';

const answer = sampleAt(ownSamplePath('feishu/messages.json'), { hasEnd: true });
const item = (id: number) => ({
  message_id: `om_${id}`,
  msg_type: 'text',
  create_time: '1704067200000',
  chat_id: 'oc_1',
  sender: { id: 'ou_a' },
  body: { content: '{"text":"hello"}' },
});
const lines = sampleOf('lines', { 'a.jsonl': `${JSON.stringify(item(1))}\n\n${JSON.stringify(item(2))}\n` });
const array = { ...sampleOf('array', { 'a.json': JSON.stringify([item(1), item(2)]) }), hasEnd: true };

describeConformance(feishuJson, [answer, lines, array]);

async function read(sample: ConformanceSample, answers = {}) {
  const files = await sample.open();
  const [detection] = await feishuJson.detect(files);
  const records = await readAll(feishuJson, files, detection!, answers);
  return {
    detection,
    questions: await feishuJson.ask(files, detection!),
    messages: messagesOf(records),
    conversations: records.filter((record): record is ConversationRecord => record.type === 'conversation'),
    people: [
      ...new Map(records.filter((record): record is PersonRecord => record.type === 'person').map((one) => [one.index, one])).values(),
    ],
    problems: records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : [])),
  };
}

describe('an answer of the API', () => {
  it('has messages of every type', async () => {
    const { messages } = await read(answer);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text hello there',
      'text @Bob 你好 @所有人',
      'image 通知\n第一链接粗\n@Bob[SMILE]',
      'image ',
      'file ',
      'voice ',
      'video ',
      'sticker ',
      'link 卡片\n内容',
      'link oc_2',
      'contact ou_ann',
      'system Mei invited Ann, Bob to this chat.',
      'location 西湖',
      'forwarded Merged and Forwarded Message',
      'text 里面的',
      'poll 去哪？\n山\n海',
      'call 会议',
      'transfer [红包]',
      'unknown 买菜',
      'text 改过',
      'text ',
    ]);
    expect(messages[0]).toMatchObject({ sourceId: 'om_0000', sentAtMs: 1_704_067_200_000, clock: 'absolute', facts: null });
  });

  it('has facts, and keeps the rest', async () => {
    const { messages } = await read(answer);
    expect(messages[2]?.facts).toMatchObject({
      replyTo: { sourceId: 'om_0000' },
      entities: [
        { type: 'link', offset: 5, length: 2, href: 'https://a.example' },
        { type: 'bold', offset: 7, length: 1 },
        { type: 'mention', offset: 9, length: 4 },
      ],
      extra: { root_id: 'om_0000', msg_type: 'post' },
    });
    expect(messages[1]?.facts?.entities).toEqual([
      { type: 'mention', offset: 0, length: 4 },
      { type: 'mention', offset: 8, length: 4 },
    ]);
    expect(messages[12]?.facts?.location).toEqual({ latitude: 30.25, longitude: 120.15, name: '西湖' });
    expect(messages[14]?.facts?.extra).toEqual({ upper_message_id: 'om_0013' });
    expect(messages[19]?.facts).toEqual({ edited: { editedAtMs: 1_704_067_299_000 } });
    expect(messages[20]?.facts).toEqual({ deleted: { by: 'unknown' }, extra: { body: 'This message was recalled' } });
  });

  it('names files by their keys', async () => {
    const { messages } = await read(answer);
    expect(
      messages.flatMap(({ attachments }) => attachments.map(({ kind, name, missing, durationMs }) => [kind, name, missing, durationMs])),
    ).toEqual([
      ['image', 'img_1', 'not-exported', undefined],
      ['image', 'img_2', 'not-exported', undefined],
      ['file', '菜单.pdf', 'not-exported', undefined],
      ['voice', 'file_2', 'not-exported', 2000],
      ['video', 'v.mp4', 'not-exported', 5000],
      ['sticker', 'file_4', 'not-exported', undefined],
    ]);
  });

  it('knows people by id, and by name where they were mentioned; the owner is asked', async () => {
    const { people, conversations, questions, problems, detection } = await read(answer, { owner: 'ou_mei' });
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['ou_mei', null, true],
      ['ou_bob', 'Bob', false],
      ['cli_1', null, false],
    ]);
    expect(conversations).toEqual([{ type: 'conversation', index: 0, sourceId: 'oc_1', name: null, shape: 'unknown' }]);
    expect(questions).toMatchObject([{ id: 'owner', options: [{ value: 'ou_mei' }, { value: 'ou_bob' }, { value: 'cli_1' }] }]);
    expect(problems).toEqual(['not-understood']);
    expect(detection).toEqual({ format: 'feishu-json', formatVersion: 'json', source: 'feishu', entries: [0], title: null });
  });

  it('may be lines or an array', async () => {
    for (const sample of [lines, array]) expect((await read(sample)).messages.map(({ sourceId }) => sourceId)).toEqual(['om_1', 'om_2']);
  });
});

describe('readTime', () => {
  it.each([
    ['1704067200000', 1_704_067_200_000],
    [1_704_067_200_000, 1_704_067_200_000],
    ['', null],
    ['1704067200', null],
    ['999999999999999', null],
    [undefined, null],
  ])('%j is %s', (value, atMs) => {
    expect(readTime(value)).toBe(atMs);
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic/exports/feishu')))('shared samples', () => {
  it('an invented answer has one message', async () => {
    const { messages } = await read(sampleAt(sharedSamplePath('china/synthetic/exports/feishu/messages.json')));
    expect(messages.map(({ text }) => text)).toEqual(['@演示乙 你好']);
  });
});

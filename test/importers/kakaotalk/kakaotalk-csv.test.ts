import { expect, it } from 'vitest';
import { kakaoTalkCsv } from '../../../src/importers/kakaotalk/kakaotalk-csv';
import type { NeutralRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const sample = sampleAt(ownSamplePath('kakaotalk/KakaoTalk_Chat_등산 모임_2026-05-01-10-00-00.csv'));

describeConformance(kakaoTalkCsv, [sample]);

const namesOf = (records: readonly NeutralRecord[]) =>
  records.filter((record): record is PersonRecord => record.type === 'person').map(({ name }) => name);

it('has rows of several lines, lines of KakaoTalk itself, media', async () => {
  const files = await sample.open();
  const [detection] = await kakaoTalkCsv.detect(files);
  expect(detection).toMatchObject({ title: '등산 모임', formatVersion: 'mac' });
  const records = await readAll(kakaoTalkCsv, files, detection!);
  expect(records[0]).toEqual({ type: 'conversation', index: 0, sourceId: null, name: '등산 모임', shape: 'unknown' });
  expect(records.at(-1)).toMatchObject({ shape: 'group' });
  expect(namesOf(records)).toEqual(['민수', '지영', '하나']);
  expect(
    messagesOf(records).map(({ sender, sentAtMs, clock, kind, text, facts }) => ({
      sender,
      at: `${new Date(sentAtMs).toISOString()} ${clock}`,
      kind,
      text,
      facts,
    })),
  ).toEqual([
    { sender: 0, at: '2026-04-30T20:34:26.000Z second', kind: 'text', text: 'say "hi"\r\nagain, and again', facts: null },
    {
      sender: -1,
      at: '2026-04-30T20:35:00.000Z second',
      kind: 'system',
      text: 'The message has been deleted.',
      facts: { deleted: { by: 'sender' } },
    },
    { sender: 1, at: '2026-04-30T20:36:01.000Z second', kind: 'image', text: '', facts: null },
    { sender: 2, at: '2026-04-30T20:37:02.000Z second', kind: 'text', text: '하나님이 나갔습니다.', facts: null },
  ]);
});

it('gives rows that it cannot read as problems', async () => {
  const text = 'Date,User,Message\n2026-04-30 20:34:26,"a","b"\n2026-04-31 20:34:26,"a","no such day"\n2026-04-30 20:34:26,"a"\n';
  const files = filesOf('a.csv', { 'a.csv': text });
  const [detection] = await kakaoTalkCsv.detect(files);
  const problems = (await readAll(kakaoTalkCsv, files, detection!)).filter(({ type }) => type === 'problem');
  expect(problems).toMatchObject([
    { problem: { code: 'bad-time', raw: '2026-04-31 20:34:26,"a","no such day"' } },
    { problem: { code: 'not-understood', raw: '2026-04-30 20:34:26,"a"' } },
  ]);
});

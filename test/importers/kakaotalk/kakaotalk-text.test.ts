import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/importers/importer';
import { kakaoTalkText } from '../../../src/importers/kakaotalk/kakaotalk-text';
import { readStamp } from '../../../src/importers/kakaotalk/stamp';
import type { ConversationRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { encodeText } from '../../bytes/encode-text';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt, type ConformanceSample } from '../samples';

const names = ['android-ko', 'android-en', 'iphone-ko', 'iphone-ko-times', 'iphone-en', 'computer-ko', 'computer-en'] as const;
const sample = (name: (typeof names)[number]): ConformanceSample => sampleAt(ownSamplePath(`kakaotalk/${name}.txt`));

describeConformance(kakaoTalkText, (['android-ko', 'iphone-ko', 'iphone-ko-times', 'iphone-en', 'computer-ko'] as const).map(sample));

async function open(from: ConformanceSample, answers: Answers = {}) {
  const files = await from.open();
  const [detection] = await kakaoTalkText.detect(files);
  const questions = await kakaoTalkText.ask(files, detection!);
  const records = await readAll(kakaoTalkText, files, detection!, answers);
  return { detection: detection!, questions, records, messages: messagesOf(records), people: peopleOf(records) };
}

const peopleOf = (records: readonly NeutralRecord[]) => records.filter((record): record is PersonRecord => record.type === 'person');
const conversationOf = (records: readonly NeutralRecord[]) =>
  records.filter((record): record is ConversationRecord => record.type === 'conversation').map(({ name, shape }) => `${name} ${shape}`);
const shown = ({ messages, people }: Awaited<ReturnType<typeof open>>) =>
  messages.map(
    ({ sender, sentAtMs, kind, text }) => `${new Date(sentAtMs).toISOString().slice(0, 16)} ${people[sender]?.name ?? '-'} ${kind} ${text}`,
  );

describe('Android', () => {
  it('in Korean', async () => {
    const chat = await open(sample('android-ko'));
    expect(chat.detection).toMatchObject({ format: 'kakaotalk-text', formatVersion: 'phone', title: '등산 모임' });
    expect(shown(chat)).toEqual([
      '2015-07-09T20:34 민수 text 내일 : 몇 시?\n둘째 줄\n\n넷째 줄',
      '2015-07-09T20:35 회원님 image ',
      '2015-07-09T20:36 - system 민수님이 지영님을 초대하였습니다.',
      '2015-07-10T00:05 지영 video ',
      '2015-07-10T00:06 지영 file ',
      '2015-07-10T12:07 회원님 text 삭제된 메시지입니다.',
      '2015-07-10T12:08 민수 sticker ',
    ]);
    const missing = (kind: string, reason: string, name: string | null = null) => ({
      kind,
      name,
      entry: null,
      missing: reason,
      mime: null,
      sizeBytes: null,
    });
    expect(chat.messages[1]!.attachments).toEqual(Array(3).fill(missing('image', 'not-exported')));
    expect(chat.messages[3]!.attachments).toEqual([missing('video', 'unavailable')]);
    expect(chat.messages[4]!.attachments).toEqual([missing('file', 'not-exported', '지도.pdf')]);
    expect(chat.messages[5]!.facts).toEqual({ deleted: { by: 'sender' } });
    expect(conversationOf(chat.records)).toEqual(['등산 모임 group', '등산 모임 group']);
    expect(chat.people.map(({ name, isOwner }) => `${name} ${isOwner}`)).toEqual(['민수 false', '회원님 true', '지영 false']);
    expect(chat.questions[0]).toMatchObject({ id: 'owner', guess: '회원님', certain: true });
  });

  it('in English', async () => {
    const chat = await open(sample('android-en'));
    expect(shown(chat)).toEqual([
      '2015-07-09T20:34 you image ',
      '2015-07-09T20:35 Minsu text nice',
      '2015-07-09T20:36 - system Minsu left.',
    ]);
    expect(conversationOf(chat.records)[0]).toBe('Minsu unknown');
  });
});

describe('iPhone', () => {
  it('in Korean, with clocks of twelve and of twenty-four hours', async () => {
    const chat = await open(sample('iphone-ko'));
    expect(shown(chat)).toEqual([
      '2015-07-09T20:34 지영 text 안녕',
      '2015-07-09T20:35 하나 text 응',
      '2015-07-10T09:00 - system 지영님이 나갔습니다.',
    ]);
    expect(chat.questions).toEqual([
      { id: 'owner', options: ['지영', '하나'].map((value) => ({ value, label: value })), guess: null, certain: false },
      { id: 'zone', options: [], guess: null, certain: false },
    ]);
    expect((await open(sample('iphone-ko'), { owner: '하나' })).people.map(({ isOwner }) => isOwner)).toEqual([false, true]);
  });

  it('in Korean, with times under lines of dates', async () => {
    expect(shown(await open(sample('iphone-ko-times')))).toEqual(['2015-07-09T20:36 지영 text 안녕', '2015-07-09T20:37 하나 text 두\n줄']);
  });

  it('in English', async () => {
    const chat = await open(sample('iphone-en'));
    expect(shown(chat)).toEqual([
      '2014-12-31T19:12 Team lead text Happy new year',
      '2014-12-31T19:13 - system Minsu left.',
      '2015-01-01T00:34 You sticker ',
    ]);
    expect(chat.detection.title).toBeNull();
  });
});

describe('computers', () => {
  it('in Korean, with brackets in names and texts', async () => {
    const chat = await open(sample('computer-ko'));
    expect(chat.detection.formatVersion).toBe('computer');
    expect(shown(chat)).toEqual([
      '2015-08-01T14:37 민수 text 안녕\n다음 줄',
      '2015-08-01T20:36 [팀장] 지영 image ',
      '2015-08-01T20:36 - system 민수님이 지영님을 초대하였습니다.',
      '2015-08-01T21:00 하나 text [민수] [오후 2:37] 안녕',
      '2015-08-02T00:00 민수 text 자정',
    ]);
  });

  it('in English, and in the code page of Windows', async () => {
    expect(shown(await open(sample('computer-en')))).toEqual(['2015-08-01T14:37 Minsu text hi', '2015-08-01T20:36 Hana text hello']);
    const text =
      '개발방 님과 카카오톡 대화\r\n저장한 날짜 : 2019-08-14 13:25:39\r\n\r\n--------------- 2015년 8월 1일 토요일 ---------------\r\n[민수] [오후 2:37] 안녕\r\n';
    const made = { name: 'euc-kr', open: async () => filesOf('a.txt', { 'a.txt': encodeText(text, 'euc-kr') }) };
    expect(shown(await open(made))).toEqual(['2015-08-01T14:37 민수 text 안녕']);
  });
});

it('links files that lie beside the text', async () => {
  const text = 'KakaoTalk Chats with Minsu\n\nJuly 9, 2015, 8:34 PM, Minsu : 0a1b.jpg\nJuly 9, 2015, 8:35 PM, Minsu : 2c3d.jpg\n';
  const files = { name: 'folder', open: async () => filesOf('x', { 'x/chat.txt': text, 'x/0a1b.jpg': 'jpeg' }) };
  const chat = await open(files);
  expect(chat.messages.map(({ kind, text: shownText, attachments }) => ({ kind, text: shownText, entry: attachments[0]?.entry }))).toEqual([
    { kind: 'image', text: '', entry: 1 },
    { kind: 'text', text: '2c3d.jpg', entry: undefined },
  ]);
});

it('keeps a stray line of a computer, which no message goes before', async () => {
  const chat = await open({
    name: 'stray',
    open: async () =>
      filesOf('a.txt', { 'a.txt': '--------------- Saturday, August 1, 2015 ---------------\nstray\n[Minsu] [2:37 PM] hi\n' }),
  });
  expect(chat.records.find(({ type }) => type === 'problem')).toMatchObject({
    problem: { code: 'not-understood', raw: 'stray' },
    lengthBytes: 6,
  });
});

it.each([
  ['2015년 7월 9일 오후 8:34', 16625, 1234],
  ['2015. 7. 9. 오전 12:05', 16625, 5],
  ['8:34pm, July 9, 2015', 16625, 1234],
  ['Jul 9, 2015 at 20:34', 16625, 1234],
  ['Thursday, July 9, 2015', 16625, null],
  ['\u200e오후 8:34', null, 1234],
])('%s is a stamp', (text, day, minuteOfDay) => {
  // 1970-01-01 plus 16,625 days is 2015-07-09: 45 years of 365 days, 11 leap days, 189 days of 2015.
  expect(readStamp(text)).toEqual({ day, minuteOfDay, length: text.length });
});

it.each(['Friday, July 9, 2015', '2015년 13월 9일', '25:00', '오후 8:77', 'Julember 9, 2015', '2015'])('%s is none', (text) => {
  expect(readStamp(text)).toBeNull();
});

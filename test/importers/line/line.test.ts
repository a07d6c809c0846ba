import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/importers/line/importer';
import type { Answers } from '../../../src/importers/importer';
import type { ConversationRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { encodeText } from '../../bytes/encode-text';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt, sampleOf, type ConformanceSample } from '../samples';

const samples = {
  group: sampleAt(ownSamplePath('line/[LINE] Climbing club.txt')),
  taiwan: sampleAt(ownSamplePath('line/zh-TW.txt')),
  computer: sampleAt(ownSamplePath('line/computer.txt')),
  thai: sampleAt(ownSamplePath('line/th.txt')),
};
const shortQuote = '[LINE] Chat history with Ann\n\n2020/12/31(Thu)\n23:59\tAnn\t"one\n\n""two"""\n23:59\tJane\tok\n24:00\tAnn\tyes';

describeConformance(lineText, [
  sampleOf('quotes', { 'a.txt': shortQuote }),
  samples.taiwan,
  samples.computer,
  samples.thai,
  sampleOf('windows-874', { 'a.txt': encodeText('ศ. 28/11/2568\n09:30\tสมชาย\tสวัสดีครับ ยินดีที่ได้รู้จัก\n09:31\tมาลี\tเช่นกัน\n', 'windows-874') }),
]);

async function open(sample: ConformanceSample, answers: Answers = {}) {
  const files = await sample.open();
  const [detection] = await lineText.detect(files);
  const questions = await lineText.ask(files, detection!);
  const records = await readAll(lineText, files, detection!, answers);
  return { detection: detection!, questions, records, messages: messagesOf(records), names: namesOf(records) };
}

const namesOf = (records: readonly NeutralRecord[]) =>
  records.filter((record): record is PersonRecord => record.type === 'person').map(({ name }) => name);
const shown = ({ messages, names }: Awaited<ReturnType<typeof open>>) =>
  messages.map(
    ({ sender, sentAtMs, kind, text }) => `${new Date(sentAtMs).toISOString().slice(0, 16)} ${names[sender] ?? '-'} ${kind} ${text}`,
  );
const made = (text: string | Uint8Array): ConformanceSample => ({ name: 'made', open: async () => filesOf('a.txt', { 'a.txt': text }) });
const zoneQuestion = { id: 'zone', options: [], guess: null, certain: false };

describe('a group from a phone', () => {
  it('has every kind of message, its texts of several lines joined', async () => {
    const chat = await open(samples.group);
    expect(chat.detection).toMatchObject({ formatVersion: 'phone', title: 'Climbing club', entries: [0] });
    expect(shown(chat)).toEqual([
      '2026-09-25T21:30 Ann Lee text Who comes on Sunday?',
      '2026-09-25T21:31 Bob text Two things:\n1. the "long" rope\n23:10\tnot a message, but a note about a train\n\n2. cake',
      '2026-09-25T21:32 Ann Lee text "quoted alone"',
      '2026-09-25T21:33 - system Carol joined the group.',
      '2026-09-26T00:05 Carol image ',
      '2026-09-26T00:06 Carol sticker ',
      '2026-09-26T08:00 Bob call ☎ Call time 1:02:03',
      '2026-09-26T08:01 Bob call ☎ Missed call',
      '2026-09-26T08:02 - system Bob unsent a message.',
      '2026-09-26T08:03 Ann Lee location [Location]',
      '2026-09-26T08:04 Ann Lee voice ',
      '2026-09-26T08:05 Ann Lee text https://example.org/route',
    ]);
    expect(chat.messages[4]!.attachments).toEqual([
      { kind: 'image', name: null, entry: null, missing: 'not-exported', mime: null, sizeBytes: null },
    ]);
    expect(chat.messages[6]!.facts).toEqual({ call: { durationMs: 3_723_000, outcome: 'answered', video: false } });
    expect(chat.messages[7]!.facts).toEqual({ call: { durationMs: null, outcome: 'missed', video: false } });
    expect(chat.messages[8]!.facts).toEqual({ service: { action: 'recall', members: ['Bob'] } });
    expect(chat.messages.every(({ clock }) => clock === 'minute')).toBe(true);
    const conversations = chat.records.filter((record): record is ConversationRecord => record.type === 'conversation');
    expect(conversations.map(({ name, shape }) => ({ name, shape }))).toEqual(Array(2).fill({ name: 'Climbing club', shape: 'group' }));
  });

  it('has the order of its dates proven by their weekdays', async () => {
    const { questions } = await open(samples.group);
    expect(questions).toEqual([
      { id: 'date-order', options: [{ value: 'MDY', label: '2026-09-25' }], guess: 'MDY', certain: true },
      { id: 'owner', options: ['Ann Lee', 'Bob', 'Carol'].map((value) => ({ value, label: value })), guess: null, certain: false },
      zoneQuestion,
    ]);
  });
});

it('asks for the order where each date fits both ways, and follows the answer', async () => {
  // 2026-07-02 and 2026-02-07 are no help, having other weekdays; 1 July and 7 January 2026 are both a Wednesday.
  const sample = made('Wed, 7/1/2026\n10:00\tAnn\thi\n');
  const { questions, messages } = await open(sample);
  const options = [
    { value: 'DMY', label: '2026-01-07' },
    { value: 'MDY', label: '2026-07-01' },
  ];
  expect(questions[0]).toEqual({ id: 'date-order', options, guess: 'DMY', certain: false });
  expect(messages[0]!.sentAtMs).toBe(Date.UTC(2026, 0, 7, 10));
  expect((await open(sample, { 'date-order': 'MDY' })).messages[0]!.sentAtMs).toBe(Date.UTC(2026, 6, 1, 10));
});

it('guesses the other one of two as the owner', async () => {
  const chat = await open(samples.taiwan);
  expect(chat.questions).toContainEqual({
    id: 'owner',
    options: ['小華', '小明'].map((value) => ({ value, label: value })),
    guess: '小華',
    certain: false,
  });
  expect(chat.records).toContainEqual({ type: 'person', index: 0, sourceId: null, name: '小華', conversation: 0, isOwner: true });
  expect(shown(chat)).toEqual([
    '2025-02-09T00:00 小華 text 新年快樂！',
    '2025-02-09T19:04 小明 text 第一行\n第二行',
    '2025-02-09T19:05 小華 sticker ',
    '2025-02-09T19:06 小明 call ☎ 未接來電',
    '2025-02-10T09:00 - system 小明已收回訊息',
    '2025-02-10T09:01 小明 text 早',
  ]);
});

it('reads Thai years and words', async () => {
  expect(shown(await open(samples.thai))).toEqual([
    '2025-11-28T09:30 สมชาย text สวัสดี',
    '2025-11-28T09:31 มาลี sticker ',
    '2025-11-29T10:00 สมชาย call ไม่ได้รับสาย',
  ]);
});

describe('a file of a computer', () => {
  it('has senders before a space, and lines that go on', async () => {
    const chat = await open(samples.computer);
    expect(chat.detection.formatVersion).toBe('computer');
    expect(shown(chat)).toEqual([
      '2017-09-03T16:23 Jane text How was it?',
      '2017-09-03T16:24 Bob text Very good, I liked the view\nand the soup',
      '2017-09-03T16:25 Jane text Next time I come along',
      '2017-09-03T16:26 - system Bob unsent a message.',
      '2017-09-04T08:00 Jane text Morning',
    ]);
  });

  it('learns names of two words from three messages', async () => {
    const lines = ['Bob Smith hello there', 'Jane hi Bob', 'Bob Smith bye', 'Bob Smith again', 'Bob'];
    const chat = await open(made(`2017.09.03 Sunday\n${lines.map((line, at) => `16:2${at} ${line}\n`).join('')}`));
    // A line that ends after `Bob` says that the name does.
    expect(chat.names).toEqual(['Bob', 'Jane']);
    const named = await open(
      made(
        `2017.09.03 Sunday\n${lines
          .slice(0, 4)
          .map((line, at) => `16:2${at} ${line}\n`)
          .join('')}`,
      ),
    );
    expect(named.names).toEqual(['Bob Smith', 'Jane']);
  });
});

it.each(['utf-16le', 'utf-16be', 'windows-874'] as const)('reads %s', async (encoding) => {
  const text = 'ศ. 28/11/2568\r\n09:30\tสมชาย\tสวัสดีครับ ยินดีที่ได้รู้จัก\r\n';
  expect(shown(await open(made(encodeText(text, encoding))))).toEqual(['2025-11-28T09:30 สมชาย text สวัสดีครับ ยินดีที่ได้รู้จัก']);
});

it('leaves a text alone that only begins with a quotation mark', async () => {
  const chat = await open(made('2020/12/31(Thu)\n23:58\tAnn\t"hello\n23:59\tJane\tyou said "hi"\n23:59\tAnn\t"\n'));
  expect(shown(chat)).toEqual([
    '2020-12-31T23:58 Ann text "hello',
    '2020-12-31T23:59 Jane text you said "hi"',
    '2020-12-31T23:59 Ann text "',
  ]);
});

it('keeps what stands before the first date, and what goes on with nothing', async () => {
  const { records } = await open(made('cut off text\n10:00\tAnn\tbefore any date\n2020/12/31(Thu)\nstray\n23:59\tAnn\thi\n'));
  expect(records.filter(({ type }) => type === 'problem')).toMatchObject([
    { problem: { code: 'not-understood', raw: 'cut off text\n10:00\tAnn\tbefore any date' }, offsetBytes: 0, lengthBytes: 39 },
    { problem: { code: 'not-understood', raw: 'stray' }, offsetBytes: 55, lengthBytes: 6 },
  ]);
});

it('takes no diary for a chat', async () => {
  for (const text of ['2024/01/15 Mon\n10:00 dentist\n', '2024/01/15 meeting\n10:00\tAnn\thi\n', '2024/01/16(Mon)\n10:00\tAnn\thi\n'])
    expect(await lineText.detect(filesOf('a.txt', { 'a.txt': text }))).toEqual([]);
});

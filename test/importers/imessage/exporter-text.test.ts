import { expect, it } from 'vitest';
import { imessageExporterText } from '../../../src/importers/imessage/exporter-text';
import type { NeutralRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt, type ConformanceSample } from '../samples';

const sample = sampleAt(ownSamplePath('imessage/Ann, Bob.txt'));

describeConformance(imessageExporterText, [sample]);

const peopleOf = (records: readonly NeutralRecord[]) => records.filter((record): record is PersonRecord => record.type === 'person');

async function open(from: ConformanceSample) {
  const files = await from.open();
  const [detection] = await imessageExporterText.detect(files);
  const records = await readAll(imessageExporterText, files, detection!);
  const questions = await imessageExporterText.ask(files, detection!);
  return { detection: detection!, questions, records, messages: messagesOf(records), people: peopleOf(records) };
}

it('has texts, announcements, files, reactions, edits', async () => {
  const { detection, messages, people, questions } = await open(sample);
  expect(detection).toMatchObject({ title: 'Ann, Bob', isSingle: true });
  expect(people.map(({ name, isOwner }) => `${name} ${isOwner}`)).toEqual(['Ann false', 'Me true', 'Bob false']);
  expect(questions[0]).toMatchObject({ id: 'owner', guess: 'Me', certain: true });
  expect(
    messages.map(
      ({ sender, sentAtMs, clock, kind, text }) =>
        `${new Date(sentAtMs).toISOString()} ${clock} ${people[sender]?.name ?? '-'} ${kind} ${text}`,
    ),
  ).toEqual([
    '2022-05-17T17:29:42.000Z second Ann text Who comes on Sunday?\nAnd who brings cake?',
    '2022-05-17T17:30:10.000Z second - system You renamed the conversation to Hike',
    '2022-05-17T17:31:00.000Z second Me text I do!',
    '2022-05-17T23:59:59.000Z second Bob file Here is the map\n\nwith a blank line',
    '2022-05-18T00:00:01.000Z second Bob text See you at nine',
    '2022-05-18T00:05:00.000Z second Ann file ',
  ]);
  expect(messages.map(({ facts }) => facts)).toEqual([
    {
      reactions: [
        { emoji: '❤️', count: 1, by: ['Me'] },
        { emoji: '👍', count: 1, by: ['Bob'] },
        { emoji: '😂', count: 1, by: ['Bob'] },
      ],
      extra: { replies: 'May 17, 2022  5:31:00 PM\nMe\nI do!', read: 'Read by you after 1 hour, 49 seconds' },
    },
    null,
    { replyTo: { sourceId: null } },
    { extra: { effect: 'Confetti' } },
    {
      olderTexts: [{ text: 'See you at nin', editedAtMs: null }],
      edited: { editedAtMs: null },
      extra: { firstTextAt: 'May 18, 2022 12:00:01 AM', lastEdit: '12 seconds' },
    },
    null,
  ]);
  expect(messages[3]!.attachments.map(({ name, missing }) => [name, missing])).toEqual([
    ['map.pdf', 'not-in-archive'],
    ['IMG_1.HEIC', 'not-in-archive'],
  ]);
});

it('links files that lie in the folder of the export', async () => {
  const text = 'May 17, 2022  5:29:42 PM\nAnn\nattachments/1/map.pdf\n\n';
  const { messages } = await open({
    name: 'made',
    open: async () => filesOf('x', { 'x/Ann.txt': text, 'x/attachments/1/map.pdf': 'pdf' }),
  });
  expect(messages[0]!.attachments).toEqual([{ kind: 'file', name: 'map.pdf', entry: 1, missing: null, mime: null, sizeBytes: null }]);
});

it('takes no other text that begins with a date', async () => {
  for (const text of ['May 17, 2022  5:29:42 PM and on\n', 'May 32, 2022  5:29:42 PM\nAnn\nhi\n', 'May 17, 2022\nAnn\nhi\n'])
    expect(await imessageExporterText.detect(filesOf('a.txt', { 'a.txt': text }))).toEqual([]);
});

import { expect, test } from 'vitest';
import { matrixJson } from '../../../src/importers/matrix/matrix-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { expectTiling, findFault } from '../read-records';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';

const room = sampleAt(ownSamplePath('matrix/room_12-events'), { hasEnd: true });
// Not for the whole suite: cut off, it has other texts, since edits stand behind what they change.
const relations = sampleAt(ownSamplePath('matrix/relations_6-events.json'));

describeConformance(matrixJson, [room]);

test('the room, its people and its owner', async () => {
  const { conversations, people, questions, messages, problems } = await openArchive(matrixJson, room);
  expect(conversations).toMatchObject([{ sourceId: '!room:example.org', name: 'Demo 房间' }]);
  expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    ['@ann:example.org', 'Ann', true],
    ['@ben:example.org', 'ben', false],
  ]);
  expect(questions).toMatchObject([{ id: 'owner', guess: '@ann:example.org', certain: true }]);
  expect(messages.map(({ kind }) => kind)).toEqual([
    ...['system', 'system', 'text', 'text', 'text', 'image'],
    ...['voice', 'location', 'poll', 'text', 'sticker', 'unknown'],
  ]);
  expect(problems).toEqual([]);
});

test('reads replies, places, polls and redactions; keeps what it does not know', async () => {
  const { messages } = await openArchive(matrixJson, room);
  // The third event stands three minutes after midnight.
  expect(messages[2]).toMatchObject({ sourceId: '$3demo', text: '新年好 Ben', sentAtMs: Date.UTC(2024, 0, 1, 0, 3), clock: 'absolute' });
  expect(messages[3]).toMatchObject({ text: 'same to you', facts: { replyTo: { sourceId: '$3demo' } } });
  expect(messages[3]?.facts?.extra?.['formatted_body']).toContain('same to <b>you</b>');
  expect(messages[4]?.facts?.extra).toEqual({ msgtype: 'm.emote' });
  expect(messages[7]?.facts?.location).toEqual({ latitude: 31.23, longitude: 121.47 });
  expect(messages[8]?.facts?.poll).toEqual({
    question: 'Tea?',
    options: [
      { text: 'Yes', votes: 0 },
      { text: 'No', votes: 0 },
    ],
  });
  expect(messages[9]).toMatchObject({ text: '', facts: { deleted: { by: 'sender' } } });
  expect(messages[11]?.facts?.extra).toMatchObject({ raw: expect.stringContaining('m.hologram') as string });
});

test('links files by the name that the message gives', async () => {
  const { files, messages } = await openArchive(matrixJson, room);
  expect(messages[5]?.attachments).toMatchObject([
    { kind: 'image', name: 'lake.jpg', sizeBytes: 14, widthPx: 40, heightPx: 30, missing: null },
  ]);
  expect(files.entries[messages[5]!.attachments[0]!.entry!]?.path).toBe('images/lake-2024-01-01 at 00-06-00.jpg');
  expect(messages[6]?.attachments).toMatchObject([{ kind: 'voice', missing: 'not-in-archive', durationMs: 7000 }]);
});

test('edits change what they are about, reactions are counted, and those of other events are messages', async () => {
  const { files, detection, records, messages } = await openArchive(matrixJson, relations);
  await expectTiling(files, detection, records);
  expect(findFault(files, detection, records)).toBeNull();
  expect(messages.map(({ sourceId, kind, text }) => [sourceId, kind, text])).toEqual([
    ['$1demo', 'system', ''],
    ['$2demo', 'text', 'first'],
    ['$6demo', 'unknown', ''],
  ]);
  expect(messages[1]?.facts).toEqual({
    edited: { editedAtMs: Date.UTC(2024, 0, 1, 0, 5) },
    olderTexts: [
      { text: 'frist', editedAtMs: null },
      { text: 'firts', editedAtMs: Date.UTC(2024, 0, 1, 0, 3) },
    ],
    reactions: [{ emoji: '👍', count: 1, by: ['Ben'] }],
  });
});

test('claims no other JSON', async () => {
  expect(await matrixJson.detect(filesOf('x', { 'export.json': '{"room_name":"R","exported_by":"A","messages":[{"type":"x"}]}' }))).toEqual(
    [],
  );
});

test.skipIf(!hasSharedSamples)('reads the shared export', async () => {
  const { messages } = await openArchive(matrixJson, sampleAt(sharedSamplePath('international/_generated/samples/matrix/export.json')));
  expect(messages.map(({ text }) => text)).toEqual(['', 'hi!', 'hello']);
});

import { expect, it } from 'vitest';
import { signalJsonl } from '../../../src/importers/signal-export/signal-jsonl';
import type { ConversationRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const sample = sampleAt(ownSamplePath('signal/signal-export-2026-05-01-10-00-00'));

describeConformance(signalJsonl, [sample]);

const bob = '00112233-4455-6677-8899-aabbccddeeff';

async function open() {
  const files = await sample.open();
  const [detection] = await signalJsonl.detect(files);
  const records = await readAll(signalJsonl, files, detection!);
  return { files, detection: detection!, records, messages: messagesOf(records) };
}

it('has conversations and people with ids', async () => {
  const { records } = await open();
  expect(records.filter((record): record is ConversationRecord => record.type === 'conversation')).toEqual([
    { type: 'conversation', index: 0, sourceId: bob, name: 'Bob Lee', shape: 'direct' },
    { type: 'conversation', index: 1, sourceId: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', name: 'Team', shape: 'group' },
  ]);
  const people = records.filter((record): record is PersonRecord => record.type === 'person');
  expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
    [bob, 'Bob Lee', false],
    ['self', 'Me', true],
  ]);
});

it('has every kind of message', async () => {
  const { messages } = await open();
  expect(
    messages.map(({ conversation, sender, kind, text, sentAtMs }) => [conversation, sender, kind, text, sentAtMs - 1_700_000_000_000]),
  ).toEqual([
    [0, 0, 'text', 'Hi @Bob Lee, look', 0],
    [0, 1, 'text', 'Hello', 60_000],
    [0, 0, 'image', '', 70_000],
    [1, 0, 'text', '', 80_000],
    [1, -1, 'system', '', 90_000],
    [0, 0, 'call', '', 100_000],
    [1, 1, 'poll', 'When?', 110_000],
    [0, 0, 'sticker', '🐻', 120_000],
    [0, 0, 'contact', 'Kim Ha', 130_000],
    [0, 0, 'image', '', 140_000],
    [0, 0, 'unknown', '', 150_000],
  ]);
  expect(messages.slice(0, 8).map(({ facts }) => facts)).toEqual(
    [
      {
        reactions: [{ emoji: '👍', count: 2, by: ['Me', 'Bob Lee'] }],
        // `@Bob Lee` is seven letters longer than the letter that stood for it.
        entities: [
          { type: 'mention', offset: 3, length: 8 },
          { type: 'bold', offset: 13, length: 4 },
          { type: 'italic', offset: 0, length: 2 },
        ],
      },
      {
        replyTo: { sourceId: `${bob}:1700000000000`, excerpt: 'Hi' },
        olderTexts: [{ text: 'Helo', editedAtMs: 1_700_000_050_000 }],
        edited: { editedAtMs: null },
      },
      null,
      { deleted: { by: 'sender' } },
      { service: { action: 'IDENTITY_UPDATE' }, extra: { update: { simpleUpdate: { type: 'IDENTITY_UPDATE' } } } },
      {
        call: { durationMs: null, outcome: 'missed', video: true },
        extra: { update: { individualCall: { type: 'VIDEO_CALL', direction: 'INCOMING', state: 'MISSED' } } },
      },
      {
        poll: {
          question: 'When?',
          closed: true,
          options: [
            { text: 'Sat', votes: 1 },
            { text: 'Sun', votes: 0 },
          ],
        },
      },
      {},
    ].map((facts) => (facts !== null && Object.keys(facts).length === 0 ? null : facts)),
  );
  expect(messages[0]!.sourceId).toBe(`${bob}:1700000000000`);
  expect(messages[8]!.facts?.contact).toEqual({ name: 'Kim Ha', phone: '+15550000009' });
  expect(messages[10]!.facts?.extra?.['raw']).toContain('giftBadge');
});

it('finds media by the hash of content and key', async () => {
  const { files, messages } = await open();
  const [picture, voice] = messages[2]!.attachments;
  expect(files.entries[picture!.entry!]!.path).toMatch(/files\/[0-9a-f]{2}\/[0-9a-f]{64}\.jpg$/);
  expect(picture).toMatchObject({ kind: 'image', name: 'hill.jpg', mime: 'image/jpeg', sizeBytes: 21, widthPx: 40, heightPx: 30 });
  expect(voice).toMatchObject({ kind: 'voice', entry: null, missing: 'not-in-archive', sizeBytes: 10 });
  expect(messages[9]!.attachments[0]).toMatchObject({ kind: 'image', missing: 'expired' });
});

it('keeps frames that it does not know, and messages without a chat', async () => {
  const text =
    '{"version":"1","backupTimeMs":"5"}\n{"chatItem":{"chatId":"9","dateSent":"5","standardMessage":{}}}\n{"novelty":{}}\nno json\n';
  const files = filesOf('main.jsonl', { 'main.jsonl': text });
  const [detection] = await signalJsonl.detect(files);
  const records = await readAll(signalJsonl, files, detection!);
  expect(records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : []))).toEqual([
    'not-understood',
    'unknown-kind',
    'bad-json',
  ]);
});

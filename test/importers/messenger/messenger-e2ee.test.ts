import { describe, expect, it } from 'vitest';
import { messengerE2ee } from '../../../src/importers/messenger/messenger-e2ee';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('messenger/secure-storage'), { hasEnd: true });

describeConformance(messengerE2ee, [own]);

describe('an export of secure storage', () => {
  // Bob_40 has 6 messages, Hikers_41 one.
  it('has its threads, kinds and facts', async () => {
    const { detection, conversations, messages, files, problems } = await openArchive(messengerE2ee, own);
    expect(detection).toMatchObject({ source: 'messenger', title: null, isSingle: false });
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      [null, 'Bob', 'direct'],
      [null, 'Hikers', 'group'],
    ]);
    expect(messages.map(({ conversation, kind, text }) => `${conversation} ${kind} ${text}`)).toEqual([
      '0 text hé 你好',
      '0 image ',
      '0 file ',
      '0 link https://a.example/',
      '0 text ',
      '0 unknown Bob sent a thing',
      '1 text hello all',
    ]);
    expect(messages[0]?.facts?.reactions).toEqual([{ emoji: '😆', count: 1, by: ['Bob'] }]);
    expect(files.entries[messages[1]?.attachments[0]?.entry ?? -1]?.path).toBe('media/0a0a0a0a-0000-4000-8000-000000000001.png');
    expect(messages[2]?.attachments).toMatchObject([{ name: null, entry: null, missing: 'unavailable' }]);
    expect(messages[4]?.facts?.deleted).toEqual({ by: 'sender' });
    expect(messages[5]?.facts?.extra?.['raw']).toMatchObject({ type: 'placeholder' });
    expect(problems).toEqual([]);
  });

  it('asks for the owner among those who are in every thread', async () => {
    const { questions, people } = await openArchive(messengerE2ee, own, { owner: 'Bob' });
    // Zoë and Bob are in both threads, so neither is a guess.
    expect(questions).toMatchObject([{ id: 'owner', guess: null, certain: false }]);
    expect(questions[0]?.options.map(({ value }) => value)).toEqual(['Zoë', 'Bob', 'Ann']);
    expect(people.filter(({ isOwner }) => isOwner)).toMatchObject([{ name: 'Bob' }, { name: 'Bob' }]);
  });

  it('leaves the other download to its importer', async () => {
    const other = '{"participants":[{"name":"Ann"}],"messages":[{"sender_name":"Ann","timestamp_ms":1,"content":"x"}],"title":"x"}';
    expect(await messengerE2ee.detect(filesOf('x', { 'a.json': other }))).toEqual([]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has two messages', async () => {
    const { messages, conversations } = await openArchive(
      messengerE2ee,
      sampleAt(sharedSamplePath('international/_generated/samples/messenger-e2ee')),
    );
    expect(messages).toHaveLength(2);
    expect(conversations).toMatchObject([{ name: 'Bob', shape: 'direct' }]);
  });
});

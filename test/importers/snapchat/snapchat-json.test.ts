import { describe, expect, it } from 'vitest';
import { snapchatJson } from '../../../src/importers/snapchat/snapchat-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('snapchat/my-data'), { hasEnd: true });
const old = sampleAt(ownSamplePath('snapchat/old.json'), { hasEnd: true });

describeConformance(snapchatJson, [own, old]);

describe('invented data', () => {
  // chat_history has 7 and 2 messages, snap_history one more with bobdemo.
  it('has its conversations, kinds and people', async () => {
    const { conversations, messages, people, problems } = await openArchive(snapchatJson, own);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['bobdemo', 'Bob', 'direct'],
      ['0a0a0a0a-0000-4000-8000-000000000001', 'Hikers', 'group'],
    ]);
    expect(messages.map(({ conversation, kind, text, sentAtMs }) => [conversation, kind, text, sentAtMs - 1_700_000_000_000])).toEqual([
      [0, 'text', 'hi & 早上好', 5000],
      [0, 'image', '', 4000],
      [0, 'voice', '', 3000],
      [0, 'sticker', '', 2000],
      [0, 'system', '', 1000],
      [0, 'link', 'https://a.example/', 500],
      [0, 'unknown', 'new kind', 0],
      [1, 'text', 'group', 6000],
      [1, 'text', 'no number', 0],
      [0, 'image', '', 7000],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['bobdemo', 'Bob', false],
      ['ann_demo', 'ann_demo', true],
      ['mei', 'mei', false],
    ]);
    expect(messages[4]?.facts).toMatchObject({ service: { action: 'statuserasedmessage' }, deleted: { by: 'unknown' } });
    expect(problems).toEqual([]);
  });

  it('links media by their ids', async () => {
    const { messages, files } = await openArchive(snapchatJson, own);
    expect(messages[1]?.attachments.map(({ entry, name, missing }) => [files.entries[entry ?? -1]?.path, name, missing])).toEqual([
      ['chat_media/2023-11-14_b~AAA.png', '2023-11-14_b~AAA.png', null],
      [undefined, 'b~BBB', 'not-in-archive'],
    ]);
  });

  it('of old exports is put together by names, its text unescaped', async () => {
    const { conversations, messages, people } = await openArchive(snapchatJson, old);
    expect(conversations).toMatchObject([{ sourceId: 'bobdemo', shape: 'direct' }]);
    // 2019-01-02 10:00 UTC is 1,546,423,200.
    expect(messages.map(({ text, sentAtMs }) => [text, sentAtMs])).toEqual([
      ['Tom & Jerry', 1_546_423_200_000],
      ['yes', 1_546_423_260_000],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['bobdemo', 'bobdemo', false],
      [null, null, true],
    ]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has two messages', async () => {
    const { messages, people } = await openArchive(snapchatJson, sampleAt(sharedSamplePath('international/_generated/samples/snapchat')));
    expect(messages.map(({ sentAtMs }) => sentAtMs)).toEqual([1_700_000_000_000, 1_699_999_940_000]);
    expect(people).toMatchObject([{ sourceId: 'bobdemo' }, { sourceId: 'me', isOwner: true }]);
  });
});

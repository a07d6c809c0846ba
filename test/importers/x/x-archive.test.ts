import { describe, expect, it } from 'vitest';
import { xArchive } from '../../../src/importers/x/x-archive';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('x/archive'), { hasEnd: true });

describeConformance(xArchive, [own]);

describe('an invented archive', () => {
  // The group's file comes first by name: 6 entries; then two direct chats with 2 and 1.
  it('has its conversations, the owner named by account.js', async () => {
    const { detection, conversations, people, messages, problems } = await openArchive(xArchive, own);
    expect(detection.title).toBe('Me');
    expect(conversations.map(({ sourceId, shape }) => [sourceId, shape])).toEqual([
      ['900000000000000001', 'group'],
      ['111-222', 'direct'],
      ['111-333', 'direct'],
    ]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['111', 'Me', true],
      ['222', null, false],
    ]);
    expect(messages.map(({ conversation, kind, text }) => `${conversation} ${kind} ${text}`)).toEqual([
      '0 system Hikers',
      '0 system ',
      '0 system ',
      '0 unknown ',
      '0 video group',
      '0 system ',
      '1 text see a.example/page & tell',
      '1 image 图 pic.twitter.com/9',
      '2 text hello',
    ]);
    expect(problems).toEqual([]);
  });

  it('has ids, times, links, reactions, events and files', async () => {
    const { messages, files } = await openArchive(xArchive, own);
    expect(messages.map(({ facts }) => facts?.service?.action)).toEqual([
      'edit_group_title',
      'leave_group',
      'invite_members',
      undefined,
      undefined,
      'join_group',
      undefined,
      undefined,
      undefined,
    ]);
    // 22:15:20 is two minutes behind 22:13:20, which is 1,700,000,000.
    expect(messages[6]).toMatchObject({ sourceId: '900000000000000010', sentAtMs: 1_700_000_120_000 });
    expect(messages[6]?.facts?.entities).toEqual([{ type: 'link', offset: 4, length: 14, href: 'https://a.example/page' }]);
    expect(messages[6]?.facts?.reactions).toEqual([
      { emoji: '❤️', count: 1, by: [] },
      { emoji: '🔥', count: 1, by: [] },
    ]);
    expect(messages[7]?.attachments.map(({ entry }) => files.entries[entry ?? -1]?.path)).toEqual([
      'data/direct_messages_media/900000000000000009-abc.png',
    ]);
    expect(messages[4]?.attachments).toMatchObject([{ name: 'v.mp4', missing: 'not-in-archive' }]);
  });

  it('leaves other scripts to others', async () => {
    const files = filesOf('x', {
      'tweets.js': 'window.YTD.tweets.part0 = [ {"tweet":{}} ]',
      'direct-message-headers.js': 'window.YTD.direct_message_headers.part0 = [ {"dmConversation":{"messages":[]}} ]',
      'account.js': 'window.YTD.account.part0 = [ {"account":{"accountId":"1"}} ]',
    });
    expect(await xArchive.detect(files)).toEqual([]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has one message', async () => {
    const { messages, people } = await openArchive(xArchive, sampleAt(sharedSamplePath('international/_generated/samples/x-twitter')));
    expect(messages).toMatchObject([{ sourceId: '9', sentAtMs: 1_700_000_000_000, text: 'see a.example & tell' }]);
    expect(people).toMatchObject([{ sourceId: '111', isOwner: true }, { sourceId: '222' }]);
  });
});

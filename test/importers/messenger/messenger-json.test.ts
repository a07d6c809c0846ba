import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { messengerJson } from '../../../src/importers/messenger/messenger-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const facebook = sampleAt(ownSamplePath('messenger/facebook'), { hasEnd: true });
const instagram = sampleAt(ownSamplePath('messenger/instagram'), { hasEnd: true });

describeConformance(messengerJson, [facebook]);

const inbox = 'your_facebook_activity/messages/inbox/zoe_10203040506070';

describe('a download of Facebook', () => {
  // message_1 of zoe has 6 messages, message_2 has 4, hikers 4.
  it('is one archive; the files of a thread are one conversation, the newest first', async () => {
    const { files, detection, conversations, messages, problems } = await openArchive(messengerJson, facebook);
    expect(detection).toMatchObject({ source: 'messenger', title: null, isSingle: false });
    expect(detection.entries.map((entry) => files.entries[entry]?.path)).toEqual([
      'your_facebook_activity/messages/archived_threads/hikers_2030405060708090/message_1.json',
      `${inbox}/message_1.json`,
      `${inbox}/message_2.json`,
      'personal_information/profile_information/profile_information.json',
    ]);
    expect(conversations).toMatchObject([
      { sourceId: '2030405060708090', name: 'Hikers', shape: 'group' },
      { sourceId: '10203040506070', name: 'Zoë', shape: 'direct' },
    ]);
    expect(messages.map(({ conversation, sentAtMs }) => [conversation, sentAtMs / 1000 - 1_700_000_000])).toEqual([
      ...[5, 4, 3, 2].map((second) => [0, second]),
      ...[700, 600, 500, 400, 300, 200, 100, 90, 60, 0].map((second) => [1, second]),
    ]);
    expect(problems).toEqual([]);
  });

  it('has its kinds, texts and facts, every text repaired', async () => {
    const { messages } = await openArchive(messengerJson, facebook);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text hello all',
      'system Ann named the group Hikers.',
      'system Bob added Zoë to the group.',
      'system Ann added Bob to the group.',
      'text ',
      'link look https://a.example/',
      'call Bob missed a video call from Zoë.',
      'call The call lasted 2 minutes.',
      'sticker ',
      'image été',
      'voice ',
      'file ',
      'video 你好，樟木箱',
      'text hi 😀',
    ]);
    expect(messages.map(({ facts }) => facts?.service?.action ?? null).filter((action) => action !== null)).toEqual([
      'edit_group_title',
      'invite_members',
      'invite_members',
    ]);
    expect(messages[2]?.facts?.service?.members).toEqual(['Zoë']);
    expect(messages[4]?.facts?.deleted).toEqual({ by: 'sender' });
    expect(messages[6]?.facts?.call).toEqual({ durationMs: 0, outcome: 'missed', video: true });
    expect(messages[7]?.facts?.call).toEqual({ durationMs: 125_000, outcome: 'answered', video: false });
    expect(messages[13]?.facts?.reactions).toEqual([{ emoji: '❤', count: 2, by: ['Bob', 'Zoë'] }]);
  });

  it('links files by their repaired paths, whatever folder the download lies in', async () => {
    const { messages, files } = await openArchive(messengerJson, facebook);
    const linked = messages.flatMap(({ attachments }) => attachments);
    expect(linked.map(({ kind, name, entry }) => [kind, name, entry === null ? null : files.entries[entry]?.path])).toEqual([
      ['sticker', 'wave.png', 'your_facebook_activity/messages/stickers_used/wave.png'],
      ['image', 'été.png', `${inbox}/photos/été.png`],
      ['voice', 'clip.mp4', null],
      ['file', 'menu.pdf', null],
      ['video', 'v.mp4', null],
      ['animation', 'g.mp4', null],
    ]);
    const contents = Object.fromEntries(
      await Promise.all(
        files.entries.map(async ({ path }) => [`a/b/${path}`, await readFile(ownSamplePath(`messenger/facebook/${path}`))] as const),
      ),
    );
    const moved = await openArchive(messengerJson, sampleOf('moved', contents));
    expect(moved.messages.map(({ attachments }) => attachments)).toEqual(messages.map(({ attachments }) => attachments));
  });

  it('knows its owner by the profile', async () => {
    const { questions, people } = await openArchive(messengerJson, facebook);
    expect(questions).toEqual([{ id: 'owner', options: [{ value: 'Bob', label: 'Bob' }], guess: 'Bob', certain: true }]);
    expect(people.map(({ name, conversation, isOwner }) => [name, conversation, isOwner])).toEqual([
      ['Ann', 0, false],
      ['Bob', 0, true],
      ['Zoë', 0, false],
      ['Zoë', 1, false],
      ['Bob', 1, true],
    ]);
  });
});

describe('files out of their folders', () => {
  const thread = (path: string, sender: string, at: number, before = '') =>
    `{"participants":[{"name":"Ann"},{"name":"Bob"}],"messages":[{"sender_name":"${sender}","timestamp_ms":${at},"content":"${before}x"}],"title":"Ann","thread_path":"${path}"}`;

  it('are told by content, and put together by what they say of their thread', async () => {
    const sample = sampleOf('loose', {
      'new.json': thread('inbox/ann_1234567890', 'Ann', 1_700_000_002_000),
      'old.txt': thread('archived_threads/ann_1234567890', 'Bob', 1_700_000_001_000),
      'other.json': thread('inbox/carl_9876543210', 'Bob', 1_700_000_000_000),
    });
    const { conversations, messages, questions } = await openArchive(messengerJson, sample);
    expect(conversations.map(({ sourceId }) => sourceId)).toEqual(['1234567890', '9876543210']);
    expect(messages.map(({ conversation }) => conversation)).toEqual([0, 0, 1]);
    expect(questions[0]).toMatchObject({ guess: null, certain: false });
  });

  it('take whoever is in every thread for the owner', async () => {
    const sample = sampleOf('two', {
      'a.json': thread('inbox/a_1234567890', 'Ann', 1_700_000_002_000),
      'b.json': thread('inbox/b_9876543210', 'Bob', 1_700_000_001_000).replace('Ann', 'Carl'),
    });
    expect((await openArchive(messengerJson, sample)).questions).toMatchObject([{ guess: 'Bob', certain: false }]);
  });

  it('and what only looks alike is left to others', async () => {
    const files = filesOf('x', {
      'a.json': '{"participants":["Ann","Bob"],"threadName":"x","messages":[{"senderName":"Ann","timestamp":1}]}',
      'b.json': '{"messages":[{"timestamp_ms":1,"content":"no sender"}]}',
      'inbox/x/message_1.json': '{"posts":[]}',
    });
    expect(await messengerJson.detect(files)).toEqual([]);
  });

  it('opens only some of a great many threads to know the account', async () => {
    const opened = new Set<string>();
    const many = filesOf(
      'facebook',
      Object.fromEntries(
        Array.from({ length: 500 }, (_, at) => [
          `messages/inbox/t_${1e10 + at}/message_1.json`,
          thread(`inbox/t_${1e10 + at}`, 'Ann', 1e12),
        ]),
      ),
    );
    const entries = many.entries.map((entry) => ({ ...entry, open: () => (opened.add(entry.path), entry.open()) }));
    const [detection] = await messengerJson.detect({ ...many, entries });
    expect(detection?.entries).toHaveLength(500);
    expect(opened.size).toBeLessThan(10);
  });
});

describe('a download of Instagram', () => {
  it('is of Instagram', async () => {
    const { detection, messages, conversations } = await openArchive(messengerJson, instagram);
    expect(detection).toMatchObject({ source: 'instagram', title: 'Ann, mé', isSingle: true });
    expect(conversations).toMatchObject([{ sourceId: '17841400000000001', name: 'Ann' }]);
    expect(messages.map(({ text }) => text)).toEqual(['Liked a message', 'hi']);
  });
});

describe.runIf(hasSharedSamples)('third-party downloads', () => {
  it.each([
    ['international/chat-analytics/messenger/2A_7M.json', 7, 'messenger', 'aaaaaaaaaa'],
    ['international/_generated/samples/messenger', 2, 'messenger', 'zoe_123'],
    ['international/chat-miner/instagram', 2, 'instagram', null],
  ])('%s', async (path, count, source, sourceId) => {
    const { messages, detection, conversations, problems } = await openArchive(messengerJson, sampleAt(sharedSamplePath(path)));
    expect(messages).toHaveLength(count);
    expect(detection.source).toBe(source);
    expect(conversations).toMatchObject([{ sourceId }]);
    expect(problems).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { discordJson } from '../../../src/importers/discord/discord-json';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('discord/chat-exporter'), { hasEnd: true });

describeConformance(discordJson, [own]);

describe('the invented server and direct chat', () => {
  // Two parts of one channel, the second first in the set, and a direct chat: 7 + 4 + 2 messages.
  it('is one archive; the parts of a channel are one conversation, the first part first', async () => {
    const { detection, files, conversations, messages, people, problems } = await openArchive(discordJson, own);
    expect(detection).toMatchObject({ title: null, isSingle: false });
    expect(detection.entries.map((entry) => files.entries[entry]?.path)).toEqual([
      'Demo Server - Text - general [1180000000000000000].json',
      'Demo Server - Text - general [1180000000000000000] [part 2].json',
      'Direct Messages - bob [1190000000000000000].json',
    ]);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['1180000000000000000', 'Demo Server / general', 'group'],
      ['1190000000000000000', 'bob', 'direct'],
    ]);
    expect(messages.map(({ conversation }) => conversation)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(people.map(({ sourceId, name, extra }) => [sourceId, name, extra?.['username']])).toEqual([
      ['900000000000000001', 'Ann', 'ann_demo'],
      ['900000000000000002', 'Bob', 'bob#1234'],
      ['900000000000000003', 'helper', 'helper'],
    ]);
    expect(problems).toEqual([]);
  });

  it('has its kinds, texts and facts', async () => {
    const { messages } = await openArchive(discordJson, own);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'text hello everyone',
      'text 早上好 ☀ and **bold**',
      'image ',
      'video two files',
      'sticker ',
      'link Weather\nSunny',
      'system Pinned a message.',
      'text the forwarded text',
      'system Joined the server.',
      'unknown from the future',
      'text an answer elsewhere',
      'text hi bob',
      'call Started a call that lasted 5 minutes.',
    ]);
    expect(messages[0]?.facts?.reactions).toEqual([
      { emoji: '👍', count: 2, by: ['Bob'] },
      { emoji: ':party:', count: 1, by: [] },
    ]);
    // 04:20:00 is 76.661 s after 04:18:43.339, which is 1,701,404,323,339.
    expect(messages[1]?.facts).toMatchObject({
      replyTo: { sourceId: '1180000000000000001' },
      edited: { editedAtMs: 1_701_404_400_000 },
    });
    expect(messages[7]?.facts?.forward).toEqual({ fromName: null, sentAtMs: 1_700_000_000_000 });
    expect(messages[9]?.facts?.extra?.['raw']).toMatchObject({ type: '99', content: 'from the future' });
    expect(messages[10]?.facts?.replyTo).toEqual({ sourceId: '1160000000000000002', conversationSourceId: '1160000000000000000' });
    expect(messages[12]?.facts?.call).toEqual({ durationMs: 300_000, outcome: 'unknown', video: false });
    // 10:00 at +02:00 is 08:00 UTC of 2 December, 27 h 41 min 16.661 s after the first message.
    expect(messages[11]).toMatchObject({ sentAtMs: 1_701_504_000_000, clock: 'absolute', sourceId: '1190000000000000001' });
  });

  it('links what was downloaded, and names what was not', async () => {
    const { messages, files } = await openArchive(discordJson, own);
    expect(
      messages.flatMap(({ attachments }) =>
        attachments.map(({ kind, name, entry, missing }) => [kind, name, entry === null ? null : files.entries[entry]?.path, missing]),
      ),
    ).toEqual([
      ['image', 'a.png', 'general.json_Files/a-00001.png', null],
      ['video', 'clip.mp4', null, 'not-in-archive'],
      ['voice', 'voice-message.ogg', null, 'not-in-archive'],
      ['sticker', 'Wave', null, 'not-in-archive'],
    ]);
  });

  it('guesses the owner by the direct chat that bears the name of the other', async () => {
    const { questions, people } = await openArchive(discordJson, own);
    expect(questions).toMatchObject([{ id: 'owner', guess: '900000000000000001', certain: false }]);
    expect(questions[0]?.options.map(({ label }) => label)).toEqual(['Ann', 'Bob', 'helper']);
    expect(people.filter(({ isOwner }) => isOwner).map(({ name }) => name)).toEqual(['Ann']);
    const other = await openArchive(discordJson, own, { owner: '900000000000000002' });
    expect(other.people.filter(({ isOwner }) => isOwner).map(({ name }) => name)).toEqual(['Bob']);
  });
});

describe('odd exports', () => {
  const head = { guild: { id: '1', name: 'G' }, channel: { id: '2', type: 'GuildTextChat', name: 'c' } };
  const made = (messages: string) =>
    sampleOf('odd', { 'renamed.txt': `${JSON.stringify(head).slice(0, -1)},"messages":[${messages}],"messageCount":9}` });

  it('keeps bare ids beyond 2^53 exact', async () => {
    const { messages } = await openArchive(
      discordJson,
      made(
        '{"id":1180000000000000001,"type":0,"timestamp":"2023-12-01T00:00:00Z","content":"x","author":{"id":900000000000000001,"name":"a"}}',
      ),
    );
    expect(messages).toMatchObject([{ sourceId: '1180000000000000001', kind: 'text' }]);
  });

  it('makes a problem of what has no time or is no message, and goes on', async () => {
    const { messages, problems } = await openArchive(
      discordJson,
      made('{"id":"1","type":"Default","timestamp":"soon"},7,{"id":"2","type":"Default","timestamp":"2023-12-01T00:00:00Z","content":"y"}'),
    );
    expect(problems).toEqual(['bad-time', 'not-understood']);
    expect(messages).toMatchObject([{ text: 'y', sender: -1 }]);
  });

  it('leaves JSON that only begins alike to others', async () => {
    const files = filesOf('x', { 'a.json': '{"guild":{"id":"1"},"messages":[]}', 'b.json': '{"messages":[],"guild":{},"channel":{}}' });
    expect(await discordJson.detect(files)).toEqual([]);
  });
});

describe.runIf(hasSharedSamples)('third-party exports', () => {
  it.each([
    // Counted in the files: 2 Default and a Call; 3 Default, 2 changes of the channel and a Call.
    ['DM_2A_2M', 3, 'direct', '530805775262679064'],
    ['GC_3A_5M', 6, 'group', '1064990764406419508'],
  ])('%s', async (name, count, shape, sourceId) => {
    const sample = sampleAt(sharedSamplePath(`international/chat-analytics/discord/${name}.json`));
    const { messages, conversations, problems } = await openArchive(discordJson, sample);
    expect(messages).toHaveLength(count);
    expect(conversations).toMatchObject([{ shape, sourceId }]);
    expect(problems).toEqual([]);
  });
});

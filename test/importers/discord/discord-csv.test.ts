import { describe, expect, it } from 'vitest';
import { discordCsv } from '../../../src/importers/discord/discord-csv';
import { channelOfName } from '../../../src/importers/discord/file-name';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('discord/chat-exporter-csv'));

describeConformance(discordCsv, [own]);

describe('the invented CSV exports', () => {
  // Three rows of a channel, one of them without a time, and two of a direct chat.
  it('have their rows, channels by the names of the files, and the row without a time as a problem', async () => {
    const { conversations, messages, people, problems, questions } = await openArchive(discordCsv, own);
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['1180000000000000000', 'Demo Server / general', 'group'],
      ['1190000000000000000', 'bob', 'unknown'],
    ]);
    // 04:18:43.339 UTC is 1,701,404,323,339; 05:18:44 at +01:00 is 04:18:44 UTC.
    expect(messages.map(({ conversation, kind, text, sentAtMs, sourceId }) => [conversation, kind, text, sentAtMs, sourceId])).toEqual([
      [0, 'text', 'hello "quoted"\nsecond line', 1_701_404_323_339, null],
      [0, 'image', '早上好', 1_701_404_324_000, null],
      [1, 'text', 'hi bob', 1_701_504_000_000, null],
      [1, 'text', 'hello', 1_701_504_060_000, null],
    ]);
    expect(messages[0]?.facts?.reactions).toEqual([
      { emoji: '👍', count: 2, by: [] },
      { emoji: 'party', count: 1, by: [] },
    ]);
    expect(messages[1]?.attachments.map(({ kind, name, missing }) => [kind, name, missing])).toEqual([
      ['image', 'a.png', 'not-in-archive'],
      ['file', 'b.pdf', 'not-in-archive'],
    ]);
    expect(people.map(({ sourceId, name }) => [sourceId, name])).toEqual([
      ['900000000000000001', 'ann_demo'],
      ['900000000000000002', 'bob#1234'],
    ]);
    expect(questions).toMatchObject([{ id: 'owner', guess: '900000000000000001', certain: false }]);
    expect(problems).toEqual(['bad-time']);
  });

  it('are known by content; a name that tells nothing leaves the conversation without an id', async () => {
    const text = 'AuthorID,Author,Date,Content,Attachments,Reactions\n"1","A","2023-12-01T00:00:00Z","x","media/a.png","odd"\n';
    const { conversations, messages } = await openArchive(discordCsv, sampleOf('renamed', { 'x.txt': text, 'media/a.png': 'png' }));
    expect(conversations).toMatchObject([{ sourceId: null, name: null, shape: 'unknown' }]);
    expect(messages).toMatchObject([{ kind: 'image', attachments: [{ entry: 1, missing: null }], facts: { extra: { Reactions: 'odd' } } }]);
  });
});

describe('channelOfName', () => {
  it.each([
    ['a/Guild - Cat - some - chan [1180000000000000000] [part 12].csv', '1180000000000000000', 'Guild / chan', 12],
    ['Direct Messages - Group - Hike club [1180000000000000000].csv', '1180000000000000000', 'Hike club', 1],
    ['chan [1180000000000000000].html', '1180000000000000000', 'chan', 1],
    ['export.csv', null, null, 1],
  ])('%s', (path, id, name, part) => {
    expect(channelOfName(path)).toMatchObject({ id, name, part });
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has one message', async () => {
    const { messages, problems } = await openArchive(
      discordCsv,
      sampleAt(sharedSamplePath('international/_generated/samples/discord-dce')),
    );
    expect(messages).toMatchObject([{ text: 'hello "quoted"\nsecond line', sentAtMs: 1_701_404_323_339 }]);
    expect(problems).toEqual([]);
  });
});

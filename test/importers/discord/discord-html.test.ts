import { expect, test } from 'vitest';
import { discordHtml } from '../../../src/importers/discord/discord-html';
import { makeHarness } from '../../intake/intake-harness';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { bytesOf } from '../altered-files';
import { ownSamplePath, sampleAt } from '../samples';

// Two parts of one channel, the second one's name first in the set: 8 + 4 messages, of which the first is of
// 2023-12-01T04:18:43.339Z by its id and each other a minute later (60,000 ms × 2^22 on the id); and a direct chat in the
// form of before 2022 with 4, of which the last has no id that tells its time.
const own = sampleAt(ownSamplePath('discord/chat-exporter-html'), { hasEnd: true });
const startMs = 1_701_404_323_339;

describeConformance(discordHtml, [own]);

test('is one archive; the parts of a channel are one conversation, known by the name of the file', async () => {
  const { detection, files, conversations, messages, people, problems, questions } = await openArchive(discordHtml, own);
  expect(detection).toMatchObject({ title: null, isSingle: false });
  expect(detection.entries.map((entry) => files.entries[entry]?.path)).toEqual([
    'Demo Server - Text - general [1180000000000000000].html',
    'Demo Server - Text - general [1180000000000000000] [part 2].html',
    'Direct Messages - Private - bob [1190000000000000000].html',
  ]);
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['1180000000000000000', 'Demo Server / general', 'group'],
    ['1190000000000000000', 'bob', 'unknown'],
  ]);
  expect(conversations[0]?.extra).toEqual({ preamble: ['Talk of everything'] });
  expect(messages.map(({ conversation }) => conversation)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
  expect(people.map(({ sourceId, name, extra }) => [sourceId, name, extra])).toEqual([
    ['900000000000000001', 'Ann', { username: 'ann_demo' }],
    ['900000000000000002', 'Bob', { username: 'bob#1234' }],
    ['900000000000000003', 'helper', { username: 'helper', isBot: true }],
  ]);
  expect(questions).toMatchObject([{ id: 'owner', guess: '900000000000000001', certain: false }]);
  expect(problems).toEqual(['bad-time']);
});

test('times are those of the ids, and a message without an author goes on with the one before', async () => {
  const { messages } = await openArchive(discordHtml, own);
  const channel = messages.slice(0, 12);
  expect(channel.map(({ sentAtMs, clock }) => [clock, (sentAtMs - startMs) / 60_000])).toEqual(
    channel.map((_, minute) => ['absolute', minute]),
  );
  expect(messages.map(({ sender }) => sender)).toEqual([0, 1, 0, 0, 0, 2, 0, 1, 1, 1, 0, 0, 0, 0, 1]);
});

test('has its kinds and texts, written as markdown', async () => {
  const { messages } = await openArchive(discordHtml, own);
  expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'text hello everyone',
    'text 早上好 ☀ and **bold**',
    'image ',
    'video two files',
    'sticker ',
    'link Weather\nSunny',
    'system pinned a message to this channel.',
    'text > said before\nsee https://example.org/?a=1&b=2\n||secret|| `a < b` @Bob :party:*so* ~~no~~ __yes__ 😀',
    'system joined the server.',
    'text an answer to nothing',
    'unknown did what no version does',
    'text a poll',
    'text hi bob\nsecond line',
    'text still me',
    'text Started a call that lasted 5 minutes.',
  ]);
});

test('has reactions, replies, edits, pins and files', async () => {
  const { files, messages } = await openArchive(discordHtml, own);
  const [hello, edited, image, two, , , pin, pinned, , lost, strange, poll] = messages;
  expect(hello?.facts?.reactions).toEqual([
    { emoji: '👍', count: 2, by: [] },
    { emoji: ':party:', count: 1, by: [] },
  ]);
  expect(edited?.facts).toEqual({
    replyTo: { sourceId: '1180000000000000001' },
    edited: { editedAtMs: null },
    extra: { timestampEdited: 'Friday, December 1, 2023 4:20 AM' },
  });
  // `a%20b-00001.png` on the page.
  expect(files.entries[image?.attachments[0]?.entry ?? -1]?.path).toBe('general.html_Files/a b-00001.png');
  expect(image?.attachments).toMatchObject([{ name: 'a b.png', sizeBytes: 69 }]);
  expect(two?.attachments.map(({ name, missing }) => [name, missing])).toEqual([
    ['clip.mp4', 'not-in-archive'],
    ['notes.pdf', 'not-in-archive'],
  ]);
  expect(two?.facts?.extra?.['attachments']).toEqual([
    { url: 'https://cdn.example/clip.mp4?ex=1', size: '1 MB', isSpoiler: true },
    { url: 'https://cdn.example/notes.pdf', size: '2 KB' },
  ]);
  expect(pin?.facts).toEqual({ replyTo: { sourceId: '1180000000000000001' }, service: { action: 'pin_message' } });
  expect(pinned?.facts?.extra).toEqual({ isPinned: true });
  expect(lost?.facts).toEqual({ replyTo: { sourceId: null } });
  expect(strange?.facts?.extra?.['raw']).toMatch(/odd-icon/);
  expect(poll?.facts?.extra?.['raw']).toMatch(/Tea or coffee\?/);
});

const author = { id: '900000000000000002', name: 'bob', discriminator: '1234', nickname: 'Bob', isBot: false };
const jsonMessage = (id: string, timestamp: string, content: string) => ({ id, type: 'Default', timestamp, content, author });

/** The second and the eighth message of the page as the exporter writes them as JSON, and one that the page does not have. */
const jsonExport = JSON.stringify({
  guild: { id: '1170000000000000000', name: 'Demo Server' },
  channel: { id: '1180000000000000000', type: 'GuildTextChat', category: 'Text', name: 'general' },
  messages: [
    jsonMessage('1180000251658240001', '2023-12-01T04:19:43.339+00:00', '早上好 ☀ and **bold**'),
    jsonMessage('1180001761607680001', '2023-12-01T04:25:43.339+00:00', 'with other words, so only the id tells'),
    jsonMessage('1180003019898880001', '2023-12-01T04:30:43.339+00:00', 'later'),
  ],
  messageCount: 3,
});

test.each(['JSON first', 'page first'])(
  'the same channel as JSON and as HTML is one conversation, each message once: %s',
  async (order) => {
    const name = 'Demo Server - Text - general [1180000000000000000].html';
    const files = await own.open();
    const page = { [name]: await bytesOf(files, files.indexOf(name)) };
    const json = { 'x.json': jsonExport };
    const harness = makeHarness();
    const imports = order === 'JSON first' ? [json, page] : [page, json];
    for (const archive of imports) await harness.import(archive);
    const reader = await harness.vault.openReader();
    expect(await reader.conversations()).toHaveLength(1);
    reader.release();
    const messages = await harness.messages();
    // Eight of the page, and the one that only the JSON has.
    expect(messages).toHaveLength(9);
    expect(new Set(messages.map(({ sourceId }) => sourceId)).size).toBe(9);
    const bold = messages.find(({ sourceId }) => sourceId === '1180000251658240001');
    expect(bold).toMatchObject({ text: '早上好 ☀ and **bold**' });
    expect(bold?.facts?.olderTexts).toBeUndefined();
  },
);

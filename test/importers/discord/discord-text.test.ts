import { expect, test } from 'vitest';
import { discordText } from '../../../src/importers/discord/discord-text';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { ownSamplePath, sampleAt, sampleOf } from '../samples';

// Seven messages of a channel and three of a direct chat, of which the last is of a day that
// there is not. 12/13/2023 tells that the month is first.
const own = sampleAt(ownSamplePath('discord/chat-exporter-txt'));

describeConformance(discordText, [own]);

test('files are channels, people are names, and clocks have no zone', async () => {
  const { detection, conversations, messages, people, problems, questions, records } = await openArchive(discordText, own);
  expect(detection).toMatchObject({ title: null, isSingle: false });
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['1180000000000000000', 'Demo Server / general', 'group'],
    ['1190000000000000000', 'bob', 'unknown'],
  ]);
  expect(
    messages.map(({ conversation, sender, sentAtMs, clock }) => [
      conversation,
      people[sender]?.name,
      new Date(sentAtMs).toISOString().slice(0, 16),
      clock,
    ]),
  ).toEqual([
    [0, 'ann_demo', '2023-12-01T04:18', 'minute'],
    [0, 'bob#1234', '2023-12-01T04:19', 'minute'],
    [0, 'ann_demo', '2023-12-01T04:20', 'minute'],
    [0, 'helper', '2023-12-01T04:21', 'minute'],
    [0, 'bob#1234', '2023-12-01T04:22', 'minute'],
    [0, 'ann_demo', '2023-12-01T04:23', 'minute'],
    [0, 'bob#1234', '2023-12-13T12:05', 'minute'],
    [1, 'ann_demo', '2023-12-02T10:00', 'minute'],
    [1, 'bob#1234', '2023-12-02T10:01', 'minute'],
  ]);
  expect(problems).toEqual(['bad-time']);
  // The direct chat bears the other side's name; 12/13 proves the order.
  expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
    ['owner', 'ann_demo', false],
    ['date-order', 'MDY', true],
    ['zone', null, false],
  ]);
  expect(records.filter((record) => record.type === 'structure').map(({ name }) => name)).toEqual(['head', 'head', 'head', 'head']);
});

test('blocks below the text are files, stickers, cards, reactions and what was forwarded', async () => {
  const { messages } = await openArchive(discordText, own);
  expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'text hello everyone\n\nsecond paragraph',
    'text 早上好 ☀ and **bold**',
    'image ',
    'text Weather\nhttps://weather.example/\nSunny',
    'sticker ',
    'text the forwarded text',
    'text last one\n[12/1/2023 4:18 AM] is no header here',
    'text hi bob',
    'text hello',
  ]);
  const [first, pinned, files, , sticker, forwarded] = messages;
  expect(first?.facts).toEqual({
    reactions: [
      { emoji: '👍', count: 2, by: [] },
      { emoji: ':party:', count: 1, by: [] },
    ],
  });
  expect(pinned?.facts?.extra).toEqual({ isPinned: true });
  expect(files?.attachments.map(({ kind, name }) => [kind, name])).toEqual([
    ['image', 'a.png'],
    ['video', 'clip.mp4'],
  ]);
  expect(sticker?.attachments).toMatchObject([{ kind: 'sticker', name: 'wave.png' }]);
  expect(forwarded?.facts?.forward).toEqual({ fromName: null });
});

const rule = '='.repeat(62);
const germanText = `${rule}\r\nGuild: Direct Messages\r\nChannel: bob\r\n${rule}\r\n\r\n[03.12.2023 04:18] ann_demo\r\nhallo\r\n\r\n[04.12.2023 04:19] bob\r\nhi\r\n`;

test('asks for the order of day and month where no date tells it', async () => {
  const sample = sampleOf('german', { 'x.txt': germanText });
  const { questions } = await openArchive(discordText, sample);
  expect(questions.find(({ id }) => id === 'date-order')).toMatchObject({ guess: 'DMY', certain: false });
  const { messages } = await openArchive(discordText, sample, { 'date-order': 'DMY' });
  expect(messages.map(({ text, sentAtMs }) => [text, sentAtMs])).toEqual([
    ['hallo', Date.UTC(2023, 11, 3, 4, 18)],
    ['hi', Date.UTC(2023, 11, 4, 4, 19)],
  ]);
});

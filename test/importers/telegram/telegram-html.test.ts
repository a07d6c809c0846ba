import { expect, test } from 'vitest';
import { telegramHtml } from '../../../src/importers/telegram/html/telegram-html';
import { parseHeading, parseTime } from '../../../src/importers/telegram/html/time';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const chat = sampleAt(ownSamplePath('telegram/html_2-pages_13-messages'), { hasEnd: true });
const account = sampleAt(ownSamplePath('telegram/html-account_2-chats'), { hasEnd: true });

describeConformance(telegramHtml, [chat, account]);

test('pages are one chat in the order of their numbers, and what joins is by the sender before, across pages', async () => {
  const { detection, messages, people, conversations, problems } = await openArchive(telegramHtml, chat);
  expect(detection).toMatchObject({ formatVersion: 'chat', title: 'Ann & Ben', isSingle: true });
  expect(conversations.map(({ name }) => name)).toEqual(['Ann & Ben']);
  expect(problems).toEqual([]);
  const senders = messages.map(({ sender, sourceId }) => `${sourceId} ${people[sender]?.name ?? '-'}`);
  expect(senders).toEqual([
    ...['1 -', '2 Ann', '3 Ann', '4 Ben', '5 Ben'],
    ...['6 Ben', '7 -', '8 Ben', '9 Ann', '10 Ann', '11 Ann', '12 Ann', '13 Ann'],
  ]);
  // 23:58:07 at UTC+08:00.
  expect(messages[1]).toMatchObject({ sentAtMs: Date.UTC(2023, 11, 31, 15, 58, 7), clock: 'absolute' });
});

test('a service line has the time of its day, by the clock of the messages', async () => {
  const { messages } = await openArchive(telegramHtml, chat);
  expect(messages[0]).toMatchObject({
    kind: 'system',
    sentAtMs: Date.UTC(2023, 11, 30, 16),
    facts: { service: { action: 'create_group' } },
  });
  expect(messages[6]).toMatchObject({ kind: 'system', text: 'Ben pinned this message', sentAtMs: Date.UTC(2023, 11, 31, 16) });
});

test('reads text with its marks, replies, reactions, forwards and bots', async () => {
  const { messages } = await openArchive(telegramHtml, chat);
  const [, marked, , reply, , , , forward] = messages;
  expect(marked?.text).toBe('今天天气很好\nHappy New Year, look soon #2024');
  const marks = marked?.facts?.entities?.map(({ type, offset, length }) => `${type} ${marked.text.slice(offset, offset + length)}`);
  expect(marks).toEqual(['bold New', 'italic Year', 'link look', 'spoiler soon', 'hashtag #2024']);
  expect(marked?.facts?.entities?.[2]?.href).toBe('https://example.org/?a=1&b=2');
  expect(reply?.facts).toEqual({ replyTo: { sourceId: '2' }, reactions: [{ emoji: '👍', count: 2, by: [] }] });
  expect(forward?.facts).toEqual({ forward: { fromName: 'Carol', sentAtMs: Date.UTC(2023, 11, 30, 2) }, extra: { via_bot: '@gif' } });
});

test('links media, and says why others are missing', async () => {
  const { files, messages } = await openArchive(telegramHtml, chat);
  const photo = messages[2];
  expect(photo).toMatchObject({ kind: 'image', text: 'a caption', attachments: [{ kind: 'image', name: 'photo_1.jpg', missing: null }] });
  expect(files.entries[photo!.attachments[0]!.entry!]?.path).toBe('photos/photo_1.jpg');
  expect(messages[4]?.attachments[0]).toMatchObject({ kind: 'voice', missing: 'not-in-archive', durationMs: 7000 });
  expect(messages[5]?.attachments[0]).toMatchObject({ kind: 'file', name: 'report.pdf', missing: 'not-exported' });
});

test('reads cards of places, polls, calls and contacts, and keeps one that it does not know', async () => {
  const { messages } = await openArchive(telegramHtml, chat);
  expect(messages.slice(8).map(({ kind }) => kind)).toEqual(['location', 'poll', 'call', 'contact', 'unknown']);
  expect(messages[8]?.facts?.location).toEqual({ latitude: 31.23, longitude: 121.47 });
  expect(messages[9]?.facts?.poll).toEqual({ question: 'Tea?', options: [{ text: 'Yes', votes: 2 }, { text: 'No', votes: 0 }] }); // prettier-ignore
  expect(messages[10]?.facts?.call).toEqual({ durationMs: 35_000, outcome: 'answered', video: false });
  expect(messages[11]?.facts?.contact).toEqual({ name: 'Dan Demo', phone: '+00 000 0000' });
  expect(messages[12]?.facts?.extra).toMatchObject({ raw: expect.stringContaining('media_hologram') as string });
});

test('chats of a set are one account; without zones the zone is asked, and who writes in every chat is guessed to be me', async () => {
  const { detection, questions, conversations, people, messages } = await openArchive(telegramHtml, account);
  expect(detection).toMatchObject({ formatVersion: 'account', isSingle: false });
  expect(questions.map(({ id, guess }) => [id, guess])).toEqual([['owner', 'Ann'], ['zone', null]]); // prettier-ignore
  expect(conversations.map(({ name }) => name)).toEqual(['Ben', 'Carol']);
  expect(people.filter(({ isOwner }) => isOwner).map(({ name }) => name)).toEqual(['Ann', 'Ann']);
  expect(messages[0]).toMatchObject({ sentAtMs: Date.UTC(2021, 5, 3, 10), clock: 'second' });
});

test('claims no other pages', async () => {
  const page = '<html><body><div class="page_wrap"><div class="history"><div class="message">x</div></div></div></body></html>';
  expect(await telegramHtml.detect(filesOf('x', { 'messages.html': page }))).toEqual([]);
});

test('a message without a time is a problem, and the rest goes on', async () => {
  const one = (title: string) =>
    `<div class="message default clearfix" id="message1"><div class="body"><div class="date details" title="${title}"></div><div class="from_name">A</div><div class="text">x</div></div></div>`;
  const html = `<html><body><div class="page_wrap"><div class="history">${one('31.02.2023 10:00:00')}${one('01.02.2023 10:00:00 UTC-03:30')}</div></div></body></html>`;
  const { messages, problems } = await openArchive(telegramHtml, sampleOf('page', { 'a.html': html }));
  expect(problems).toEqual(['bad-time']);
  expect(messages.map(({ sentAtMs }) => sentAtMs)).toEqual([Date.UTC(2023, 1, 1, 13, 30)]);
});

test('times and headings', () => {
  expect(parseTime('03.12.2025 19:07:28')).toEqual({ sentAtMs: Date.UTC(2025, 11, 3, 19, 7, 28), clock: 'second', offsetMs: null });
  expect(parseTime('03.12.2025 24:07:28')).toBeNull();
  expect(parseHeading('29 February 2023')).toBeNull();
  expect(parseHeading('3 December 2025')).toBe(Date.UTC(2025, 11, 3));
});

test.skipIf(!hasSharedSamples)('reads the shared pages as their generator says', async () => {
  const { messages, people } = await openArchive(
    telegramHtml,
    sampleAt(sharedSamplePath('international/_generated/samples/telegram-html')),
  );
  expect(messages.map(({ sourceId, sender }) => `${sourceId} ${people[sender]?.name ?? 'service'}`)).toEqual([
    '101 Alice',
    '102 Alice',
    '103 Bob',
    '104 Bob',
    '105 service',
    '106 Alice',
    '107 Alice',
    '108 Bob',
  ]);
});

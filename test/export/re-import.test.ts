// What is written for other programs is read by our own importers as the same messages, as far as the format can say them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { openZip } from '../../src/bytes/zip';
import { chatLabJson } from '../../src/importers/chatlab/chatlab-json';
import type { Answers, Importer } from '../../src/importers/importer';
import { telegramJson } from '../../src/importers/telegram/telegram-json';
import type { Message } from '../../src/model/message';
import type { ConversationRecord, MessageRecord, NeutralRecord, PersonRecord } from '../../src/model/record';
import { expectTiling, readAll } from '../importers/read-records';
import { filesOf } from '../importers/samples';
import { conversationId, memoryReader, message } from '../search/memory-reader';
import { anyMessages, everyKind, people, person, readerOf, someMedia, withMedia, write } from './invented-chat';

/** All that the importer makes of the files, and that each byte of what it read belongs to something. */
async function importFiles(
  importer: Importer,
  contents: Readonly<Record<string, string | Uint8Array>>,
  answers: Answers = {},
): Promise<readonly NeutralRecord[]> {
  const files = filesOf('export', contents);
  const records: NeutralRecord[] = [];
  for (const detection of await importer.detect(files)) {
    const read = await readAll(importer, files, detection, answers);
    await expectTiling(files, detection, read);
    records.push(...read);
  }
  return records;
}

const ofType = <Type extends NeutralRecord['type']>(records: readonly NeutralRecord[], type: Type) =>
  records.filter((record): record is Extract<NeutralRecord, { type: Type }> => record.type === type);
const nameIn = (records: readonly NeutralRecord[], index: number): string =>
  ofType(records, 'person').findLast((each: PersonRecord) => each.index === index)?.name ?? '';
const nameOf = (id: Message['sender']): string => people.find((each) => each.id === id)?.names[0] ?? '';

type Plain = readonly [atMs: number, name: string, kind: string, text: string];
const plainRecords = (records: readonly NeutralRecord[]): readonly Plain[] =>
  ofType(records, 'message').map(({ sentAtMs, sender, kind, text }: MessageRecord) => [sentAtMs, nameIn(records, sender), kind, text]);
const plainMessages = (messages: readonly Message[]): readonly Plain[] =>
  messages.map(({ sentAtMs, sender, kind, text }) => [sentAtMs, nameOf(sender), kind, text]);

async function unzip(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of (await openZip(sourceOfBytes(bytes), ownArchiveLimits)).entries)
    files.set(entry.path, await entry.open().read(0, entry.sizeBytes));
  return Object.fromEntries(files);
}

/** Kinds, texts and details as each format can say them, worked out by hand from `everyKind`. */
const said = (records: readonly NeutralRecord[]): readonly string[] => ofType(records, 'message').map(({ kind, text }) => `${kind} ${text}`.trim()); // prettier-ignore

describe('ChatLab', () => {
  test('is read as the same messages, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'chatlab', conversations: [conversationId('c1')] });
        const records = await importFiles(chatLabJson, { 'chat.json': text });
        expect(text === '').toBe(messages.length === 0);
        expect(plainRecords(records)).toEqual(plainMessages(messages));
        expect(ofType(records, 'message').map(({ sourceId }) => sourceId)).toEqual(messages.map(({ sourceId }) => sourceId));
        expect(ofType(records, 'problem')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('says kinds, files, replies and whose it is', async () => {
    const { bytes } = await write(withMedia(readerOf(everyKind()), someMedia), { format: 'chatlab', media: 'beside' });
    const files = await unzip(bytes);
    const names = Object.keys(files);
    expect(names[0]).toBe('001 =HYPERLINK(_http___x_).json');
    const records = await importFiles(chatLabJson, files);
    expect(said(records)).toEqual([
      'text hello', 'image', 'video a caption', 'voice', 'file', 'sticker', 'location Zoo 52.5,13.4', 'contact Carl +49 1', 'call 61 s',
      'unknown When? / Now (2)', 'system Ada left', 'unknown', 'text said again', 'text gone',
    ]); // prettier-ignore
    const messages = ofType(records, 'message');
    expect(messages[12]?.facts?.replyTo).toEqual({ sourceId: 'a' });
    expect(messages.map(({ attachments }) => attachments[0]?.entry ?? null).slice(0, 6)).toEqual([null, 1, null, 2, 3, null]);
    expect(ofType(records, 'person').filter(({ isOwner }) => isOwner).map(({ name }) => name)).toEqual(['Ada Lovelace']); // prettier-ignore
  });

  test('of several conversations is a file for each that holds something; ids of a platform come back', async () => {
    const [a, b] = [
      person('a', 'Ada', { source: 'chatlab', sourceId: 'discord:1' }),
      person('b', 'Bob', { source: 'chatlab', sourceId: 'discord:2' }),
    ];
    const talk = [message('hi', { seq: 0, sentAtMs: 1e12, sender: a.id }), message('ho', { seq: 1, sentAtMs: 1e12 + 1000, sender: b.id })];
    const early = [message('then', { seq: 0, sentAtMs: 1, sender: a.id }), message('now', { seq: 1, sentAtMs: 2e12, sender: a.id })];
    const common = { source: 'chatlab', shape: 'group' } as const;
    const reader = memoryReader(
      [
        { ...common, id: 'x', name: 'X', sourceId: 'discord:77', messages: talk, people: [a.id, b.id] },
        { ...common, id: 'y', name: 'Y', sourceId: 'discord:78', messages: early, people: [a.id] },
      ],
      [a, b],
    );
    const { bytes, result } = await write(reader, { format: 'chatlab', fromMs: 1e12, toMs: 1.5e12 });
    const files = await unzip(bytes);
    expect(Object.keys(files)).toEqual(['001 X.json']);
    expect(result).toMatchObject({ conversations: 1, messages: 2 });
    const records = await importFiles(chatLabJson, files);
    expect(ofType(records, 'conversation')[0]).toMatchObject({ sourceId: 'discord:77', shape: 'group', name: 'X' });
    expect(ofType(records, 'person').map(({ sourceId }) => sourceId)).toEqual(['discord:1', 'discord:2']);
  });
});

describe('Telegram JSON', () => {
  test('is read as the same messages, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'telegram' });
        const records = await importFiles(telegramJson, { 'result.json': text });
        // A line of the app without a word is said by what it tells of, of which there is nothing.
        expect(plainRecords(records)).toEqual(plainMessages(messages));
        expect(ofType(records, 'problem')).toEqual([]);
        const ids = ofType(records, 'message').map(({ sourceId }) => sourceId);
        expect(new Set(ids).size).toBe(messages.length);
      }),
      { numRuns: 100 },
    );
  });

  test('says kinds, files, replies, reactions, edits and forwards', async () => {
    const { bytes } = await write(withMedia(readerOf(everyKind()), someMedia), { format: 'telegram', media: 'beside' });
    const files = await unzip(bytes);
    const records = await importFiles(telegramJson, files);
    expect(said(records)).toEqual([
      'text hello', 'image', 'video a caption', 'voice', 'file', 'sticker', 'location', 'contact', 'call', 'poll', 'system Ada left',
      'unknown', 'text said again', 'text gone',
    ]); // prettier-ignore
    const messages = ofType(records, 'message');
    expect(messages.map(({ attachments }) => attachments[0]?.entry ?? null).slice(0, 6)).toEqual([null, 1, null, 2, 3, null]);
    expect(messages[2]?.attachments[0]).toMatchObject({ kind: 'video', missing: 'not-exported' });
    expect(messages[3]?.attachments[0]).toMatchObject({ kind: 'voice', durationMs: 3000 });
    expect(messages[6]?.facts?.location).toEqual({ latitude: 52.5, longitude: 13.4, name: 'Zoo' });
    expect(messages[7]?.facts?.contact).toEqual({ name: 'Carl', phone: '+49 1' });
    expect(messages[8]?.facts?.call).toEqual({ durationMs: 61_000, outcome: 'answered', video: false });
    expect(messages[9]?.facts?.poll).toEqual({ question: 'When?', closed: false, options: [{ text: 'Now', votes: 2 }] });
    expect(messages[12]?.facts).toMatchObject({ replyTo: { sourceId: messages[0]?.sourceId }, edited: { editedAtMs: null }, reactions: [{ emoji: '👍', count: 1 }] }); // prettier-ignore
    expect(messages[13]?.facts?.forward).toEqual({ fromName: 'Carl' });
  });

  test('of Telegram itself keeps its ids, marks and owner, also of an account with several chats', async () => {
    const own = { source: 'telegram' } as const;
    const [me, mum] = [
      person('me', 'Ada', { ...own, sourceId: 'user11', isOwner: true }),
      person('mum', 'Mum', { ...own, sourceId: 'user4444' }),
    ];
    const text = 'see Mum at example';
    const entities = [
      { type: 'mention', offset: 4, length: 3, href: 'tg://user?id=4444' },
      { type: 'link', offset: 11, length: 7, href: 'https://example.org/' },
    ] as const;
    const talk = [
      message(text, { seq: 0, sentAtMs: 1e12, sender: me.id, sourceId: '7', facts: { entities } }),
      message('', {
        seq: 1,
        sentAtMs: 1e12 + 1000,
        sender: mum.id,
        sourceId: '8',
        kind: 'system',
        facts: { service: { action: 'pin_message' }, extra: { message_id: 7 } },
      }),
    ];
    const aside = [message('note', { seq: 0, sentAtMs: 1e12, sender: me.id, sourceId: '9' })];
    const reader = memoryReader(
      [
        { ...own, id: 'x', name: 'Mum', sourceId: 'user4444', shape: 'direct', messages: talk, people: [me.id, mum.id] },
        { ...own, id: 'y', name: null, sourceId: 'user11', shape: 'self', messages: aside, people: [me.id] },
        { ...own, id: 'z', name: 'Z', sourceId: 'channel5', shape: 'group', messages: aside, people: [me.id] },
      ],
      [me, mum],
    );
    const written = await write(reader, { format: 'telegram' });
    const records = await importFiles(telegramJson, { 'result.json': written.text });
    const conversations = new Map(ofType(records, 'conversation').map((each: ConversationRecord) => [each.index, each]));
    expect([...conversations.values()].map(({ sourceId, shape }) => `${sourceId} ${shape}`)).toEqual([
      'user4444 direct',
      'user11 self',
      'channel5 group',
    ]);
    const messages = ofType(records, 'message');
    expect(messages.map(({ sourceId }) => sourceId)).toEqual(['7', '8', '9', '9']);
    expect(messages[0]).toMatchObject({ text, facts: { entities } });
    expect(messages[1]).toMatchObject({ kind: 'system', facts: { service: { action: 'pin_message' }, extra: { message_id: 7 } } });
    expect(ofType(records, 'person').filter(({ isOwner }) => isOwner).map(({ sourceId }) => sourceId)).toContain('user11'); // prettier-ignore
  });
});

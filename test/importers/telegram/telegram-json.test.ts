import { makeZip } from 'client-zip';
import { describe, expect, it } from 'vitest';
import { openFileSet } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { telegramJson } from '../../../src/importers/telegram/telegram-json';
import type { Answers } from '../../../src/importers/importer';
import type { JsonObject } from '../../../src/model/json';
import type { ConversationRecord, MessageRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';
import type { ConformanceSample } from '../samples';

const samples = {
  worked: sampleAt(ownSamplePath('telegram/chat-2022_2-people_3-messages.json'), { hasEnd: true }),
  old: sampleAt(ownSamplePath('telegram/account-2018_2-chats_5-messages.json'), { hasEnd: true }),
  account: sampleAt(ownSamplePath('telegram/account-2022_5-chats'), { hasEnd: true }),
  defects: sampleAt(ownSamplePath('telegram/chat-2022_defects.json'), { hasEnd: true }),
};

describeConformance(telegramJson, Object.values(samples));

const conversationsOf = (records: readonly NeutralRecord[]) =>
  records.filter((record): record is ConversationRecord => record.type === 'conversation');
const peopleOf = (records: readonly NeutralRecord[]) => records.filter((record): record is PersonRecord => record.type === 'person');
const namesOf = (records: readonly NeutralRecord[], type: 'structure' | 'problem') =>
  records.flatMap((record) => (record.type === type ? [record.type === 'structure' ? record.name : record.problem.code] : []));

async function open(sample: ConformanceSample, answers: Answers = {}) {
  const files = await sample.open();
  const [detection] = await telegramJson.detect(files);
  const questions = await telegramJson.ask(files, detection!);
  return { detection: detection!, questions, records: await readAll(telegramJson, files, detection!, answers) };
}

function openChat(fields: JsonObject, messages: readonly JsonObject[], answers: Answers = {}) {
  const content = JSON.stringify({ ...fields, messages }, null, 1);
  return open({ name: 'made', open: async () => filesOf('result.json', { 'result.json': content }) }, answers);
}

const pick = (message: MessageRecord | undefined) =>
  message && { kind: message.kind, text: message.text, sourceId: message.sourceId, sender: message.sender, facts: message.facts };

describe('the worked example of the format paper', () => {
  it('gives a text with a reaction, an edited reply without its voice, and a missed call', async () => {
    const { detection, questions, records } = await open(samples.worked);
    expect(detection).toEqual({
      format: 'telegram-json',
      formatVersion: 'chat-2022',
      source: 'telegram',
      entries: [0],
      title: 'Bob',
      isSingle: true,
    });
    expect(questions).toEqual([{ id: 'owner', options: [{ value: 'user1', label: 'Me' }], guess: 'user1', certain: true }]);
    expect(conversationsOf(records)).toEqual([
      { type: 'conversation', index: 0, sourceId: 'user4444', name: 'Bob', shape: 'direct', extra: { type: 'personal_chat' } },
    ]);
    expect(peopleOf(records)).toEqual([
      { type: 'person', index: 0, sourceId: 'user4444', name: 'Bob', conversation: null, isOwner: false },
      { type: 'person', index: 1, sourceId: 'user1', name: 'Me', conversation: null, isOwner: true },
    ]);
    const [text, voice, call] = messagesOf(records);
    expect(pick(text)).toEqual({
      kind: 'text',
      text: 'see https://a.example now',
      sourceId: '1',
      sender: 0,
      facts: {
        reactions: [{ emoji: '👍', count: 1, by: [] }],
        entities: [
          { type: 'link', offset: 4, length: 17 },
          { type: 'bold', offset: 22, length: 3 },
        ],
      },
    });
    expect(text).toMatchObject({ sentAtMs: Date.UTC(2024, 0, 15, 10), clock: 'absolute', attachments: [] });
    expect(pick(voice)).toEqual({
      kind: 'voice',
      text: '',
      sourceId: '2',
      sender: 1,
      facts: { replyTo: { sourceId: '1' }, edited: { editedAtMs: Date.UTC(2024, 0, 15, 10, 2) } },
    });
    expect(voice?.attachments).toEqual([
      { kind: 'voice', name: null, entry: null, missing: 'not-exported', mime: 'audio/ogg', sizeBytes: null, durationMs: 3000 },
    ]);
    expect(pick(call)).toEqual({
      kind: 'call',
      text: '',
      sourceId: '3',
      sender: 1,
      facts: { call: { durationMs: null, outcome: 'missed', video: false }, extra: { discard_reason: 'missed' } },
    });
  });
});

describe('a whole account', () => {
  it('has its owner, contacts, five chats of every shape, and names all else', async () => {
    const { detection, questions, records } = await open(samples.account);
    expect(detection).toMatchObject({ formatVersion: 'account-2022', title: 'Mei Lin' });
    expect(questions).toEqual([{ id: 'owner', options: [{ value: 'user1', label: 'Mei Lin' }], guess: 'user1', certain: true }]);
    expect(conversationsOf(records).map(({ sourceId, name, shape, extra }) => [sourceId, name, shape, extra])).toEqual([
      ['user4444', 'Bob Stone', 'direct', { type: 'personal_chat' }],
      ['user1', null, 'self', { type: 'saved_messages' }],
      ['channel70', 'Tea', 'group', { type: 'public_supergroup' }],
      ['user99', null, 'direct', { type: 'personal_chat' }],
      ['channel55', 'Old news', 'channel', { type: 'private_channel', left: true }],
    ]);
    expect(peopleOf(records).map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['user1', 'Mei Lin', true],
      ['user4444', 'Bob Stone', false],
      ['channel70', 'Tea', false],
      ['user99', null, false],
      ['channel55', 'Old news', false],
    ]);
    expect(peopleOf(records)[1]?.extra).toEqual({ phone_number: '+1 555 0101' });
    expect(new Set(namesOf(records, 'structure'))).toEqual(
      new Set([
        'about',
        'personal_information',
        'profile_pictures',
        'stories',
        'contacts',
        'frequent_contacts',
        'sessions',
        'web_sessions',
        'other_data',
        'chats',
        'left_chats',
        'conversation',
        'brackets',
      ]),
    );
    expect(namesOf(records, 'problem')).toEqual([]);
    expect(messagesOf(records).map(({ conversation, kind }) => `${conversation} ${kind}`)).toEqual([
      '0 text',
      '0 text',
      '0 image',
      '0 image',
      '0 unknown',
      '1 text',
      '2 system',
      '2 system',
      '2 text',
      '2 file',
      '2 poll',
      '2 system',
      '4 text',
    ]);
  });

  it('links media to entries of the folder, relative to result.json', async () => {
    const files = await samples.account.open();
    const { records } = await open(samples.account);
    const attachments = messagesOf(records).flatMap((message) => message.attachments);
    expect(attachments.map(({ name, entry, missing }) => [name, entry === null ? null : files.entries[entry]?.path, missing])).toEqual([
      ['photo_1.jpg', 'chats/chat_1/photos/photo_1.jpg', null],
      ['photo_2.jpg', null, 'not-in-archive'],
      ['menu.pdf', 'chats/chat_3/files/menu (1).pdf', null],
    ]);
  });

  it('gives the same records from a folder below the top, and finds two exports side by side', async () => {
    const files = await samples.account.open();
    const contents = Object.fromEntries(
      await Promise.all(files.entries.map(async (file) => [file.path, await file.open().read(0, file.sizeBytes)] as const)),
    );
    const nested = filesOf(
      'backup',
      Object.fromEntries(['one', 'two'].flatMap((folder) => Object.entries(contents).map(([path, bytes]) => [`${folder}/${path}`, bytes]))),
      'folder',
    );
    const detections = await telegramJson.detect(nested);
    expect(detections.map(({ entries }) => nested.entries[entries[0]!]?.path)).toEqual(['one/result.json', 'two/result.json']);
    const { records } = await open(samples.account);
    for (const detection of detections) {
      const again = messagesOf(await readAll(telegramJson, nested, detection));
      expect(again.map(pick)).toEqual(messagesOf(records).map(pick));
      expect(again.flatMap((message) => message.attachments.map(({ missing }) => missing))).toEqual([null, 'not-in-archive', null]);
    }
  });

  it('reads from a ZIP as from a folder, its media linked', async () => {
    const files = await samples.account.open();
    const input = await Promise.all(
      files.entries.map(async (file) => ({ name: `export/${file.path}`, input: (await file.open().read(0, file.sizeBytes)).slice() })),
    );
    const zip = new Uint8Array(await new Response(makeZip(input)).arrayBuffer());
    const { sets } = await openFileSet('export.zip', 'files', [{ path: 'export.zip', source: sourceOfBytes(zip), modifiedAtMs: null }]);
    const detections = await telegramJson.detect(sets[0]!);
    expect(detections).toHaveLength(1);
    const messages = messagesOf(await readAll(telegramJson, sets[0]!, detections[0]!));
    expect(messages.map(pick)).toEqual(messagesOf((await open(samples.account)).records).map(pick));
    const [photo, , card] = messages.flatMap((message) => message.attachments);
    expect(sets[0]!.entries[photo!.entry!]?.path).toBe('export/chats/chat_1/photos/photo_1.jpg');
    const menu = sets[0]!.entries[card!.entry!]!;
    expect(new TextDecoder().decode(await menu.open().read(0, menu.sizeBytes))).toBe('%PDF-');
  });

  it('is the owner of its own messages only', async () => {
    const { records } = await open(samples.account);
    const owner = peopleOf(records).find(({ isOwner }) => isOwner)?.index;
    expect(
      messagesOf(records)
        .filter(({ sender }) => sender === owner)
        .map(({ sourceId }) => sourceId),
    ).toEqual(['11', '20', '30', '-999999999', '5']);
  });

  it('gives an unsupported message the time of the one before', async () => {
    const { records } = await open(samples.account);
    const [before, unsupported] = messagesOf(records).filter(({ sourceId }) => sourceId === '21' || sourceId === '22');
    expect(unsupported?.sentAtMs).toBe(before?.sentAtMs);
    expect(unsupported?.facts?.extra).toEqual({ raw: { id: 22, type: 'unsupported' } });
  });
});

describe('exports of 2018 to 2021', () => {
  it('have wall clocks, a question for their zone, and no edits where none were', async () => {
    const { detection, questions, records } = await open(samples.old);
    expect(detection.formatVersion).toBe('account-2018');
    expect(questions.map(({ id, certain }) => [id, certain])).toEqual([
      ['owner', true],
      ['zone', false],
    ]);
    const messages = messagesOf(records);
    expect(messages.every(({ clock }) => clock === 'second')).toBe(true);
    expect(messages[0]).toMatchObject({ sentAtMs: Date.UTC(2019, 5, 1, 20), text: '你好', facts: null });
    expect(messages[1]?.facts).toEqual({
      replyTo: { sourceId: '10' },
      edited: { editedAtMs: null },
      entities: [{ type: 'link', offset: 4, length: 4, href: 'https://a.example/' }],
      extra: { edited: '2019-06-01T20:01:00' },
    });
  });

  it('know conversations, messages and people by the ids that a new export of the same chats has', async () => {
    const old = (await open(samples.old)).records;
    const recent = (await open(samples.account)).records;
    const keys = (records: readonly NeutralRecord[]) => {
      const chats = new Map(conversationsOf(records).map(({ index, sourceId }) => [index, sourceId]));
      const people = new Map(peopleOf(records).map(({ index, sourceId }) => [index, sourceId]));
      return new Set(
        messagesOf(records).map(({ conversation, sourceId, sender }) => `${chats.get(conversation)} ${sourceId} ${people.get(sender)}`),
      );
    };
    const shared = [...keys(old)].filter((key) => keys(recent).has(key));
    expect(shared).toEqual(['user4444 10 user4444', 'user4444 11 user1', 'channel70 1 channel70', 'channel70 2 user99']);
  });

  it('of 2021 have ids with their kind and still no instants', async () => {
    const { detection, questions } = await openChat({ name: 'Bob', type: 'personal_chat', id: 4444 }, [
      { id: 1, type: 'message', date: '2021-06-01T20:00:00', from: 'Bob', from_id: 'user4444', text: 'hi' },
    ]);
    expect(detection.formatVersion).toBe('chat-2021');
    expect(questions).toEqual([{ id: 'zone', options: [], guess: null, certain: false }]);
  });
});

describe('the owner', () => {
  const at = { type: 'message', date_unixtime: '1705312800', text: 'hi', text_entities: [] };
  const bob = { ...at, from: 'Bob', from_id: 'user4444' };
  const mei = { ...at, from: 'Mei', from_id: 'user1' };
  const ownersOf = (records: readonly NeutralRecord[]) => new Map(peopleOf(records).map(({ name, isOwner }) => [name, isOwner]));

  it('of a group is asked, and the answer is taken', async () => {
    const group = { name: 'Tea', type: 'private_group', id: 9 };
    const asked = await openChat(group, [
      { id: 1, ...bob },
      { id: 2, ...mei },
    ]);
    expect(asked.questions).toEqual([
      {
        id: 'owner',
        options: [
          { value: 'user4444', label: 'Bob' },
          { value: 'user1', label: 'Mei' },
        ],
        guess: null,
        certain: false,
      },
    ]);
    expect([...ownersOf(asked.records).values()]).toEqual([false, false]);
    const answered = await openChat(
      group,
      [
        { id: 1, ...bob },
        { id: 2, ...mei },
      ],
      { owner: 'user1' },
    );
    expect(ownersOf(answered.records)).toEqual(
      new Map([
        ['Bob', false],
        ['Mei', true],
      ]),
    );
  });

  it('of a chat without ids is asked by name', async () => {
    const messages = [
      { ...at, from: 'Bob' },
      { ...at, from: 'Mei' },
    ];
    expect((await openChat({}, messages)).questions[0]?.options).toEqual([
      { value: 'name:Bob', label: 'Bob' },
      { value: 'name:Mei', label: 'Mei' },
    ]);
    const { records } = await openChat({}, messages, { owner: 'name:Mei' });
    expect(ownersOf(records)).toEqual(
      new Map([
        ['Bob', false],
        ['Mei', true],
      ]),
    );
    expect(peopleOf(records)[0]).toMatchObject({ sourceId: null, conversation: 0 });
  });

  it('is asked where a direct chat has two who are not its other side', async () => {
    const { questions, records } = await openChat({ name: 'X', type: 'personal_chat', id: 777 }, [
      { id: 1, ...bob },
      { id: 2, ...mei },
    ]);
    expect(questions[0]).toMatchObject({ guess: null, certain: false, options: [{ value: 'user4444' }, { value: 'user1' }] });
    expect([...ownersOf(records).values()]).toEqual([false, false]);
  });

  it('is not asked where only the other side wrote', async () => {
    expect((await openChat({ name: 'Bob', type: 'personal_chat', id: 4444 }, [{ id: 1, ...bob }])).questions).toEqual([]);
  });

  it('of saved messages is whoever saved them', async () => {
    const { records } = await openChat({ type: 'saved_messages', id: 1 }, [{ id: 1, ...mei }]);
    expect(ownersOf(records)).toEqual(new Map([['Mei', true]]));
    expect(conversationsOf(records)[0]).toMatchObject({ shape: 'self', sourceId: 'user1' });
  });
});

describe('odd files', () => {
  it('repair \\xHH, keep numbers exact, and give a problem for each element that is none', async () => {
    const { records } = await open(samples.defects);
    const [first, last] = messagesOf(records);
    expect(first?.text).toBe('bell \x07, literal \\x07, both \\\x07');
    expect(first?.facts?.extra).toEqual({ inline_bot_buttons: [[{ type: 'auth', button_id: '9007199254740993' }]] });
    expect(last).toMatchObject({ sourceId: '4', text: 'fine' });
    expect(namesOf(records, 'problem')).toEqual(['bad-json', 'not-understood', 'bad-time']);
    expect(peopleOf(records).map(({ name }) => name)).toEqual(['B\x1fob', 'Mei']);
    const raws = records.flatMap((record) => (record.type === 'problem' ? [record.problem.raw] : []));
    expect(raws[0]).toContain('broken \\q escape');
    expect(raws[1]).toBe('"not a message"');
  });

  it('whose name comes after the messages emit the conversation again', async () => {
    const message = { id: 1, type: 'message', date_unixtime: '1705312800', from: 'Bob', from_id: 'user4444', text: 'hi' };
    const content = JSON.stringify({ messages: [message], name: 'Bob', type: 'personal_chat', id: 4444 });
    const { records } = await open({ name: 'late', open: async () => filesOf('x', { 'export.txt': content }) });
    expect(conversationsOf(records).map(({ index, name, sourceId }) => [index, name, sourceId])).toEqual([
      [0, null, null],
      [0, 'Bob', 'user4444'],
    ]);
  });

  it('with a byte order mark, minified, or with CRLF, read the same', async () => {
    const files = await samples.worked.open();
    const text = new TextDecoder().decode(await files.entries[0]!.open().read(0, 1e6));
    const expected = messagesOf((await open(samples.worked)).records).map(pick);
    for (const other of [`\ufeff${text}`, JSON.stringify(JSON.parse(text)), text.replaceAll('\n', '\r\n')]) {
      const { records } = await open({ name: 'other', open: async () => filesOf('x', { 'result.json': other }) });
      expect(messagesOf(records).map(pick)).toEqual(expected);
    }
  });

  it('of many chats and people keep each message with its own', async () => {
    const chats = Array.from({ length: 300 }, (_, chat) => ({
      name: `Chat ${chat}`,
      type: chat % 2 === 0 ? 'personal_chat' : 'private_group',
      id: chat + 1,
      messages: Array.from({ length: 40 }, (_one, at) => ({
        id: at,
        type: 'message',
        date_unixtime: String(1.7e9 + at),
        from: `P${(chat + at) % 77}`,
        from_id: `user${(chat + at) % 77}`,
        text: `${chat}/${at}`,
      })),
    }));
    const { records } = await openChat({ personal_information: { user_id: 5 }, chats: { list: chats } }, []);
    const names = new Map(conversationsOf(records).map(({ index, name }) => [index, name]));
    const people = new Map(peopleOf(records).map(({ index, sourceId }) => [index, sourceId]));
    expect(messagesOf(records).length).toBe(12_000);
    for (const { conversation, sender, text } of messagesOf(records)) {
      const [chat, at] = text.split('/').map(Number);
      expect(names.get(conversation)).toBe(`Chat ${chat}`);
      expect(people.get(sender)).toBe(`user${(chat! + at!) % 77}`);
    }
  });
});

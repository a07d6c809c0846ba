// Two conversations as one: the joined view is what merging both archives gives, every reader sees one conversation, and
// separating restores both exactly.

import { describe, expect, test } from 'vitest';
import type { IntakeEnvironment } from '../../src/intake/environment';
import { createCacheBudget } from '../../src/model/cache-budget';
import type { ConversationId } from '../../src/model/ids';
import { seqsOfPart } from '../../src/model/joined';
import type { Message } from '../../src/model/message';
import type { Overlay } from '../../src/model/overlay';
import { conversationSubject, messageSubject } from '../../src/model/overlay-index';
import type { SearchUpdate } from '../../src/model/view';
import { createSearchEngine } from '../../src/search/engine';
import { createTimeline } from '../../src/timeline/timeline';
import { mergeOverlay } from '../../src/vault/overlay-merge';
import { overlaySubjects } from '../../src/vault/apply-joinings';
import { chat, plainStyle, writeChat } from './chat-text';
import type { ChatStyle } from './chat-text';
import type { IntakeHarness, TestFiles, TestVault } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { makeDrive } from './restore-harness';

const android: ChatStyle = { ...plainStyle, from: 0, to: 14 };
const iphone: ChatStyle = {
  ...plainStyle,
  phone: 'iphone',
  withMedia: true,
  language: 'zh',
  names: { me: 'Li Wei', her: 'Mother' },
  title: 'Mother',
  from: 4,
};

interface Joining extends IntakeHarness {
  readonly overlays: () => readonly Overlay[];
  /** Imports as a conversation of its own. */
  add(files: TestFiles): Promise<ConversationId>;
  join(into: ConversationId, from: ConversationId): Promise<void>;
  separate(id: ConversationId): Promise<void>;
}

function harnessOn(vault: TestVault): Joining {
  const overlays = new Map<string, Overlay>();
  let counter = 0;
  const set: NonNullable<IntakeEnvironment['setOverlay']> = async (kind, subject, fields) => {
    const stamp = { wallMs: 1000, counter: counter++, device: 'd' };
    const next: Overlay = {
      kind,
      subject,
      fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, stamp }])),
    };
    const known = overlays.get(`${kind} ${subject}`);
    overlays.set(`${kind} ${subject}`, known === undefined ? next : mergeOverlay(known, next));
  };
  const harness = makeHarness(vault, { overlays: async () => [...overlays.values()], setOverlay: set });
  return {
    ...harness,
    overlays: () => [...overlays.values()],
    async add(files) {
      const receipt = await harness.import(files, { conversations: { 0: 'new' } });
      return receipt.conversations[0]!.conversation;
    },
    join: (into, from) => harness.intake.joinConversations(into, from, () => {}),
    separate: (id) => harness.intake.separateConversations(id, () => {}),
  };
}

const timelineOf = (harness: Joining) =>
  createTimeline({ reader: harness.vault.openReader, overlays: async () => harness.overlays(), inlineTypes: new Set<string>() });

/** What a message shows, whatever its number and whoever stands for its sender. */
const shown = ({ sentAtMs, clock, kind, text, attachments, sender }: Message): unknown => ({
  sentAtMs,
  clock,
  kind,
  text,
  isSent: sender !== null,
  attachments: attachments.map(({ kind: of, sha256, missing }) => ({ of, sha256, missing })),
});

async function read(harness: Joining, id: ConversationId): Promise<Message[]> {
  const page = await timelineOf(harness).page(id, { at: 'start' }, 0, 999);
  return [...page.messages];
}

async function search(harness: Joining, query: string): Promise<SearchUpdate> {
  const reader = await harness.vault.openReader();
  const access = { reader: async () => reader, overlays: async () => harness.overlays() };
  const engine = createSearchEngine({ access, caches: createCacheBudget(1e6), nowMs: () => 0 });
  const updates: SearchUpdate[] = [];
  const request = { query, conversation: null, order: 'oldest', hitLimit: 50, zone: 'UTC' } as const;
  await engine.search(request, { index: 0, of: 1 }, (update) => updates.push(update));
  return { ...updates.at(-1)!, hits: updates.flatMap(({ hits }) => hits), names: updates.flatMap(({ names }) => names) };
}

/** Both archives in one conversation: what joining must show. */
async function mergedReference(): Promise<unknown[]> {
  const reference = makeHarness();
  const first = await reference.import(writeChat(android));
  await reference.import(writeChat(iphone), { conversations: { 0: first.conversations[0]!.conversation } });
  return (await reference.messages()).map(shown);
}

describe.each([
  ['memory', async () => makeMemoryArchive()],
  ['real vault', openRealVault],
] as const)('on the %s', (_name, open) => {
  test('shows what merging both would, once, the fuller form; and separates into what was there', async () => {
    const harness = harnessOn(await open());
    const mum = await harness.add(writeChat(android));
    const mother = await harness.add(writeChat(iphone));
    const before = [await harness.messages(mum), await harness.messages(mother)];
    // The android export has the first 14 messages, the iPhone's all from the fifth on: ten are the same.
    expect(await harness.intake.previewJoin(mum, mother, () => {})).toEqual({
      same: 10,
      onlyHere: 4,
      onlyThere: chat.length - 14,
      shiftMinutes: 0,
    });
    await harness.join(mum, mother);
    const views = await timelineOf(harness).conversations();
    expect(views).toMatchObject([
      { id: mum, name: 'Mum', messageCount: chat.length, joined: [{ id: mother, name: 'Mother', source: 'whatsapp' }] },
    ]);
    expect((await timelineOf(harness).people(mum)).map(({ names }) => names[0])).toEqual(['Mum', 'Li Wei']);
    const joined = await read(harness, mum);
    expect(joined.map(shown)).toEqual(await mergedReference());
    expect(joined.filter(({ attachments }) => attachments.some(({ sha256 }) => sha256 !== null))).toHaveLength(3);
    expect(await read(harness, mother), 'the other one leads to the same').toEqual(joined);
    await harness.separate(mum);
    expect(await timelineOf(harness).conversations()).toHaveLength(2);
    expect([await harness.messages(mum), await harness.messages(mother)]).toEqual(before);
    expect(await (await harness.vault.openReader()).joined()).toEqual([]);
  });

  test('search and the calendar see one conversation', async () => {
    const harness = harnessOn(await open());
    const mum = await harness.add(writeChat(android));
    const mother = await harness.add(writeChat(iphone));
    expect((await search(harness, 'weather')).count).toBe(2);
    await harness.join(mum, mother);
    const found = await search(harness, 'weather');
    expect(found.count).toBe(1);
    expect(found.hits).toMatchObject([{ conversation: mum, conversationName: 'Mum' }]);
    const page = await timelineOf(harness).page(mum, { at: 'seq', seq: found.hits[0]!.seq }, 0, 0);
    expect(page.messages[0]?.text).toBe('very nice weather over there');
    expect(await timelineOf(harness).months(mum, 'UTC')).toEqual([{ month: '2024-03', firstPosition: 0, messageCount: chat.length }]);
    expect(
      (await search(harness, 'Mother')).names.map(({ id }) => id),
      'by the name of the other',
    ).toContain(mum);
  });

  test('follows its parts: a later import, its undo, a third conversation', async () => {
    const harness = harnessOn(await open());
    const mum = await harness.add(writeChat({ ...android, to: 10 }));
    const mother = await harness.add(writeChat({ ...iphone, to: 12 }));
    await harness.join(mum, mother);
    expect(await read(harness, mum)).toHaveLength(12);
    const more = await harness.import(writeChat(iphone), { conversations: { 0: mother } });
    expect(await read(harness, mum)).toHaveLength(chat.length);
    await harness.undo(more.id);
    expect(await read(harness, mum)).toHaveLength(12);
    const third = await harness.add(writeChat({ ...android, from: 14, to: chat.length }));
    await harness.join(mother, third);
    expect(await read(harness, mum)).toHaveLength(16);
    expect((await timelineOf(harness).conversations())[0]?.joined?.map(({ id }) => id)).toEqual([mother, third]);
    await harness.separate(third);
    expect(await timelineOf(harness).conversations()).toHaveLength(3);
  });
});

test('a bookmark stands on the message of the part, and is seen in both views', async () => {
  const harness = harnessOn(makeMemoryArchive());
  const mum = await harness.add(writeChat(android));
  const mother = await harness.add(writeChat(iphone));
  await harness.join(mum, mother);
  const last = (await read(harness, mum)).at(-1)!;
  expect(last.seq).toBeGreaterThanOrEqual(seqsOfPart);
  const [subject] = await overlaySubjects(
    await harness.vault.openReader(),
    harness.overlays(),
    messageSubject({ conversation: mum, seq: last.seq }),
  );
  const [own] = (await harness.messages(mother)).slice(-1);
  expect(subject).toBe(messageSubject({ conversation: mother, seq: own!.seq }));
  const marked: Overlay = {
    kind: 'bookmark',
    subject,
    fields: { bookmark: { value: 'yes', stamp: { wallMs: 1, counter: 0, device: 'd' } } },
  };
  const timeline = createTimeline({
    reader: harness.vault.openReader,
    overlays: async () => [...harness.overlays(), marked],
    inlineTypes: new Set<string>(),
  });
  expect((await timeline.page(mum, { at: 'end' }, 0, 0)).messages[0]?.bookmarked).toBe(true);
});

test('a note on a message that both parts show stands on the one that is seen, and is taken back where it is', async () => {
  const harness = harnessOn(makeMemoryArchive());
  const mum = await harness.add(writeChat(android));
  const mother = await harness.add(writeChat(iphone));
  const text = 'very nice weather over there';
  const there = (await harness.messages(mother)).find((message) => message.text === text)!;
  await harness.join(mum, mother);
  const own = messageSubject({ conversation: mother, seq: there.seq });
  const noted: Overlay = {
    kind: 'note',
    subject: own,
    fields: { note: { value: 'was it?', stamp: { wallMs: 1, counter: 0, device: 'd' } } },
  };
  const overlays = [...harness.overlays(), noted];
  const reader = await harness.vault.openReader();
  const timeline = createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set<string>() });
  const { messages } = await timeline.kept(mum);
  expect(messages.map(({ note, seq }) => [note, seq < seqsOfPart])).toEqual([['was it?', true]]);
  const seq = messages[0]!.seq;
  expect((await timeline.page(mum, { at: 'seq', seq }, 0, 0)).messages[0]).toMatchObject({ text, note: 'was it?' });
  expect(await overlaySubjects(reader, overlays, messageSubject({ conversation: mum, seq }))).toEqual([
    messageSubject({ conversation: mum, seq }),
    own,
  ]);
});

test('clocks that differ by a constant are brought together', async () => {
  const harness = harnessOn(makeMemoryArchive());
  const long = Array.from({ length: 40 }, (_, index) => ({
    atMs: Date.UTC(2024, 0, 1) + index * 3_600_000,
    sender: 'her' as const,
    text: `letter number ${index}`,
  }));
  const mum = await harness.add(writeChat(plainStyle, long));
  const other = await harness.add(writeChat({ ...plainStyle, shiftMs: 3_600_000, title: 'Mother' }, long));
  expect(await harness.intake.previewJoin(mum, other, () => {})).toEqual({ same: 40, onlyHere: 0, onlyThere: 0, shiftMinutes: -60 });
  await harness.join(mum, other);
  expect(await read(harness, mum)).toHaveLength(40);
});

test('removing a joined conversation removes its parts', async () => {
  const harness = harnessOn(makeMemoryArchive());
  const mum = await harness.add(writeChat(android));
  await harness.join(mum, await harness.add(writeChat(iphone)));
  await harness.intake.removeConversation(mum, () => {});
  const reader = await harness.vault.openReader();
  expect([await reader.conversations(), await reader.joined()]).toEqual([[], []]);
});

test('a backup holds both and that they are joined; who restores it sees one', async () => {
  const drive = makeDrive();
  const old = drive.device();
  const [first, second] = [await old.import(writeChat(android)), await old.import(writeChat(iphone), { conversations: { 0: 'new' } })];
  const [mum, mother] = [first, second].map(({ conversations }) => conversations[0]!.conversation) as [ConversationId, ConversationId];
  old.say('joined-conversations', conversationSubject(mother), conversationSubject(mum));
  const overlays: { current: () => readonly Overlay[] } = { current: () => [] };
  const fresh = drive.device({ changes: { overlays: async () => overlays.current() } });
  overlays.current = () => [...fresh.overlays.values()];
  await fresh.restore(await old.backUp());
  const timeline = createTimeline({
    reader: fresh.vault.openReader,
    overlays: async () => overlays.current(),
    inlineTypes: new Set<string>(),
  });
  expect(await timeline.conversations()).toMatchObject([{ name: 'Mum', messageCount: chat.length }]);
  const withoutOverlays = (dump: string): string[] => dump.split('\n').filter((line) => !line.startsWith('overlay'));
  expect(withoutOverlays(await fresh.canonical())).toEqual(withoutOverlays(await old.canonical()));
});

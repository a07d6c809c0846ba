// What the owner keeps on messages stays on them: when an earlier export that overlaps is merged, when two messages turn out to
// be one, when an import is undone and comes again. On the real vault, with its two roots.

import { expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import { type Mark, readMarks, tagFields } from '../../src/model/marks';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import { conversationSubject, messageSubject } from '../../src/model/overlay-index';
import { moveMarks } from '../../src/vault/moved-marks';
import type { Vault } from '../../src/vault/vault';
import { makeVault, writerOptions } from '../vault/make-vault';
import { plainStyle, writeChat } from './chat-text';
import { type IntakeHarness, makeHarness } from './intake-harness';
import { makeDrive } from './restore-harness';

interface Marked extends IntakeHarness {
  readonly notes: Vault['notes'];
  /** Marks by the texts that they stand on; those that stand on nothing are left out. */
  marks(): Promise<Record<string, Mark>>;
}

async function markedHarness(movesMarks = true): Promise<Marked> {
  const { vault } = await makeVault();
  const { notes } = vault;
  const opened = { openReader: vault.openReader, openWriter: () => vault.openWriter(writerOptions) };
  const keeper = { overlays: () => notes.overlays(null), setOverlay: notes.setOverlay, mergeOverlays: notes.mergeOverlays };
  const { mergeOverlays: _, ...unable } = keeper;
  const harness = makeHarness(opened, movesMarks ? keeper : unable);
  return {
    ...harness,
    notes,
    async marks() {
      const reader = await vault.openReader();
      const found: [string, Mark][] = [];
      for (const [conversation, marks] of readMarks(await notes.overlays(null))) {
        for (const segment of (await reader.conversation(conversation))?.segments ?? []) {
          for (const { seq, sentAtMs, text } of await reader.readMessages(segment.id)) {
            const mark = marks.get(seq);
            if (mark !== undefined) found.push([`${new Date(sentAtMs).toISOString().slice(11, 19)} ${text}`, mark]);
          }
        }
      }
      reader.release();
      return Object.fromEntries(found);
    },
  };
}

const onlyConversation = async ({ vault }: IntakeHarness): Promise<ConversationId> => {
  const reader = await vault.openReader();
  const [entry] = await reader.conversations();
  reader.release();
  if (entry === undefined) throw new Error('no conversation');
  return entry.id;
};

const subjectOf = async (harness: Marked, text: string, nth = 0): Promise<string> => {
  const seq = (await harness.messages()).filter((message) => message.text === text)[nth]?.seq ?? -1;
  return messageSubject({ conversation: await onlyConversation(harness), seq });
};

test('an earlier export that overlaps is merged: the mark stays where it is', async () => {
  const harness = await markedHarness();
  await harness.import(writeChat({ ...plainStyle, from: 8 }));
  await harness.notes.setOverlay('bookmark', await subjectOf(harness, 'see you on saturday then'), { bookmark: 'yes' });
  await harness.notes.setOverlay('note', await subjectOf(harness, 'safe journey home'), { note: 'at last' });
  const before = await harness.marks();
  await harness.import(writeChat({ ...plainStyle, to: 14 }), { conversations: { 0: await onlyConversation(harness) } });
  expect((await harness.messages()).length).toBe(18);
  expect(await harness.marks()).toEqual(before);
  expect(before).toEqual({
    '08:33:00 see you on saturday then': { bookmarked: true, note: null, tags: [] },
    '12:30:00 safe journey home': { bookmarked: false, note: 'at last', tags: [] },
  });
});

test('undone and imported again: the same conversation, and everything on the messages it was on', async () => {
  const harness = await markedHarness();
  const { id } = await harness.import(writeChat(plainStyle));
  const conversation = await onlyConversation(harness);
  await harness.notes.setOverlay('pinned', conversationSubject(conversation), { pinned: 'yes' });
  await harness.notes.setOverlay('bookmark', await subjectOf(harness, 'ok', 1), { bookmark: 'yes' });
  await harness.notes.setOverlay('tag', await subjectOf(harness, '星期六见'), tagFields([], ['周末', 'Plans']));
  const before = await harness.marks();
  expect(Object.keys(before)).toHaveLength(2);
  await harness.undo(id);
  expect(await harness.marks()).toEqual({});
  await harness.import(writeChat(plainStyle));
  expect(await onlyConversation(harness)).toBe(conversation);
  expect(await harness.marks()).toEqual(before);
  const bookmarked = await subjectOf(harness, 'ok', 1);
  expect((await harness.notes.overlays('bookmark')).filter(({ fields }) => fields['bookmark']?.value === 'yes').map(({ subject }) => subject)).toEqual([bookmarked]);
}); // prettier-ignore

test('one of two imports is undone: what the other holds too keeps its marks', async () => {
  const harness = await markedHarness();
  const { id } = await harness.import(writeChat({ ...plainStyle, to: 14 }));
  await harness.import(writeChat({ ...plainStyle, from: 6 }));
  await harness.notes.setOverlay('note', await subjectOf(harness, 'see you on saturday then'), { note: 'which one?' });
  const before = await harness.marks();
  await harness.undo(id);
  expect((await harness.messages()).length).toBe(12);
  expect(await harness.marks()).toEqual(before);
});

test('of two equal messages the second is undone: its mark waits, and does not go to the first', async () => {
  const harness = await markedHarness();
  await harness.import(writeChat({ ...plainStyle, to: 4 }));
  const { id } = await harness.import(writeChat(plainStyle), { conversations: { 0: await onlyConversation(harness) } });
  await harness.notes.setOverlay('note', await subjectOf(harness, 'ok', 1), { note: 'the second' });
  await harness.undo(id);
  expect((await harness.messages()).filter(({ text }) => text === 'ok')).toHaveLength(1);
  expect(await harness.marks()).toEqual({});
  await harness.import(writeChat(plainStyle), { conversations: { 0: await onlyConversation(harness) } });
  const marked = await subjectOf(harness, 'ok', 1);
  const notes = (await harness.notes.overlays('note')).filter(({ fields }) => fields['note']?.value === 'the second');
  expect(notes.map(({ subject }) => subject)).toEqual([marked]);
});

const android = (lines: readonly string[]): Record<string, string> => ({ 'WhatsApp Chat with Mum.txt': `${lines.join('\n')}\n` });
const around = (middle: readonly string[]): Record<string, string> =>
  android([
    '14/03/2024, 08:28 - Mum: the first of all that is said here',
    '14/03/2024, 08:29 - Li Wei: and the answer to it, with some words',
    ...middle.map((line) => `14/03/2024, 08:30 - Mum: ${line}`),
    '14/03/2024, 08:31 - Li Wei: then something about the boats',
    '14/03/2024, 08:32 - Mum: and last of all a farewell',
  ]);

const turnsOutToBeOne = async (harness: Marked): Promise<void> => {
  await harness.import(around(['meet me at ten']));
  await harness.import(around(['meet me at eleven']));
  await harness.notes.setOverlay('note', await subjectOf(harness, 'meet me at ten'), { note: 'too early' });
  await harness.notes.setOverlay('note', await subjectOf(harness, 'meet me at eleven'), { note: 'better' });
  await harness.notes.setOverlay('bookmark', await subjectOf(harness, 'meet me at eleven'), { bookmark: 'yes' });
  expect((await harness.messages()).length).toBe(6);
  // The fullest archive of the minute says which of the two is the other's version.
  await harness.import(around(['meet me at eleven <This message was edited>', 'and one more']));
  expect((await harness.messages()).map(({ text }) => text).filter((text) => text.startsWith('meet'))).toEqual(['meet me at eleven']);
};

const both: Record<string, Mark> = { '08:30:00 meet me at eleven': { bookmarked: true, note: expect.stringMatching(/too early|better/u) as string, tags: [] } }; // prettier-ignore

test('two messages that turn out to be one: their marks come together, both notes whole', async () => {
  const harness = await markedHarness();
  await turnsOutToBeOne(harness);
  const marks = await harness.marks();
  expect(marks).toEqual(both);
  const note = Object.values(marks)[0]?.note ?? '';
  expect(note.split('\n\n').toSorted()).toEqual(['better', 'too early']);
});

test('ended between the two roots: moved at the next opening, once', async () => {
  const harness = await markedHarness(false);
  await turnsOutToBeOne(harness);
  const reader = await harness.vault.openReader();
  const keeper = { ...harness.notes, overlays: () => harness.notes.overlays(null) };
  expect(await moveMarks(reader, keeper)).toBeGreaterThan(0);
  const marks = await harness.marks();
  expect(marks).toEqual(both);
  expect(await moveMarks(reader, keeper)).toBe(0);
  expect(await harness.marks()).toEqual(marks);
  reader.release();
});

test('a bookmark taken back after it was moved does not come again', async () => {
  const harness = await markedHarness();
  await turnsOutToBeOne(harness);
  await harness.notes.setOverlay('bookmark', await subjectOf(harness, 'meet me at eleven'), { bookmark: null });
  await harness.import(around(['meet me at eleven <This message was edited>', 'and one more', 'and another']));
  expect(Object.values(await harness.marks()).map(({ bookmarked }) => bookmarked)).toEqual([false]);
});

test('a conversation that is removed takes the words of its notes along', async () => {
  const harness = await markedHarness();
  await harness.import(writeChat(plainStyle));
  await harness.notes.setOverlay('note', await subjectOf(harness, '星期六见'), { note: 'a secret' });
  await harness.intake.removeConversation(await onlyConversation(harness), () => {}, 'here');
  expect(JSON.stringify(await harness.notes.overlays(null))).not.toContain('secret');
});

test('through a backup: on an empty device, and on one that numbers the same messages otherwise', async () => {
  const drive = makeDrive();
  const old = drive.device();
  await old.import(writeChat(plainStyle));
  const conversation = await onlyConversation(old);
  const seqOf = async (text: string) => (await old.messages()).find((message) => message.text === text)?.seq ?? -1;
  const mark = async (kind: OverlayKind, text: string, values: Readonly<Record<string, string | null>>): Promise<void> => {
    const subject = messageSubject({ conversation, seq: await seqOf(text) });
    const stamped = Object.entries(values).map(([name, value], counter) => [name, { value, stamp: { wallMs: 5, counter, device: 'd' } }]);
    old.overlays.set(`${kind} ${subject}`, { kind, subject, fields: Object.fromEntries(stamped) as Overlay['fields'] });
  };
  await mark('bookmark', '星期六见', { bookmark: 'yes' });
  await mark('note', '星期六见', { note: 'with an “umbrella”\n雨' });
  await mark('tag', 'safe journey home', tagFields(['taken back'], ['Wine & 家', '2024', '__proto__']));
  const expected = {
    星期六见: { bookmarked: true, note: 'with an “umbrella”\n雨', tags: [] },
    'safe journey home': { bookmarked: false, note: null, tags: ['2024', '__proto__', 'Wine & 家'] },
  };
  const later = drive.device();
  await later.import(writeChat({ ...plainStyle, from: 9 }));
  for (const device of [drive.device(), later]) {
    await device.restore(await old.backUp());
    const marks = readMarks([...device.overlays.values()]).get(await onlyConversation(device));
    const found = (await device.messages()).flatMap(({ seq, text }) => (marks?.has(seq) === true ? [[text, marks.get(seq)] as const] : []));
    expect(Object.fromEntries(found)).toEqual(expected);
  }
  expect((await later.messages()).find(({ text }) => text === '星期六见')?.seq).not.toBe(await seqOf('星期六见'));
});

// Sources that give ids: an edit is the same message, the newer export's reactions stand, two accounts stay apart.

import { expect, test } from 'vitest';
import type { IntakeHarness } from './intake-harness';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import type { TestRecord } from './record-importer';
import { recordImporter, writeRecords } from './record-importer';

const startMs = Date.UTC(2024, 5, 1, 9);
const open = (): IntakeHarness => makeHarness(makeMemoryArchive(), {}, [recordImporter]);
const base = { conversation: 'group 7', sender: 'Ann#1' };

function said(id: string, minutes: number, text: string, facts?: TestRecord['facts']): TestRecord {
  return { ...base, id, sentAtMs: startMs + minutes * 60_000, text, ...(facts === undefined ? {} : { facts }) };
}

const heart = (count: number): TestRecord['facts'] => ({ reactions: [{ emoji: '❤', count, by: [] }] });
const older = [said('1', 0, 'first text'), said('2', 0, 'ok'), said('3', 0, 'ok', heart(1)), said('4', 5, 'will go')];
const newer = [
  said('1', 0, 'second text', { edited: { editedAtMs: startMs + 600_000 } }),
  said('2', 0, 'ok'),
  said('3', 0, 'ok', heart(4)),
  said('5', 30, 'came later'),
];
const newest = [said('1', 0, 'third text', { edited: { editedAtMs: startMs + 900_000 } }), said('6', 60, 'the last one')];

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test('edits and reactions, in every order', async () => {
  const dumps = new Set<string>();
  for (const order of permutations([older, newer, newest])) {
    const harness = open();
    for (const records of order) await harness.import({ 'a.records': writeRecords(records) });
    const messages = await harness.messages();
    expect(messages.map(({ sourceId }) => sourceId).sort()).toEqual(['1', '2', '3', '4', '5', '6']);
    const edited = messages.find(({ sourceId }) => sourceId === '1');
    expect(edited?.text).toBe('third text');
    expect(edited?.facts?.olderTexts).toEqual([
      { text: 'first text', editedAtMs: null },
      { text: 'second text', editedAtMs: startMs + 600_000 },
    ]);
    expect(messages.find(({ sourceId }) => sourceId === '3')?.facts?.reactions).toEqual([{ emoji: '❤', count: 4, by: [] }]);
    dumps.add(await harness.dump());
  }
  expect(dumps.size).toBe(1);
});

test('undo of the edit brings the text back', async () => {
  const harness = open();
  await harness.import({ 'a.records': writeRecords(older) });
  const before = await harness.dump();
  const edit = await harness.import({ 'b.records': writeRecords(newer) });
  expect(edit).toMatchObject({ added: 1, known: 3, changed: 2 });
  await harness.undo(edit.id);
  expect(await harness.dump()).toBe(before);
});

test('an edit that two imports confirm outlives the undo of either', async () => {
  const harness = open();
  await harness.import({ 'a.records': writeRecords(older) });
  const first = await harness.import({ 'b.records': writeRecords(newer) });
  const second = await harness.import({ 'c.records': writeRecords([...newer, said('7', 90, 'more')]) });
  await harness.undo(first.id);
  expect((await harness.messages()).find(({ sourceId }) => sourceId === '1')?.text).toBe('second text');
  await harness.undo(second.id);
  expect((await harness.messages()).find(({ sourceId }) => sourceId === '1')?.text).toBe('first text');
});

test('two accounts that know the same person have two chats with them', async () => {
  const harness = open();
  const chat = (owner: string, text: string): string =>
    writeRecords([
      { conversation: 'user 9', sender: owner, owner, id: '1', sentAtMs: startMs, text },
      { conversation: 'user 9', sender: 'Kim#9', id: '2', sentAtMs: startMs, text: 'hello' },
    ]);
  await harness.import({ 'a.records': chat('Ann#1', 'from Ann') });
  await harness.import({ 'b.records': chat('Bo#2', 'from Bo') });
  await harness.import({ 'a.records': chat('Ann#1', 'from Ann') });
  const reader = await harness.vault.openReader();
  expect((await reader.conversations()).map(({ messageCount }) => messageCount)).toEqual([2, 2]);
  expect([...(await reader.people()).values()].map(({ sourceId }) => sourceId).sort()).toEqual(['1', '2', '9']);
});

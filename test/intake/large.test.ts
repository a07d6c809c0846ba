// More messages than a window holds, in any order; segments in which nothing changes stay as they are.

import { expect, test } from 'vitest';
import type { IntakeHarness } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import type { TestRecord } from './record-importer';
import { recordImporter, writeRecords } from './record-importer';

const startMs = Date.UTC(2020, 0, 1);

/** One every seven seconds, now and then three equal ones in one second. */
function makeRecords(count: number): TestRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const triple = index % 97 < 3;
    return {
      sentAtMs: startMs + (triple ? index - (index % 97) : index) * 7000,
      sender: index % 3 === 0 || triple ? 'Ann' : 'Bo',
      text: triple ? 'ok' : `message number ${index}`,
    };
  });
}

/** A fixed order that looks like none. */
function shuffle<Item>(items: readonly Item[]): Item[] {
  const keyed = items.map((item, index) => ({ item, key: Math.imul(index + 1, 0x9e3779b1) >>> 0 }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

const open = (): IntakeHarness => makeHarness(makeMemoryArchive(), {}, [recordImporter]);
const records = makeRecords(14_000);
const orders: readonly (readonly [string, readonly TestRecord[]])[] = [
  ['oldest first', records],
  ['newest first', records.toReversed()],
  ['in no order', shuffle(records)],
  ['two halves, the newer first', [...records.slice(7_000), ...records.slice(0, 7_000)]],
];

test.each(orders)('%s: the same messages, and known when they come again', async (_name, ordered) => {
  const straight = open();
  await straight.import({ 'a.records': writeRecords(records) });
  const harness = open();
  expect(await harness.import({ 'a.records': writeRecords(ordered) })).toMatchObject({
    messagesRead: records.length,
    added: records.length,
    problemCounts: {},
  });
  expect(await harness.dump()).toBe(await straight.dump());
  const plan = await harness.plan({ 'b.records': writeRecords(ordered) });
  expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', known: records.length, added: 0 });
  expect(await harness.import({ 'b.records': writeRecords(ordered) })).toMatchObject({ added: 0, changed: 0, known: records.length });
  expect(await straight.import({ 'b.records': writeRecords(ordered) })).toMatchObject({ added: 0, changed: 0, known: records.length });
});

test('only the segments that change are written again', async () => {
  const archive = makeMemoryArchive();
  const harness = makeHarness(archive, {}, [recordImporter]);
  await harness.import({ 'a.records': writeRecords(records) });
  const reader = await archive.openReader();
  const before = ((await reader.conversations())[0]?.segments ?? []).map(({ id }) => id);
  const late = { sentAtMs: (records[10_000]?.sentAtMs ?? 0) + 1000, sender: 'Bo', text: 'came late' };
  await harness.import({ 'b.records': writeRecords([...records.slice(9_990, 10_001), late, ...records.slice(10_001, 10_050)]) });
  const after = ((await (await archive.openReader()).conversations())[0]?.segments ?? []).map(({ id }) => id);
  expect(after.length - before.length).toBeLessThanOrEqual(1);
  expect(before.filter((id) => !after.includes(id))).toHaveLength(1);
  const messages = await harness.messages();
  expect(messages.findIndex(({ text }) => text === 'came late')).toBe(10_001);
  expect(messages.find(({ text }) => text === 'came late')?.seq).toBe(14_000);
});

test('newer messages join a small last segment, and else begin a new one', async () => {
  const archive = makeMemoryArchive();
  const harness = makeHarness(archive, {}, [recordImporter]);
  for (const count of [5000, 5010, 5020]) {
    await harness.import({ 'a.records': writeRecords(records.slice(0, count)) });
    const [entry] = await (await archive.openReader()).conversations();
    expect(entry?.segments.map(({ messageCount }) => messageCount).reduce((sum, each) => sum + each)).toBe(count);
    expect(entry?.segments).toHaveLength(2);
  }
});

test('many conversations, message by message in turn', async () => {
  const harness = makeHarness(await openRealVault(), {}, [recordImporter]);
  const mixed = records.slice(0, 3000).map((record, index) => ({ ...record, conversation: `chat ${index % 30}` }));
  expect(await harness.import({ 'a.records': writeRecords(mixed) })).toMatchObject({ added: 3000 });
  expect(await harness.import({ 'b.records': writeRecords(mixed.slice(1500)) })).toMatchObject({ added: 0, known: 1500 });
  const reader = await harness.vault.openReader();
  expect((await reader.conversations()).map(({ messageCount }) => messageCount)).toEqual(Array.from({ length: 30 }, () => 100));
  reader.release();
});

// Checks A10 and A14, and design.md §5: an archive whose messages are all known writes only a receipt.

import { describe, expect, test } from 'vitest';
import { plainStyle, writeChat } from './chat-text';
import type { TestFiles } from './intake-harness';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { recordImporter, writeRecords } from './record-importer';

const older = writeChat({ ...plainStyle, to: 12 });
const newer = writeChat({ ...plainStyle, from: 4 });
const whole = writeChat(plainStyle);

test('all known: a receipt, and no segment, conversation or person written', async () => {
  const archive = makeMemoryArchive();
  const harness = makeHarness(archive);
  const first = await harness.import(whole);
  const before = { ...archive.counts };
  for (const files of [whole, older, newer, writeChat({ ...plainStyle, language: 'zh', clock: 12 })]) {
    const dump = await harness.dump();
    const receipt = await harness.import(files);
    expect(receipt).toMatchObject({ added: 0, changed: 0, known: receipt.messagesRead });
    expect(await harness.dump()).toBe(dump);
  }
  expect(archive.counts).toEqual(before);
  const reader = await harness.vault.openReader();
  const receipts = await reader.receipts();
  expect(new Set(receipts.map(({ id }) => id)).size).toBe(5);
  expect(receipts.find(({ id }) => id === first.id)?.conversations[0]?.brought).toEqual([[0, 18]]);
});

test('a poorer and older export changes nothing that a richer and newer one brought', async () => {
  const harness = makeHarness();
  await harness.import(writeChat({ ...plainStyle, phone: 'iphone', withMedia: true, edited: 13, deleted: 8 }));
  await harness.import(whole);
  const rich = await harness.dump();
  await harness.import(older);
  expect(await harness.dump()).toBe(rich);
});

describe('A14: import(A), import(B) = import(B), import(A); twice = once', () => {
  test.each([
    ['overlapping', older, newer],
    ['older after newer', whole, older],
    ['edited and deleted', writeChat({ ...plainStyle, edited: 5, deleted: 3 }), whole],
  ])('%s', async (_name, a: TestFiles, b: TestFiles) => {
    const dumps = [];
    for (const order of [
      [a, b],
      [b, a],
      [a, b, a, b],
      [b, b, a, a],
    ]) {
      const harness = makeHarness();
      for (const files of order) await harness.import(files);
      dumps.push(await harness.dump());
    }
    expect(new Set(dumps).size).toBe(1);
  });
});

test('two chats with the same name are two, and the owner may say otherwise', async () => {
  const harness = makeHarness();
  await harness.import({
    'WhatsApp Chat with Mum.txt': '14/03/2024, 08:30 - Mum: this is a chat of its own\n14/03/2024, 08:31 - Li Wei: indeed it is\n',
  });
  const other = {
    'WhatsApp Chat with Mum.txt': '15/03/2024, 08:30 - Mum: and here is quite another\n15/03/2024, 08:31 - Jo: nothing in common\n',
  };
  const plan = await harness.plan(other);
  expect(plan.archives[0]?.conversations[0]).toMatchObject({ proposal: { kind: 'new' }, alternatives: [{ name: 'Mum' }] });
  await harness.import(other);
  const reader = await harness.vault.openReader();
  expect((await reader.conversations()).map(({ messageCount }) => messageCount)).toEqual([2, 2]);
});

test('A10: absurd times are kept in order, flagged, and can be shown', async () => {
  const times = [1_700_000_000_000, 0, -5, 292_277_026_596_000, 1e300, 1_700_000_060_000, -Infinity, NaN];
  const records = times.map((sentAtMs, index) => ({ sentAtMs, sender: 'Ann', text: `number ${index}` }));
  const harness = makeHarness(undefined, {}, [recordImporter]);
  const receipt = await harness.import({ 'times.records': writeRecords(records) });
  const messages = await harness.messages();
  expect(receipt.messagesRead).toBe(times.length);
  expect(receipt.problemCounts['bad-time']).toBe(6);
  expect(messages.every(({ sentAtMs }) => Number.isInteger(sentAtMs) && !Number.isNaN(new Date(sentAtMs).getTime()))).toBe(true);
  expect(messages.map(({ sentAtMs }) => sentAtMs)).toEqual(messages.map(({ sentAtMs }) => sentAtMs).toSorted((a, b) => a - b));
  const again = await harness.import({ 'times.records': writeRecords(records) });
  expect(again).toMatchObject({ added: 0, changed: 0 });
});

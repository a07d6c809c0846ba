import { expect, test } from 'vitest';
import { defaultChoice } from '../../src/intake/archive-job';
import type { ConversationId } from '../../src/model/ids';
import { chat, plainStyle, writeChat } from './chat-text';
import { makeHarness, openRealVault } from './intake-harness';

test('a shifted clock is asked about, and the answer holds', async () => {
  const harness = makeHarness();
  await harness.import(writeChat(plainStyle));
  const shifted = writeChat({ ...plainStyle, shiftMs: 8 * 3_600_000 });
  const plan = await harness.plan(shifted);
  const [archive] = plan.archives;
  expect(archive?.questions.find(({ kind }) => kind === 'clock-shift')).toMatchObject({
    id: 'clock-shift:0',
    answer: '-480',
    options: [
      { value: '-480', label: '−8:00' },
      { value: '0', label: '+0:00' },
    ],
  });
  expect(archive?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', known: chat.length, added: 0 });
  const choice = {
    archiveId: archive?.archiveId ?? '',
    answers: { 'clock-shift:0': '0' },
    conversations: {},
    fromMs: null,
    toMs: null,
    media: 'all',
  } as const;
  const unshifted = await harness.intake.replan(plan.planId, [choice], () => {});
  expect(unshifted.archives[0]?.conversations[0]?.proposal).toMatchObject({ known: 0, added: chat.length });
});

test('the zone chosen gives instants, and the wall clock stays', async () => {
  const harness = makeHarness();
  await harness.import(writeChat(plainStyle), { answers: { zone: 'Asia/Shanghai' } });
  const [first] = await harness.messages();
  expect(first?.sentAtMs).toBe((chat[0]?.atMs ?? 0) - 8 * 3_600_000);
  expect(first?.zoneOffsetMin).toBe(480);
  const reader = await harness.vault.openReader();
  expect((await reader.conversations())[0]?.zone).toBe('Asia/Shanghai');
  const plan = await harness.plan(writeChat({ ...plainStyle, clock: 12 }));
  expect(plan.archives[0]?.questions.find(({ kind }) => kind === 'zone')?.answer).toBe('Asia/Shanghai');
  const again = await harness.import(writeChat({ ...plainStyle, clock: 12 }));
  expect(again).toMatchObject({ added: 0, changed: 0, answers: { zone: 'Asia/Shanghai' } });
});

test('only the dates that were chosen', async () => {
  const harness = makeHarness();
  const [fromMs, toMs] = [chat[10]?.atMs ?? 0, chat[16]?.atMs ?? 0];
  const receipt = await harness.import(writeChat(plainStyle), { fromMs, toMs });
  expect(receipt).toMatchObject({ messagesRead: 6, added: 6 });
  expect(
    receipt.accounting.map(
      ({ sizeBytes, recordBytes, problemBytes, structureBytes }) => sizeBytes - recordBytes - problemBytes - structureBytes,
    ),
  ).toEqual([0]);
  await harness.import(writeChat(plainStyle));
  const alone = makeHarness();
  await alone.import(writeChat(plainStyle));
  expect(await harness.dump()).toBe(await alone.dump());
});

test('skipped means nothing is kept, and new means apart', async () => {
  const harness = makeHarness();
  const plan = await harness.plan(writeChat(plainStyle));
  const choice = {
    archiveId: plan.archives[0]?.archiveId ?? '',
    answers: {},
    conversations: { 0: 'skip' },
    fromMs: null,
    toMs: null,
    media: 'all',
  } as const;
  expect(await harness.intake.run(plan.planId, [choice], () => {})).toEqual([]);
  await harness.import(writeChat(plainStyle));
  await harness.import(writeChat(plainStyle), { conversations: { 0: 'new' } });
  expect(await harness.messages()).toHaveLength(2 * chat.length);
});

test('several archives of one chat in one drop become one conversation', async () => {
  const harness = makeHarness();
  const [older, newer] = [writeChat({ ...plainStyle, to: 12 }), writeChat({ ...plainStyle, phone: 'iphone', from: 5 })];
  const plan = await harness.plan({ ...older, ...newer, 'notes.txt': 'nothing that anyone knows' });
  expect(plan.unrecognised).toEqual(['notes.txt']);
  const choices = plan.archives.map(({ archiveId }) => defaultChoice(archiveId));
  expect(choices).toHaveLength(2);
  const receipts = await harness.intake.run(plan.planId, choices, () => {});
  expect(receipts.map(({ added }) => added).reduce((sum, added) => sum + added)).toBe(chat.length);
  expect(await harness.messages()).toHaveLength(chat.length);
});

test('a removed conversation is known when it comes again, and coming back is asked', async () => {
  const said: [string, boolean][] = [];
  const harness = makeHarness(await openRealVault(), { onRemoved: async (id, isRemoved) => void said.push([id, isRemoved]) });
  const files = writeChat({ ...plainStyle, phone: 'iphone', withMedia: true });
  const first = await harness.import(files);
  const id = first.conversations[0]?.conversation as ConversationId;
  await harness.intake.removeConversation(id, () => {});
  expect(await harness.dump()).toBe('');
  const plan = await harness.plan(files);
  expect(plan.archives[0]?.conversations[0]?.proposal).toEqual({
    kind: 'continues',
    conversation: id,
    name: 'Mum',
    known: 0,
    added: chat.length,
    removed: true,
  });
  const again = await harness.import(files);
  expect(again).toMatchObject({ added: chat.length, conversations: [{ conversation: id, brought: [[chat.length, 2 * chat.length]] }] });
  expect(said).toEqual([
    [id, true],
    [id, false],
  ]);
  await harness.undo(first.id);
  expect(await harness.messages()).toHaveLength(chat.length);
  await expect(harness.intake.removeConversation('nowhere' as ConversationId, () => {})).rejects.toMatchObject({ code: 'not-found' });
});

test('what nothing recognises is named', async () => {
  const plan = await makeHarness().plan({
    'notes.txt': 'nothing that anyone knows',
    'broken.zip': new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]),
  });
  expect(plan.archives).toEqual([]);
  expect(plan.unrecognised).toEqual(['notes.txt']);
  expect(plan.problems).toEqual([{ code: 'zip-damaged', detail: 'broken.zip' }]);
});

// Undo is exact: after any sequence of imports and undos the vault is as if only the imports that remain had ever been.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import type { ChatStyle } from './chat-text';
import { chat, plainStyle, writeChat } from './chat-text';
import type { IntakeHarness } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';

const styleArbitrary = fc.record({
  phone: fc.constantFrom('android', 'iphone'),
  language: fc.constantFrom('en', 'zh'),
  clock: fc.constantFrom(12, 24),
  withMedia: fc.boolean(),
  title: fc.constantFrom('Mum', 'Family'),
  edited: fc.constantFrom(3, 9, 13),
  isEdited: fc.boolean(),
  deleted: fc.constantFrom(2, 8, 15),
  isDeleted: fc.boolean(),
  from: fc.integer({ min: 0, max: 9 }),
  to: fc.integer({ min: 10, max: chat.length }),
});

type Style = typeof styleArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function write({ edited, isEdited, deleted, isDeleted, ...style }: Style): Record<string, string | Uint8Array> {
  return writeChat({ ...plainStyle, ...style, ...(isEdited ? { edited } : {}), ...(isDeleted ? { deleted } : {}) } as ChatStyle);
}

/** Into the one conversation that there is, so that what overlaps too little for a proposal goes there as well. */
async function importInto(harness: IntakeHarness, files: Record<string, string | Uint8Array>): Promise<ReceiptId> {
  const reader = await harness.vault.openReader();
  const [known] = await reader.conversations();
  reader.release();
  return (await harness.import(files, { conversations: known === undefined ? {} : { 0: known.id } })).id;
}

const steps = fc.tuple(
  fc.array(styleArbitrary, { minLength: 1, maxLength: 4 }),
  fc.array(fc.tuple(fc.boolean(), fc.nat()), { minLength: 2, maxLength: 8 }),
);

async function checkSteps([styles, moves]: [Style[], [boolean, number][]], open: () => Promise<IntakeHarness>): Promise<void> {
  const harness = await open();
  const live = new Map<Style, ReceiptId>();
  for (const [isUndo, pick] of moves) {
    const style = styles[pick % styles.length] as Style;
    const receipt = live.get(style);
    if (isUndo && receipt !== undefined) {
      await harness.undo(receipt);
      live.delete(style);
    } else if (receipt === undefined) live.set(style, await importInto(harness, write(style)));
  }
  const alone = await open();
  for (const style of live.keys()) await importInto(alone, write(style));
  expect(await harness.dump()).toBe(await alone.dump());
}

test('after any imports and undos: as the imports that remain give alone', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (each) => checkSteps(each, async () => makeHarness())),
    { numRuns: 80 },
  );
});

test('on the real vault', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (each) => checkSteps(each, async () => makeHarness(await openRealVault()))),
    { numRuns: 4 },
  );
});

test('a receipt stays, marked; what it brought is passed on; the overlay is written', async () => {
  const undone: ReceiptId[] = [];
  const harness = makeHarness(undefined, { onUndone: async (id) => void undone.push(id) });
  const first = await importInto(harness, writeChat({ ...plainStyle, to: 12 }));
  const second = await importInto(harness, writeChat({ ...plainStyle, from: 6 }));
  await harness.undo(first);
  const reader = await harness.vault.openReader();
  const receipts = new Map((await reader.receipts()).map((receipt) => [receipt.id, receipt]));
  expect(receipts.get(first)?.undoneAtMs).not.toBeNull();
  expect(receipts.get(second)?.conversations[0]?.brought).toEqual([[6, 18]]);
  expect(undone).toEqual([first]);
  expect(await harness.messages()).toHaveLength(chat.length - 6);
});

// Property: whatever was imported and undone in whatever order, and backed up meanwhile, the tree depends on what is imported now
// and what was undone; a vault restored from it has that tree again.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import { type ChatStyle, plainStyle, type Said, writeChat } from '../intake/chat-text';
import type { TestFiles } from '../intake/intake-harness';
import { type BackupHarness, makeBackupHarness } from './backup-harness';

/** Another chat altogether: what has texts in common may be taken for one, which is the owner's to decide. */
const words = ['rain', 'lantern', 'harbour', 'ticket', '饺子', 'tomorrow', 'bicycle', '火车', 'window', 'eleven', 'letter', 'soup'];
const others: readonly Said[] = words.map((word, number) => ({
  atMs: Date.UTC(2024, 1, 20, 7, 15) + Math.floor(number / 2) * 86_120_000 * 5,
  sender: number % 3 === 0 ? ('me' as const) : ('her' as const),
  text: `${word} and ${words[(number + 5) % words.length]}`,
}));
const other = { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } };
const mum = (style: Partial<ChatStyle>): TestFiles => writeChat({ ...plainStyle, ...style });

const telegram = (messages: readonly object[]): TestFiles => ({
  'result.json': JSON.stringify({ name: 'Wei', type: 'personal_chat', id: 4711, messages }, null, 1),
});
const said = (id: number, from: string, text: string): object => ({
  id,
  type: 'message',
  date: `2024-03-${String(10 + id).padStart(2, '0')}T09:00:00`,
  date_unixtime: String(1_710_061_200 + id * 86_400),
  from,
  from_id: `user${from.length}`,
  text,
  text_entities: [{ type: 'plain', text }],
});

const archives: readonly TestFiles[] = [
  mum({ to: 10 }),
  mum({ withMedia: true, deleted: 4 }),
  mum({ phone: 'iphone', from: 4, to: 16 }),
  mum({ phone: 'iphone', language: 'zh', withMedia: true, edited: 8 }),
  writeChat(other, others.slice(0, 9)),
  writeChat({ ...other, names: { me: 'Li Wei', her: 'Bo Zhang' } }, others.slice(2)),
  telegram([said(1, 'Wei', 'hello'), said(2, 'Ana', 'hello yourself')]),
  telegram([said(2, 'Ana', 'hello yourself'), said(3, 'Wei Chen', 'new name')]),
];

interface Step {
  readonly archive: number;
  readonly isUndo: boolean;
}

/** Each archive's undo, where there is one, comes after its import. */
function stepsOf(chosen: readonly number[], undone: ReadonlySet<number>, order: readonly number[]): Step[] {
  const all = chosen.flatMap((archive) => [{ archive, isUndo: false }, ...(undone.has(archive) ? [{ archive, isUndo: true }] : [])]);
  const ranked = all.map((step, index) => ({ step, rank: order[index] ?? 0 }));
  const steps = ranked.sort((a, b) => a.rank - b.rank).map(({ step }) => step);
  const imports = new Set<number>();
  return steps.map((step) => {
    const isUndo = imports.has(step.archive);
    imports.add(step.archive);
    return { archive: step.archive, isUndo };
  });
}

/** `isEager`: a backup after each step, so that the last one stands on what all of them remembered. */
async function snapshotOf(steps: readonly Step[], isEager: boolean): Promise<BackupHarness> {
  const harness = makeBackupHarness();
  const receipts = new Map<number, ReceiptId>();
  for (const { archive, isUndo } of steps) {
    const receipt = receipts.get(archive);
    if (isUndo && receipt !== undefined) await harness.intake.undo(receipt);
    else receipts.set(archive, (await harness.intake.import(archives[archive] ?? {})).id);
    if (isEager) await harness.push(true);
  }
  if (!isEager) await harness.push();
  return harness;
}

async function restore(from: BackupHarness): Promise<BackupHarness> {
  const harness = makeBackupHarness();
  await harness.intake.import(await from.rawFiles());
  await harness.push();
  return harness;
}

const anyCase = fc
  .tuple(
    fc.uniqueArray(fc.nat({ max: archives.length - 1 }), { minLength: 2, maxLength: 5 }),
    fc.uniqueArray(fc.nat({ max: archives.length - 1 }), { maxLength: 3 }),
    fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
    fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  )
  .map(([chosen, undone, one, two]) => [stepsOf(chosen, new Set(undone), one), stepsOf(chosen, new Set(undone), two)] as const);

test('random sequences of imports and undos, with backups between them or without, and restored', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ([one, two]) => {
      const first = await snapshotOf(one, true);
      const second = await snapshotOf(two, false);
      expect(await second.files()).toEqual(await first.files());
      expect(second.tree).toBe(first.tree);
      const restored = await restore(first);
      expect(await restored.files()).toEqual(await first.files());
      expect(restored.tree).toBe(first.tree);
    }),
    { numRuns: 30 },
  );
});

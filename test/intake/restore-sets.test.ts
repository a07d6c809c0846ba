// Property: imports, undos and restores in any order, on any device, give what the union of the sets of imports gives.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import { receiptSubject } from '../../src/model/overlay-index';
import { type ChatStyle, plainStyle, type Said, writeChat } from './chat-text';
import type { TestFiles } from './intake-harness';
import { type Device, makeDrive } from './restore-harness';
import { writeRecords } from './record-importer';
import { recordImporter } from './record-importer';
import { importers } from '../../src/importers/registry';

const words = ['rain', 'lantern', 'harbour', 'ticket', '饺子', 'tomorrow', 'bicycle', '火车', 'window', 'eleven', 'letter', 'soup'];
const others: readonly Said[] = words.map((word, number) => ({
  atMs: Date.UTC(2024, 1, 20, 7, 15) + Math.floor(number / 2) * 86_120_000 * 5,
  sender: number % 3 === 0 ? ('me' as const) : ('her' as const),
  text: `${word} and ${words[(number + 5) % words.length]}`,
}));
const other = { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } };
const mum = (style: Partial<ChatStyle>): TestFiles => writeChat({ ...plainStyle, ...style });
const group = (texts: readonly string[], from: number): TestFiles => ({
  'group.records': writeRecords(
    texts.map((text, index) => ({
      sentAtMs: Date.UTC(2024, 3, 1) + (from + index) * 3_600_000,
      sender: index % 2 === 0 ? 'Ann#1' : 'Bo#2',
      owner: 'Ann#1',
      text,
      id: String(from + index),
      conversation: 'group 7',
    })),
  ),
});

/** Whichever of them are there, the conversations of those that belong together are known to be one. */
const archives: readonly TestFiles[] = [
  mum({ to: 12 }),
  mum({ withMedia: true, deleted: 4 }),
  mum({ phone: 'iphone', from: 2, to: 17 }),
  mum({ phone: 'iphone', language: 'zh', withMedia: true, edited: 8 }),
  writeChat(other, others.slice(0, 9)),
  writeChat({ ...other, names: { me: 'Li Wei', her: 'Bo Zhang' } }, others.slice(2)),
  group(['one', 'two', 'three'], 0),
  group(['two', 'three, edited', 'four'], 1),
];

interface Step {
  readonly device: number;
  readonly archive: number;
  readonly what: 'import' | 'undo' | 'restore';
}

const steps = fc.array(
  fc.record({
    device: fc.nat({ max: 2 }),
    archive: fc.nat({ max: archives.length - 1 }),
    what: fc.constantFrom('import', 'import', 'import', 'restore', 'restore', 'undo'),
  }),
  { minLength: 3, maxLength: 9 },
) as fc.Arbitrary<Step[]>;

const known = [...importers, recordImporter];

async function run(
  all: readonly Step[],
): Promise<{ devices: readonly Device[]; live: ReadonlyMap<number, ReceiptId>; undone: readonly ReceiptId[] }> {
  const drive = makeDrive();
  const devices = [0, 1, 2].map(() => drive.device({ importers: known }));
  const made = new Map<number, ReceiptId>();
  const undone = new Set<ReceiptId>();
  for (const { device: number, archive, what } of all) {
    const device = devices[number] as Device;
    const receipts = await (await device.vault.openReader()).receipts();
    const receipt = receipts.find(({ id }) => id === made.get(archive));
    if (what === 'restore') await device.restore(await (devices[(number + 1 + (archive % 2)) % 3] as Device).backUp());
    else if (what === 'undo' && receipt?.undoneAtMs === null) {
      undone.add(receipt.id);
      await device.undo(receipt.id);
    } else if (what === 'import' && receipt === undefined && !undone.has(made.get(archive) as ReceiptId))
      made.set(archive, (await device.import(archives[archive] ?? {})).id);
  }
  return { devices, live: new Map([...made].filter(([, id]) => !undone.has(id))), undone: [...undone] };
}

test('devices that restore each other hold the same, and what one that imported all would hold', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { devices, live, undone } = await run(all);
      const [first, second, third] = devices as [Device, Device, Device];
      for (const [to, from] of [
        [first, second],
        [first, third],
        [second, first],
        [third, first],
      ] as const)
        await to.restore(await from.backUp());
      const dump = await first.canonical();
      expect(await second.canonical()).toBe(dump);
      expect(await third.canonical()).toBe(dump);
      await third.restore(await second.backUp());
      expect(await third.canonical()).toBe(dump);

      const alone = makeDrive().device({ importers: known });
      for (const archive of live.keys()) await alone.import(archives[archive] ?? {});
      const isUndone = (line: string): boolean =>
        undone.some((id) => line.startsWith(`receipt ${id} `) || line.endsWith(receiptSubject(id)));
      const expected = (await alone.canonical()).split('\n');
      const left = dump.split('\n').filter((line) => line !== '' && !isUndone(line) && !line.startsWith('overlay undone'));
      expect(left).toEqual(expected.filter((line) => line !== ''));
    }),
    { numRuns: 40 },
  );
});

// Trees are read a few at once: each waits for the drive.

import { expect, it } from 'vitest';
import type { Drive } from '../../../src/drives/drive';
import { createMemoryDrive } from '../../../src/drives/memory';
import { backUp, create, open, silent } from './small-repository';

/** A drive that takes a moment for each file it gives. */
function slowToRead(drive: Drive): { readonly drive: Drive; readonly most: () => number } {
  let [reading, most] = [0, 0];
  const read: Drive['read'] = async (name, range) => {
    most = Math.max(most, ++reading);
    await new Promise((resolve) => setTimeout(resolve, 2));
    reading -= 1;
    return drive.read(name, range);
  };
  return { drive: { ...drive, read }, most: () => most };
}

it('a check waits for several trees at once, and finds each that is lost', async () => {
  const memory = createMemoryDrive();
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`folder-${at}/file`, `text ${at}`]));
  const small = { packBytes: 1 };
  await create(memory, small);
  await backUp(await open(memory, small), files);
  const slow = slowToRead(memory);
  const repository = await open(slow.drive);
  expect((await repository.check(silent)).faults).toEqual([]);
  expect(slow.most()).toBe(4);

  const packs = [...memory.files.keys()].filter((name) => name.startsWith('data/'));
  const lost = packs.filter((_, at) => at % 9 === 0);
  for (const name of lost) memory.files.delete(name);
  const { faults, snapshots } = await repository.check(silent);
  expect(snapshots).toBe(1);
  expect(new Set(faults.filter(({ what }) => what === 'pack-missing').map((fault) => fault.id))).toEqual(
    new Set(lost.map((name) => name.split('/').at(-1))),
  );
});

// Checks E2 and E6: each call of a small backup fails once, or fails from then on. A fault that passes is survived; one that
// stays ends the backup with its own code. What was there before stays whole, and the next backup goes on from what was sent.

import { expect, describe, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import { retrying } from '../../src/drives/retry';
import { createFlakyDrive, type DriveFault } from '../faults/flaky-drive';
import { codeOf } from '../repository/operations/small-repository';
import { copyOf, type Device, earlier, impatient, later, makeDevice, namesIn, readSnapshot, silent } from './faults-device';

interface Base {
  readonly device: Device;
  readonly id: string;
  readonly drive: MemoryDrive;
  readonly entries: ReadonlyMap<string, string>;
  readonly snapshot: string;
  readonly files: ReadonlyMap<string, string>;
  /** What an undisturbed second backup sends. */
  readonly sentBytes: number;
}

/** A device with one snapshot on its drive and an archive that came in since. */
const prepared: Promise<Base> = (async () => {
  const drive = createMemoryDrive();
  const device = await makeDevice([earlier], drive);
  const id = await device.addDrive();
  const { snapshot } = await device.run(id);
  const files = await readSnapshot(device, id, snapshot?.id ?? '');
  await device.vault.intake.import(later);
  const entries = new Map(device.entries);
  device.restart(copyOf(drive));
  const { sentBytes } = await device.run(id);
  return { device, id, drive, entries, snapshot: snapshot?.id ?? '', files, sentBytes };
})();

/** The device as it was before its second backup, with a copy of its drive behind `wrap`. */
async function begin<Wrapped extends Drive>(wrap: (drive: MemoryDrive) => { drive: Drive; watched: Wrapped }) {
  const base = await prepared;
  const drive = copyOf(base.drive);
  base.device.entries.clear();
  for (const [key, value] of base.entries) base.device.entries.set(key, value);
  const { drive: given, watched } = wrap(drive);
  base.device.restart(given);
  return { ...base, drive, watched };
}

/** Nothing is lost: all snapshots are there and whole, and the earlier one is what it was. */
async function checkWhole({ device, id, snapshot, files }: Base, where: string, snapshots: number): Promise<void> {
  const { faults } = await device.backup.verify(id, 1, silent);
  expect(
    faults.filter(({ what }) => what !== 'pack-unindexed' && what !== 'stale-lock'),
    where,
  ).toEqual([]);
  expect(
    (await device.backup.history(id)).map(({ messages }) => messages !== null),
    where,
  ).toEqual(Array(snapshots).fill(true));
  expect(await readSnapshot(device, id, snapshot), where).toEqual(files);
}

/** All calls that go to the drive: its time is remembered from their answers. */
const calls = ['list', 'read', 'size', 'create', 'remove'] as const;

const passing: readonly Omit<DriveFault, 'failAt'>[] = [
  { kind: 'drive-unreachable' },
  { kind: 'drive-failed', facts: { status: 500 } },
  { kind: 'drive-busy', facts: { status: 429, waitMs: 2000 } },
  { kind: 'drive-damaged' },
  { kind: 'lost-answer' },
  { kind: 'hang' },
];

describe('a fault that passes', () => {
  test.each(passing)('$kind at any call is survived, and nothing is there twice', { timeout: 120_000 }, async (fault) => {
    for (let failAt = 1; ; failAt += 1) {
      const begun = await begin((drive) => {
        const watched = createFlakyDrive(drive, { ...fault, calls, failAt });
        return { drive: retrying(watched, impatient), watched };
      });
      const outcome = await codeOf(begun.device.run(begun.id));
      const where = `call ${failAt} of ${begun.watched.log.join(', ')}`;
      expect(outcome, where).toBe('nothing was thrown');
      begun.device.restart(begun.drive);
      await checkWhole(begun, where, 2);
      expect([namesIn(begun.drive, 'locks'), namesIn(begun.drive, 'snapshots').length], where).toEqual([[], 2]);
      expect((await begun.device.backup.check(begun.id, silent)).faults, where).toEqual([]);
      if (!begun.watched.hasFailed()) {
        expect(failAt).toBeGreaterThan(20);
        return;
      }
    }
  });
});

const staying: readonly Omit<DriveFault, 'failAt'>[] = [
  { kind: 'drive-unreachable' },
  { kind: 'drive-full' },
  { kind: 'drive-unauthorised' },
  { kind: 'drive-failed', facts: { status: 500 } },
];

describe('a fault that stays', () => {
  test.each(staying)('$kind from any call on ends the backup, and the next one goes on', { timeout: 120_000 }, async (fault) => {
    const outcomes = new Set<string>();
    for (let failAt = 1; ; failAt += 1) {
      const begun = await begin((drive) => {
        const watched = createFlakyDrive(drive, { ...fault, calls, failAt, times: Infinity });
        return { drive: watched, watched };
      });
      const outcome = await codeOf(begun.device.run(begun.id));
      const where = `from call ${failAt} on: ${begun.watched.log.join(', ')}`;
      outcomes.add(outcome);
      const hadSnapshots = namesIn(begun.drive, 'snapshots').length;
      begun.device.restart(begun.drive);
      await checkWhole(begun, where, hadSnapshots);
      const again = await begun.device.run(begun.id);
      expect(again.sentBytes, where).toBeLessThan(begun.sentBytes * 1.05);
      expect(again.snapshot === null, where).toBe(hadSnapshots === 2);
      await checkWhole(begun, where, 2);
      if (!begun.watched.hasFailed()) break;
    }
    expect([...outcomes].sort()).toEqual(['nothing was thrown', fault.kind].sort());
  });
});

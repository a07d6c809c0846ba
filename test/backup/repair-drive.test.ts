import { expect, test } from 'vitest';
import { loadDriveState } from '../../src/backup/drive-record';
import { createMemoryDrive } from '../../src/drives/memory';
import { copyOf, earlier, later, makeDevice, namesIn, silent } from './faults-device';

test('a repair tells what was healed and what stayed lost, and snapshots that it wrote anew are not missed', async () => {
  const drive = createMemoryDrive();
  const device = await makeDevice([earlier], drive);
  const id = await device.addDrive();
  await device.run(id);
  await device.vault.intake.import(later);
  await device.run(id);
  const entries = new Map(device.entries);
  const { notes } = device.environment.vault;
  const seen = { healed: 0, rewritten: 0 };
  for (const name of namesIn(drive, 'data')) {
    const harmed = copyOf(drive);
    harmed.files.delete(name);
    device.entries.clear();
    for (const [key, value] of entries) device.entries.set(key, value);
    device.restart(harmed);
    const plan = await device.backup.planRepair(id, silent);
    const before = await device.backup.history(id);
    const result = await device.backup.repair(id, plan, silent);
    const after = await device.backup.history(id);
    seen.healed += result.healedBlobs;
    seen.rewritten += after.filter((snapshot) => before.every((each) => each.id !== snapshot.id)).length;
    const { remembered, vanished, hasFaults } = await loadDriveState(notes, id);
    expect({ vanished, hasFaults }, name).toEqual({ vanished: 0, hasFaults: false });
    expect(remembered.map((each) => each.id).sort(), name).toEqual(after.map((each) => each.id).sort());
    expect(await device.run(id), name).toMatchObject({ snapshot: null, sentBytes: 0 });
  }
  expect(seen.healed).toBeGreaterThan(0);
  expect(seen.rewritten).toBeGreaterThan(0);
});

// What is said of a drive's health, and when it is looked at by itself.
import { describe, expect, it } from 'vitest';
import { loadDriveState } from '../../src/backup/drive-record';
import { CamphorError } from '../../src/model/error';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { BackupEnvironment } from '../../src/backup/environment';
import { type DoctorReport, type DriveTraits, unknownTraits } from '../../src/model/drive';
import { type Device, earlier, later, makeDevice, namesIn, passphrase, place, silent } from './faults-device';

const dayMs = 86_400_000;

async function backedUp(): Promise<{ readonly device: Device; readonly drive: MemoryDrive; readonly id: string }> {
  const drive = createMemoryDrive();
  const device = await makeDevice([earlier], drive);
  const id = await device.addDrive();
  await device.run(id);
  return { device, drive, id };
}

const warnings = async ({ backup }: Device): Promise<readonly string[]> => (await backup.drives()).flatMap((drive) => drive.warnings);

/** Flips a bit in the middle of a pack: its size, and with it the structure, stay as they were. */
function harmPack(drive: MemoryDrive): void {
  for (const name of namesIn(drive, 'data')) {
    const bytes = drive.files.get(name);
    if (bytes !== undefined) bytes[40] = (bytes[40] ?? 0) ^ 1;
  }
}

describe('packs that were read and are not whole', () => {
  it('stay a warning, and nothing is let go, however well the structure looks, until they are mended', async () => {
    const { device, drive, id } = await backedUp();
    harmPack(drive);
    expect((await device.backup.verify(id, 1, silent)).faults.length).toBeGreaterThan(0);
    device.restart();
    await device.backup.check(id, silent);
    expect(await warnings(device)).toContain('verify-failed');
    await expect(device.backup.planForget(id)).rejects.toMatchObject({ code: 'repository-damaged' });
    await device.backup.repair(id, await device.backup.planRepair(id, silent), silent);
    expect(await warnings(device)).not.toContain('verify-failed');
    expect((await device.backup.verify(id, 1, silent)).faults).toEqual([]);
  });
});

describe('a part of the packs', () => {
  it('is read again with the first backup after a week, and not before', async () => {
    const { device, id } = await backedUp();
    const verifiedAtMs = async (): Promise<number | null> => (await loadDriveState(device.environment.vault.notes, id)).lastVerifiedAtMs;
    await device.vault.intake.import(later);
    device.clock.nowMs += 6 * dayMs;
    await device.run(id);
    expect(await verifiedAtMs()).toBeNull();
    device.clock.nowMs += 2 * dayMs;
    await device.run(id);
    const first = await verifiedAtMs();
    expect(first).not.toBeNull();
    device.clock.nowMs += 6 * dayMs;
    await device.run(id);
    expect(await verifiedAtMs()).toBe(first);
  });
});

describe('snapshots that are gone', () => {
  it('are said, and stop the letting go, until the owner has looked and found the rest whole', async () => {
    const { device, drive, id } = await backedUp();
    await device.vault.intake.import(later);
    await device.run(id);
    const [gone] = namesIn(drive, 'snapshots');
    drive.files.delete(gone ?? '');
    await device.backup.history(id);
    expect(await warnings(device)).toContain('snapshots-vanished');
    for (const plan of [device.backup.planForget, device.backup.planPrune])
      await expect(plan(id)).rejects.toMatchObject({ code: 'snapshots-vanished' });
    await device.backup.check(id, silent);
    expect(await warnings(device)).not.toContain('snapshots-vanished');
    expect((await device.backup.planForget(id)).remove).toEqual([]);
  });
});

describe('a drive that was emptied while the session knew its repository', () => {
  it('gets nothing, is told as gone, and can be set up again', async () => {
    const { device, drive, id } = await backedUp();
    await device.vault.intake.import(later);
    drive.files.clear();
    for (const verb of ['plan', 'run', 'check', 'addKey'] as const) {
      const work = {
        plan: () => device.backup.plan(id, silent),
        run: () => device.run(id),
        check: () => device.backup.check(id, silent),
        addKey: () => device.backup.addKey(id, { kind: 'passphrase', text: 'another seven quiet moths' }),
      }[verb]();
      await expect(work, verb).rejects.toMatchObject({ code: 'no-repository' });
    }
    expect([...drive.files.keys()]).toEqual([]);
    expect(await warnings(device)).toContain('drive-gone');
    await device.backup.dropDrive(id);
    const again = await device.addDrive();
    await device.run(again);
    expect((await device.backup.verify(again, 1, silent)).faults).toEqual([]);
    expect(await warnings(device)).not.toContain('drive-gone');
  });

  it('is not called backed up where that happened in the middle of a backup', async () => {
    const drive = createMemoryDrive();
    const create: MemoryDrive['create'] = async (name, ...rest) => {
      if (name.startsWith('snapshots/')) drive.files.clear();
      await drive.create(name, ...rest);
    };
    const device = await makeDevice([earlier], { ...drive, create });
    const id = await device.addDrive();
    await expect(device.run(id)).rejects.toMatchObject({ code: 'no-repository' });
    expect(await warnings(device)).toEqual(expect.arrayContaining(['drive-gone', 'never-backed-up']));
  });
});

describe('a backup that failed', () => {
  it('is said until one comes to its end, and a sign-in that has ended by its own name', async () => {
    const drive = createMemoryDrive();
    const answers: { fails: CamphorError | null } = { fails: null };
    const list: MemoryDrive['list'] = (folder) => (answers.fails ? Promise.reject(answers.fails) : drive.list(folder));
    const device = await makeDevice([earlier], { ...drive, list });
    const id = await device.addDrive();
    await device.run(id);
    for (const [code, warning] of [
      ['drive-full', 'backup-failed'],
      ['drive-signed-out', 'signed-out'],
      ['drive-unauthorised', 'signed-out'],
    ] as const) {
      for (const verb of ['plan', 'others', 'run'] as const) {
        answers.fails = new CamphorError(code);
        const work = verb === 'run' ? device.run(id) : device.backup[verb](id, silent);
        await expect(work, verb).rejects.toMatchObject({ code });
        expect(await warnings(device), verb).toContain(warning);
        answers.fails = null;
        await device.run(id);
        expect(await warnings(device), verb).not.toContain(warning);
      }
    }
  });

  it('has sent what it sent: the next one sends what is missing', async () => {
    const drive = createMemoryDrive();
    const [sent, answers]: [string[], { isFull: boolean }] = [[], { isFull: true }];
    const create: MemoryDrive['create'] = async (name, ...rest) => {
      if (name.startsWith('index/') && answers.isFull) throw new CamphorError('drive-full');
      await drive.create(name, ...rest);
      if (name.startsWith('data/')) sent.push(name);
    };
    const device = await makeDevice([earlier], { ...drive, create });
    const id = await device.addDrive();
    await expect(device.run(id)).rejects.toMatchObject({ code: 'drive-full' });
    const before = sent.length;
    expect(before).toBeGreaterThan(0);
    answers.isFull = false;
    for (const isNewSession of [false, true]) {
      if (isNewSession) device.restart();
      await device.run(id);
      expect(sent.length).toBe(before);
    }
    expect((await device.backup.verify(id, 1, silent)).faults).toEqual([]);
  });

  it('leaves a lock where the drive let it take none away, which goes with the next backup', async () => {
    const drive = createMemoryDrive();
    const answers: { fails: CamphorError | null } = { fails: null };
    const unless = <Value>(work: () => Promise<Value>): Promise<Value> => (answers.fails ? Promise.reject(answers.fails) : work());
    const create: MemoryDrive['create'] = (name, ...rest) => {
      if (name.startsWith('index/') && answers.fails === null) answers.fails = new CamphorError('drive-signed-out');
      return unless(() => drive.create(name, ...rest));
    };
    const device = await makeDevice([earlier], { ...drive, create, remove: (name) => unless(() => drive.remove(name)) });
    const id = await device.addDrive();
    await expect(device.run(id)).rejects.toMatchObject({ code: 'drive-signed-out' });
    expect(namesIn(drive, 'locks')).toHaveLength(1);
    device.restart(drive);
    await device.run(id);
    expect(namesIn(drive, 'locks')).toEqual([]);
  });

  it('is none where the owner paused it', async () => {
    const { device, id } = await backedUp();
    const running = device.run(id);
    await device.backup.pause();
    await running.catch(() => undefined);
    expect(await warnings(device)).not.toContain('backup-failed');
  });
});

describe('what was found out about a drive before it was added', () => {
  it('is known when it is used, and of settings that were not examined nothing is', async () => {
    const drive = createMemoryDrive();
    const asked: boolean[] = [];
    const open: BackupEnvironment['drives']['open'] = async (_, traits) => {
      asked.push(traits.isAtomic);
      return drive;
    };
    const traits: DriveTraits = { ...unknownTraits, isAtomic: true };
    const examine = async (): Promise<DoctorReport> => ({ steps: [], usable: true, traits, holds: 'nothing' });
    const device = await makeDevice([earlier], drive, { drives: { open, examine } });
    await device.backup.examine(place, silent);
    await device.run(await device.addDrive());
    expect(new Set(asked)).toEqual(new Set([true]));
    asked.splice(0);
    await device.backup.addDrive(
      { ...place, url: 'https://drive.example/other/' },
      { name: 'Other', mode: 'open', secret: passphrase },
      silent,
    );
    expect(asked).toEqual([false]);
  });
});

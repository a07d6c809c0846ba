// What is damaged on the drive and whole in the vault is sent anew, so that older snapshots are whole again too.

import { beforeAll, describe, expect, test } from 'vitest';
import { healFromVault } from '../../src/backup/heal';
import { pushBackup } from '../../src/backup/push';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import { CamphorError } from '../../src/model/error';
import type { RepairResult, Repository } from '../../src/repository/repository';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { copyDrive, create, namesBelow, reopen, restoreFiles, silent } from '../repository/operations/small-repository';
import { makeRealVault, type RealVault } from './real-vault';

const family = writeChat({ ...plainStyle, withMedia: true });
const later = writeChat(
  { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } },
  chat.map((said, at) => ({ ...said, text: `${at}. word`, atMs: said.atMs + 1e10 })),
);
const more = { packBytes: 2048 };

interface Base {
  readonly vault: RealVault;
  readonly drive: MemoryDrive;
  readonly masterKey: Uint8Array;
}

type Restored = Readonly<Record<string, string>>;

let base: Base;
let before: ReadonlyMap<string, Restored>;

async function restoreAll(repository: Repository): Promise<Map<string, Restored>> {
  const restored = new Map<string, Restored>();
  for (const { hostname, takenAtMs, tree } of (await repository.snapshots()).snapshots)
    restored.set(`${hostname} ${takenAtMs}`, await restoreFiles(repository, tree));
  return restored;
}

/** Two snapshots of this device: the second has a conversation more. */
beforeAll(async () => {
  const vault = await makeRealVault([family]);
  const drive = createMemoryDrive();
  const repository = await create(drive, more);
  await pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
  await vault.intake.import(later);
  await pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
  base = { vault, drive, masterKey: repository.exportMasterKey() };
  before = await restoreAll(repository);
});

/** The drive's files are changed, all of it is verified, and it is repaired from the vault. */
async function repaired(harm: (drive: MemoryDrive, repository: Repository) => Promise<void> | void, vault = base.vault) {
  const drive = copyDrive(base.drive);
  const untouched = await reopen(copyDrive(base.drive), base.masterKey, more);
  await untouched.loadIndex();
  await harm(drive, untouched);
  const repository = await reopen(drive, base.masterKey, more);
  await repository.verify({ share: 1, readAtMs: new Map() }, silent);
  const heal = healFromVault({ ...vault.environment(repository), repositoryId: repository.id });
  const result = await repository.repair(await repository.planRepair(silent), silent, heal);
  const again = await reopen(drive, base.masterKey, more);
  const { faults } = await again.verify({ share: 1, readAtMs: new Map() }, silent);
  expect(faults).toEqual([]);
  return { result, drive, restored: await restoreAll(again) };
}

function flip(drive: MemoryDrive, name: string): void {
  const bytes = drive.files.get(name) ?? new Uint8Array(1);
  for (let at = 20; at < bytes.length; at += 100) bytes[at] = (bytes[at] ?? 0) ^ 1;
}

/** Packs in which that kind of blob lies: every pack holds one kind. */
async function packsOf(repository: Repository, type: 'data' | 'tree'): Promise<string[]> {
  const found: string[] = [];
  const wanted = new Set<string>();
  const walk = async (tree: string): Promise<void> => {
    wanted.add(type === 'tree' ? tree : '');
    for (const node of await repository.readTree(tree)) {
      if (type === 'data') for (const id of node.content) wanted.add(id);
      if (node.subtree !== null) await walk(node.subtree);
    }
  };
  for (const { tree } of (await repository.snapshots()).snapshots) await walk(tree);
  for (const name of namesBelow(base.drive, 'data')) {
    const without = copyDrive(base.drive);
    without.files.delete(name);
    const lacking = await reopen(without, base.masterKey, more);
    const { lostBlobs } = await lacking.planRepair(silent);
    if (lostBlobs.some((blob) => blob.type === type)) found.push(name);
  }
  return found;
}

describe('a repair from the vault', () => {
  test('of any pack that is gone makes the newest snapshot whole, and older ones as far as the vault has them', async () => {
    let healedBlobs = 0;
    for (const name of namesBelow(base.drive, 'data')) {
      const { result, restored } = await repaired((drive) => void drive.files.delete(name));
      // By chance a pack may hold nothing but what only the older snapshot had.
      healedBlobs += result.healedBlobs;
      expectNewestWhole(restored, result);
    }
    expect(healedBlobs).toBeGreaterThan(3);
  });

  test('of a pack with flipped bits', async () => {
    const { result, restored } = await repaired(async (drive, repository) => flip(drive, (await packsOf(repository, 'data'))[0] ?? ''));
    expect(result.healedBlobs).toBeGreaterThan(0);
    expectNewestWhole(restored, result);
  });

  test('of all packs of trees brings back every tree that the vault still gives', async () => {
    const { result, restored } = await repaired(async (drive, repository) => {
      for (const name of await packsOf(repository, 'tree')) drive.files.delete(name);
    });
    expect(result.healedBlobs).toBeGreaterThan(3);
    expectNewestWhole(restored, result);
  });

  test('of all packs brings the newest snapshot back from nothing', async () => {
    const { result, restored } = await repaired((drive) => namesBelow(drive, 'data').forEach((name) => drive.files.delete(name)));
    expectNewestWhole(restored, result);
    expect(restored.size).toBe(1);
  });

  test('of all packs and the index', async () => {
    const { restored, result } = await repaired((drive) =>
      [...namesBelow(drive, 'data'), ...namesBelow(drive, 'index')].forEach((name) => drive.files.delete(name)),
    );
    expectNewestWhole(restored, result);
  });

  test('of a lost index loses nothing', async () => {
    const { result, restored } = await repaired((drive) => namesBelow(drive, 'index').forEach((name) => drive.files.delete(name)));
    expect(restored).toEqual(before);
    expect(result.stillLost).toBe(0);
  });

  test('with a vault that holds nothing salvages, and keeps every file that is whole', async () => {
    const empty = await makeRealVault([]);
    const { result, restored } = await repaired(async (drive, repository) => {
      drive.files.delete((await packsOf(repository, 'data'))[0] ?? '');
    }, empty);
    // The README needs no vault.
    expect(result.healedBlobs).toBeLessThanOrEqual(1);
    expect(result.stillLost).toBeGreaterThan(0);
    expect(restored.size).toBe(before.size);
    for (const [snapshot, files] of restored) expect(before.get(snapshot)).toMatchObject(files);
  });

  test('takes nothing that was not lost, and nothing that only claims to be', async () => {
    const drive = copyDrive(base.drive);
    drive.files.delete(namesBelow(drive, 'data').at(-1) ?? '');
    const repository = await reopen(drive, base.masterKey, more);
    const plan = await repository.planRepair(silent);
    const result = await repository.repair(plan, silent, async (_, save) => {
      await save('data', new TextEncoder().encode('never asked for'));
      await save('tree', new TextEncoder().encode('{"nodes":[]}\n'));
    });
    expect(result).toEqual({ healedBlobs: 0, stillLost: plan.lostBlobs.length });
  });

  test('that is stopped lets go of its lock, and can be repeated', async () => {
    const drive = copyDrive(base.drive);
    for (const name of namesBelow(drive, 'data')) drive.files.delete(name);
    const repository = await reopen(drive, base.masterKey, more);
    const environment = { ...base.vault.environment(repository), repositoryId: repository.id };
    const stopped = repository.repair(
      await repository.planRepair(silent),
      silent,
      healFromVault({ ...environment, isCancelled: () => true }),
    );
    await expect(stopped).rejects.toEqual(new CamphorError('cancelled'));
    expect(namesBelow(drive, 'locks')).toEqual([]);
    const result = await repository.repair(await repository.planRepair(silent), silent, healFromVault(environment));
    expectNewestWhole(await restoreAll(repository), result);
  });
});

/** The newest is as it was; older ones have no file that they had not, and lack only what `stillLost` speaks of. */
function expectNewestWhole(restored: ReadonlyMap<string, Restored>, { stillLost }: RepairResult): void {
  const [[newest, files] = ['', {}]] = [...before].sort(([a], [b]) => (a < b ? 1 : -1));
  expect(restored.get(newest)).toEqual(files);
  for (const [snapshot, left] of restored) expect(before.get(snapshot)).toMatchObject(left);
  if (stillLost === 0) expect(restored).toEqual(before);
}

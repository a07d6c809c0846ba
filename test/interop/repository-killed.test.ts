// Killed between any two calls to the drive, or in the middle of one, a repository stays one that stock restic checks and
// restores from.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { Repository } from '../../src/repository/repository';
import { stopAfter } from '../repository/operations/faulty-drive';
import {
  backUp,
  below,
  codeOf,
  copyDrive,
  create,
  letters,
  password,
  reopen,
  restoreFiles,
  silent,
  type Files,
} from '../repository/operations/small-repository';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

let restic: Restic;
beforeAll(async () => void (restic = await makeRestic({ password })));
afterAll(() => restic.remove());

const old: Files = { 'a.txt': letters(1, 3000), 'b/c.txt': letters(2, 3000) };
const gone: Files = { 'gone.txt': letters(3, 9000), 'a.txt': letters(1, 3000) };
const last: Files = { 'a.txt': letters(1, 3000), 'd/e.txt': letters(4, 3000), 'd/f.txt': letters(5, 3000) };

async function lay(drive: MemoryDrive): Promise<void> {
  await rm(restic.repository, { recursive: true, force: true });
  for (const folder of ['data', 'index', 'keys', 'locks', 'snapshots']) await mkdir(join(restic.repository, folder), { recursive: true });
  for (const [name, bytes] of drive.files) {
    await mkdir(dirname(join(restic.repository, name)), { recursive: true });
    await writeFile(join(restic.repository, name), bytes);
  }
}

/** What lies there, apart from ids: two drives of one shape are in one state. */
const shapeOf = (drive: MemoryDrive): string =>
  [...drive.files]
    .map(([name, { length }]) => `${name.split('/')[0]} ${name.startsWith('data/') ? length : ''}`)
    .sort()
    .join();

interface Base {
  readonly drive: MemoryDrive;
  readonly masterKey: Uint8Array;
  /** Snapshots that must be there whatever happens, and what is in them. */
  readonly kept: ReadonlyMap<string, Files>;
}

/** Runs with one call more each time, until it gets through; gives how often it was stopped. */
async function stopEverywhere(base: Base, half: boolean, run: (repository: Repository) => Promise<unknown>): Promise<number> {
  const seen = new Set<string>();
  for (let calls = 0; ; calls += 1) {
    const drive = copyDrive(base.drive);
    const stopping = stopAfter(drive, calls, half);
    const more = { packBytes: 4096 };
    const outcome = await codeOf(reopen(stopping, base.masterKey, more).then((repository) => run(repository)));
    const calm = await reopen(drive, base.masterKey, more);
    const { faults } = await calm.check(silent);
    const bad = faults.filter(({ what }) => what !== 'pack-unindexed' && what !== 'stale-lock');
    expect(bad, `stopped after ${calls}: ${outcome}`).toEqual([]);
    for (const [id, files] of base.kept) {
      const found = (await calm.snapshots()).snapshots.find((snapshot) => snapshot.id === id);
      expect(await restoreFiles(calm, found?.tree ?? ''), `${calls}`).toEqual(below(files));
    }
    if (!seen.has(shapeOf(drive))) await checkByRestic(drive, base, calls);
    seen.add(shapeOf(drive));
    if (outcome === 'nothing was thrown') return calls;
    expect(outcome).toBe('drive-unreachable');
  }
}

async function checkByRestic(drive: MemoryDrive, { kept }: Base, calls: number): Promise<void> {
  await lay(drive);
  expect((await restic.attempt(['check', '--read-data', '--no-lock'])).code, `restic check after ${calls}`).toBe(0);
  for (const [id, files] of kept) {
    const target = join(restic.folder, 'restored');
    await restic.run('restore', id, '--target', target, '--no-lock');
    expect(await restoredFiles(target)).toEqual(below(files));
    await rm(target, { recursive: true });
  }
}

async function makeBase(kept: 'all' | 'first-and-last'): Promise<Base> {
  const drive = createMemoryDrive();
  const repository = await create(drive, { packBytes: 4096 });
  const first = await backUp(repository, old);
  const middle = await backUp(repository, gone);
  const newest = await backUp(repository, last);
  const snapshots = new Map([[first.id, old], [newest.id, last], ...(kept === 'all' ? ([[middle.id, gone]] as const) : [])]);
  return { drive, masterKey: repository.exportMasterKey(), kept: snapshots };
}

describe.each([
  ['between two calls', false],
  ['in the middle of a file', true],
])('a run that is killed %s', (_, half) => {
  it('loses nothing of what was there before a backup', async () => {
    const base = await makeBase('all');
    const stops = await stopEverywhere(base, half, (repository) => backUp(repository, { ...last, 'new/file.txt': letters(9, 5000) }));
    expect(stops).toBeGreaterThan(20);
  });

  it('loses nothing of what is kept while others are let go', async () => {
    const base = await makeBase('first-and-last');
    const stops = await stopEverywhere(base, half, async (repository) => {
      const { snapshots } = await repository.snapshots();
      await repository.forget(snapshots.map(({ id }) => id).filter((id) => !base.kept.has(id)));
      await repository.prune(await repository.planPrune(), silent);
    });
    expect(stops).toBeGreaterThan(30);
  });
});

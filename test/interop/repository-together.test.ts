// One repository, written by us and by stock restic, in turn and at once.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Repository } from '../../src/repository/repository';
import {
  backUp,
  below,
  codeOf,
  create,
  letters,
  newSnapshot,
  open,
  password,
  restoreFiles,
  saveArchive,
  silent,
} from '../repository/operations/small-repository';
import { createNodeFolderDrive } from './node-folder-drive';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

let restic: Restic;
beforeEach(async () => void (restic = await makeRestic({ password })));
afterEach(() => restic.remove());

const sleep = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));
const drive = () => createNodeFolderDrive(restic.repository);
/** Clocks are those of this machine, since stock restic's is. */
const now = { nowMs: () => Date.now(), sleep, packBytes: 65_536 };

const source = () => join(restic.folder, 'source');

async function writeSource(files: Readonly<Record<string, string>>): Promise<void> {
  await rm(source(), { recursive: true, force: true });
  await mkdir(source());
  for (const [name, text] of Object.entries(files)) await writeFile(join(source(), name), text);
}

const snapshotCount = async (): Promise<number> => (JSON.parse(await restic.run('snapshots', '--json')) as unknown[]).length;

async function restored(id: string): Promise<Record<string, string>> {
  const target = join(restic.folder, 'restored');
  await restic.run('restore', id, '--target', target);
  return restoredFiles(target).finally(() => rm(target, { recursive: true }));
}

const noFaults = async (repository: Repository) =>
  expect((await repository.verify({ share: 1, readAtMs: new Map() }, silent)).faults).toEqual([]);

const one = { 'one.txt': letters(1, 200_000), 'both.txt': letters(2, 50_000) };
const two = { 'two.txt': letters(3, 200_000), 'both.txt': letters(2, 50_000) };

describe('beside stock restic', () => {
  it('writes at the same time as it, from two places, and nothing is lost', async () => {
    const first = await create(drive(), now);
    const second = await open(drive(), { ...now, hostname: 'blue-heron' });
    await writeSource({ 'stock.txt': letters(4, 300_000) });
    const writers = [await first.startWriting(), await second.startWriting()] as const;
    const commits = [one, two].map(async (files, at) => {
      const writer = writers[at as 0 | 1];
      await writer.checkpoint();
      const tree = await saveArchive(writer, files);
      return writer.commit(newSnapshot(tree, { takenAtMs: Date.now() }));
    });
    const [mine, others] = await Promise.all([...commits, restic.run('backup', source())]);
    await restic.run('check', '--read-data');
    expect(await snapshotCount()).toBe(3);
    for (const [snapshot, files] of [
      [mine, one],
      [others, two],
    ] as const) {
      expect(await restored((snapshot as { id: string }).id)).toEqual(below(files));
    }
    await noFaults(await open(drive(), now));
    expect(await readSource(first)).toEqual({ 'stock.txt': letters(4, 300_000) });
  });

  it('keeps its prune away while writing, and leaves no lock behind', async () => {
    const repository = await create(drive(), now);
    const writer = await repository.startWriting();
    const refused = await restic.attempt(['prune']);
    expect([refused.code === 0, refused.stderr]).toEqual([false, expect.stringContaining('amber-otter')]);
    await writer.commit(newSnapshot(await saveArchive(writer, one), { takenAtMs: Date.now() }));
    await restic.run('prune');
    expect(await restic.run('list', 'locks')).toBe('');
  });

  it('reads what it pruned, compressed anew and indexed anew', async () => {
    const repository = await create(drive(), now);
    await backUp(repository, one, { takenAtMs: Date.now() - 5000 });
    const newest = await backUp(repository, two, { takenAtMs: Date.now() });
    await restic
      .run('forget', '--keep-last', '1', '--prune', '--repack-small', '--max-unused', '0')
      .catch(() => restic.run('forget', '--keep-last', '1', '--prune', '--max-unused', '0'));
    await restic.run('rebuild-index', '--read-all-packs');
    // The index that was loaded is gone, and so are packs that it named.
    expect(await restoreFiles(repository, newest.tree)).toEqual(below(two));
    const { snapshots } = await repository.snapshots();
    expect(snapshots.map(({ id }) => id)).toEqual([newest.id]);
    await noFaults(await open(drive(), now));
  });

  it('does not write a snapshot of what it pruned away meanwhile', async () => {
    const repository = await create(drive(), now);
    const writer = await repository.startWriting();
    const tree = await saveArchive(writer, one);
    await writer.checkpoint();
    await restic.run('unlock', '--remove-all');
    await writeSource({ 'stock.txt': 'something to keep' });
    await restic.run('backup', source());
    await restic.run('prune', '--max-unused', '0');
    expect(await codeOf(writer.commit(newSnapshot(tree, { takenAtMs: Date.now() })))).toBe('lock-lost');
    await writer.abandon();
    await restic.run('check', '--read-data');
    await backUp(repository, one, { takenAtMs: Date.now() });
    await restic.run('check', '--read-data');
    expect(await snapshotCount()).toBe(2);
  });

  it('prunes what both wrote, and it finds nothing amiss', async () => {
    const repository = await create(drive(), now);
    await writeSource({ 'stock.txt': letters(4, 300_000), 'more.txt': letters(5, 5000) });
    await restic.run('backup', source());
    await writeSource({ 'more.txt': letters(5, 5000) });
    await restic.run('backup', source());
    await backUp(repository, one, { takenAtMs: Date.now() });
    const newest = await backUp(repository, two, { takenAtMs: Date.now() });
    const { snapshots } = await repository.snapshots();
    const stock = snapshots.filter(({ tags }) => tags.length === 0);
    await repository.forget(snapshots.filter(({ id }) => id !== newest.id && id !== stock[0]?.id).map(({ id }) => id));
    const plan = await repository.planPrune();
    expect([plan.unusedBytes > 100_000, plan.removePacks.length + plan.repackPacks.length > 0]).toEqual([true, true]);
    await repository.prune(plan, silent);
    await restic.run('check', '--read-data');
    expect(await restored(newest.id)).toEqual(below(two));
    expect(await readSource(repository)).toEqual({ 'more.txt': letters(5, 5000) });
    expect((await repository.planPrune()).unusedBytes).toBeLessThan(plan.unusedBytes);
    await noFaults(repository);
  });

  it('repairs what both wrote, and it finds nothing amiss', async () => {
    const repository = await create(drive(), now);
    await writeSource({ 'stock.txt': letters(4, 3000), 'more.txt': letters(5, 3000) });
    await restic.run('backup', source());
    await backUp(repository, one, { takenAtMs: Date.now() });
    const kept = await backUp(repository, { 'two.txt': letters(3, 3000) }, { takenAtMs: Date.now() });
    const packs = [...(await drive().list('data')).entries].sort((largest, other) => other.sizeBytes - largest.sizeBytes);
    await drive().remove(packs[0]?.name ?? '');
    const indexes = (await drive().list('index')).entries;
    await writeFile(join(restic.repository, indexes[0]?.name ?? ''), 'not an index');
    expect((await restic.attempt(['check'])).code).not.toBe(0);
    const plan = await repository.planRepair(silent);
    expect([plan.badIndexes.length, plan.lostBlobs.length > 0, plan.snapshotsLacking.length]).toEqual([1, true, 1]);
    await repository.repair(plan, silent);
    await restic.run('check', '--read-data');
    expect(await snapshotCount()).toBe(3);
    expect(await restored(kept.id)).toEqual(below({ 'two.txt': letters(3, 3000) }));
    expect(await readSource(repository)).toEqual({ 'stock.txt': letters(4, 3000), 'more.txt': letters(5, 3000) });
  });

  it.each([1, 2] as const)('works on in a repository of version %i that it made', async (version) => {
    await restic.run('init', '--repository-version', String(version));
    await writeSource({ 'stock.txt': letters(4, 300_000), 'empty.txt': '' });
    await restic.run('backup', source());
    const repository = await open(drive(), now);
    expect([repository.version, await readSource(repository)]).toEqual([version, { 'stock.txt': letters(4, 300_000), 'empty.txt': '' }]);
    const { id } = await backUp(repository, one, { takenAtMs: Date.now() });
    await restic.run('check', '--read-data');
    expect(await restored(id)).toEqual(below(one));
  });

  it('writes trees that its rewrite can encode, where it has one', async () => {
    const repository = await create(drive(), now);
    await backUp(repository, { ...one, 'folder/drop.txt': 'x' }, { takenAtMs: Date.now() });
    const help = await restic.attempt(['rewrite', '--help']);
    const run = await restic.attempt(['rewrite', '--forget', '--exclude', 'drop.txt']);
    // restic 0.14 has no such command; 0.15 and later have.
    expect(run.code === 0).toBe(help.code === 0);
    await restic.run('check', '--read-data');
    const [newest] = (await repository.snapshots()).snapshots;
    const left = await restoreFiles(repository, newest?.tree ?? '');
    expect(Object.keys(left).includes('archive/folder/drop.txt')).toBe(help.code !== 0);
  });
});

/** The files that stock restic last saved from `source`, as we read them, by their names. */
async function readSource(repository: Repository): Promise<Record<string, string>> {
  const snapshot = (await repository.snapshots()).snapshots.find(({ tags }) => tags.length === 0);
  const files = Object.entries(await restoreFiles(repository, snapshot?.tree ?? ''));
  return Object.fromEntries(files.map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));
}

// Promise 4: stock restic checks a backup of ours and restores it into the plain files that docs/format.md describes.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pushBackup } from '../../src/backup/push';
import { openSnapshotFiles } from '../../src/backup/served-snapshot';
import { makeRealVault } from '../backup/real-vault';
import { plainStyle, type Said, writeChat } from '../intake/chat-text';
import { create, password } from '../repository/operations/small-repository';
import { createNodeFolderDrive } from './node-folder-drive';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

let restic: Restic;
beforeEach(async () => {
  restic = await makeRestic({ password });
});
afterEach(() => restic.remove());

const years: readonly Said[] = Array.from({ length: 60 }, (_, number) => ({
  atMs: Date.UTC(2019, number, 3, 9, number % 60),
  sender: number % 2 === 0 ? ('me' as const) : ('her' as const),
  text: number % 2 === 0 ? `<text> & "number" ${number}` : `第 ${number} 条消息`,
}));

it('a backup is checked, listed and restored by restic', async () => {
  const vault = await makeRealVault([
    writeChat({ ...plainStyle, withMedia: true }),
    writeChat({ ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } }, years),
  ]);
  const repository = await create(createNodeFolderDrive(restic.repository));
  const { snapshot, manifest } = await pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
  const served = await openSnapshotFiles(repository, { tree: snapshot?.tree ?? '' });
  await repository.close();

  expect(await restic.run('check', '--read-data')).toContain('no errors were found');
  const [listed] = JSON.parse(await restic.run('snapshots', '--json')) as Record<string, unknown>[];
  expect(listed).toMatchObject({ paths: ['/archive'], tags: ['camphor'], hostname: 'amber-otter', tree: snapshot?.tree });
  await restic.run('restore', 'latest', '--target', 'restored');
  const files = await restoredFiles(join(restic.folder, 'restored'));
  const ours = await served.list(0);
  expect(Object.keys(files).sort()).toEqual(ours.map(({ path }) => path).sort());
  for (const [index, { path, sizeBytes }] of ours.entries())
    expect(Buffer.from(await served.read(index, 0, sizeBytes)).toString('utf8')).toBe(files[path]);

  expect(JSON.parse(files['archive/manifest.json'] ?? '')).toEqual(manifest);
  const messages = Object.entries(files)
    .filter(([path]) => /\/\d{4}-\d\d\.jsonl$/.test(path))
    .flatMap(([, text]) => text.trimEnd().split('\n'));
  expect(messages).toHaveLength(manifest.messages);
  expect(messages.map((line) => (JSON.parse(line) as { text?: string }).text)).toContain('<text> & "number" 58');
  const listing = await restic.run('ls', 'latest', '--json');
  const pictures = ours.filter(({ path }) => path.startsWith('archive/media/'));
  expect(pictures).toHaveLength(3);
  for (const { path, blobs } of pictures) {
    const hash = path.slice(path.lastIndexOf('/') + 1).slice(0, 64);
    const bytes = await readFile(join(restic.folder, 'restored', path));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
    expect(blobs).toEqual([hash]);
    expect(listing).toContain(hash);
  }
});

// A drive that was damaged and healed from the vault, as stock restic sees it.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { healFromVault } from '../../src/backup/heal';
import { pushBackup } from '../../src/backup/push';
import type { Repository } from '../../src/repository/repository';
import { makeRealVault, type RealVault } from '../backup/real-vault';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { create, password, reopen, silent } from '../repository/operations/small-repository';
import { createNodeFolderDrive } from './node-folder-drive';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

const family = writeChat({ ...plainStyle, withMedia: true });
const later = writeChat(
  { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } },
  chat.map((said, at) => ({ ...said, text: `${at}. word`, atMs: said.atMs + 1e10 })),
);

async function backedUp(restic: Restic) {
  const vault = await makeRealVault([family]);
  const repository = await create(createNodeFolderDrive(restic.repository), { packBytes: 2048, password });
  const push = () => pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
  await push();
  await vault.intake.import(later);
  await push();
  const masterKey = repository.exportMasterKey();
  await repository.close();
  return { vault, masterKey };
}

async function packs(restic: Restic): Promise<string[]> {
  const files = await readdir(join(restic.repository, 'data'), { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
}

async function heal({ vault, masterKey }: { readonly vault: RealVault; readonly masterKey: Uint8Array }, restic: Restic) {
  const repository: Repository = await reopen(createNodeFolderDrive(restic.repository), masterKey);
  await repository.verify({ share: 1, readAtMs: new Map() }, silent);
  const from = healFromVault({ ...vault.environment(repository), repositoryId: repository.id });
  const result = await repository.repair(await repository.planRepair(silent), silent, from);
  await repository.close();
  return result;
}

async function restoreNewest(restic: Restic, name: string): Promise<Record<string, string>> {
  const target = join(restic.folder, name);
  await restic.run('restore', 'latest', '--target', target);
  return restoredFiles(target);
}

const harms: readonly (readonly [string, (paths: readonly string[]) => Promise<unknown>])[] = [
  ['all packs gone', (paths) => Promise.all(paths.map((path) => rm(path)))],
  [
    'bits flipped in all packs',
    async (paths) => {
      for (const path of paths) {
        const bytes = await readFile(path);
        for (let at = 40; at < bytes.length; at += 200) bytes[at] = (bytes[at] ?? 0) ^ 4;
        await rm(path);
        await writeFile(path, bytes);
      }
    },
  ],
];

test.each(harms)('%s: restic finds nothing wrong afterwards, and restores the newest as it was', async (_, harm) => {
  const restic = await makeRestic({ password });
  try {
    const device = await backedUp(restic);
    const before = await restoreNewest(restic, 'before');
    await harm(await packs(restic));
    expect((await heal(device, restic)).healedBlobs).toBeGreaterThan(2);
    await restic.run('check', '--read-data');
    expect(await restoreNewest(restic, 'after')).toEqual(before);
  } finally {
    await restic.remove();
  }
});

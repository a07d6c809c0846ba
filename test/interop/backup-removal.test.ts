// A conversation removed from all backups, as stock restic sees what is left.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PrunePlan } from '../../src/model/backup-view';
import { makeDevice, silent } from '../backup/faults-device';
import { anArchive, boArchive, canaries, conversationOf, leaks, secretArchives, telegramArchive } from '../backup/removal-harness';
import { password } from '../repository/operations/small-repository';
import { createNodeFolderDrive } from './node-folder-drive';
import { makeRestic, type Restic } from './restic';
import { restoredFiles } from './restored-files';

interface ListedSnapshot {
  readonly id: string;
  readonly time: string;
  readonly hostname: string;
  readonly tags: readonly string[];
  readonly paths: readonly string[];
  readonly original?: string;
}

const list = async (restic: Restic): Promise<readonly ListedSnapshot[]> =>
  JSON.parse(await restic.run('snapshots', '--json')) as readonly ListedSnapshot[];

async function restoreEach(restic: Restic, snapshots: readonly ListedSnapshot[]): Promise<Map<string, Record<string, string>>> {
  const restored = new Map<string, Record<string, string>>();
  for (const { id, time } of snapshots) {
    const target = join(restic.folder, `restored-${id}`);
    await restic.run('restore', id, '--target', target);
    restored.set(time, await restoredFiles(target));
  }
  return restored;
}

test('restic finds nothing wrong, keeps times, hosts, tags and paths, and restores no word of it', async () => {
  const restic = await makeRestic({ password });
  try {
    const device = await makeDevice([secretArchives[0] ?? {}, anArchive], createNodeFolderDrive(restic.repository));
    const id = await device.addDrive();
    await device.run(id);
    for (const archive of [secretArchives[1] ?? {}, boArchive, telegramArchive]) await device.vault.intake.import(archive);
    await device.run(id);
    const before = await list(restic);
    const full = await restoreEach(restic, before);
    expect(new Set(leaks(full).map((leak) => leak.split(': ').at(-1)))).toEqual(new Set(canaries));

    const reader = await device.vault.vault.openReader();
    const all = (await reader.conversations()).filter(({ names }) => names.includes('Magdalena'));
    reader.release();
    expect(all.map((entry) => entry.id)).toContain(await conversationOf(device, 'Magdalena'));
    let plan: PrunePlan | null = null;
    for (const { id: conversation } of all) plan = await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);

    await restic.run('check', '--read-data');
    const after = await list(restic);
    const kept = ({ time, hostname, tags, paths }: ListedSnapshot) => ({ time, hostname, tags, paths });
    expect(after.map(kept)).toEqual(before.map(kept));
    expect(after.map(({ original }) => original)).toEqual(before.map((snapshot) => snapshot.id));
    const left = await restoreEach(restic, after);
    expect(leaks(left)).toEqual([]);
    for (const [time, files] of left) {
      const old = full.get(time) ?? {};
      const texts = Object.entries(files).filter(([path]) => path.startsWith('archive/conversations/'));
      expect(texts.length).toBeGreaterThan(1);
      expect(texts.every(([path, text]) => old[path] === text)).toBe(true);
    }

    await device.backup.prune(id, plan as unknown as PrunePlan, silent);
    await restic.run('check', '--read-data');
    expect(await restic.run('prune', '--dry-run', '--max-unused', '0')).toMatch(/total prune:\s+0 blobs/);
    expect(await restoreEach(restic, after)).toEqual(left);
  } finally {
    await restic.remove();
  }
});

// A backup through any drive, as stock restic finds it in the folder behind that drive.
import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { pushBackup } from '../../src/backup/push';
import type { Drive } from '../../src/drives/drive';
import { makeRealVault } from '../backup/real-vault';
import { plainStyle, writeChat } from '../intake/chat-text';
import { create } from '../repository/operations/small-repository';
import { makeRestic } from './restic';

/** Backs up a small vault through the drive; restic reads all of it in `folder`. */
export async function checkedByRestic(drive: Drive, folder: string, password: string): Promise<void> {
  const restic = await makeRestic({ repository: folder, password });
  try {
    const vault = await makeRealVault([writeChat({ ...plainStyle, withMedia: true })]);
    const repository = await create(drive);
    await pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
    await repository.close();
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['config', 'data', 'index', 'keys', 'snapshots']));
    expect(await restic.run('check', '--read-data')).toContain('no errors were found');
    expect(JSON.parse(await restic.run('snapshots', '--json')) as unknown[]).toHaveLength(1);
  } finally {
    await restic.remove();
  }
}

// Backups of iPhones and iPads by Finder, iTunes and Apple Devices: a folder of files under hashed names, with lists of what they are.

import { backupFolder } from '../iphone-backup/backup-folder';
import type { Lock, LockedSource } from './lock';

const rootPath = /(?:^|\/)Manifest\.plist$/;
/** What Apple's programs write into such a folder. */
const partPath = /^(?:Manifest\.(?:db|mbdb|mbdx)(?:-wal|-shm)?|Info\.plist|Status\.plist|(?:Snapshot\/)?(?:[0-9a-f]{2}\/)?[0-9a-f]{40})$/;

const isBackup = (file: LockedSource): boolean =>
  ['Manifest.db', 'Manifest.mbdb', 'Info.plist'].some((name) => file.sizeOf(backupFolder(file) + name) !== null);

export const iphoneBackupLock: Lock = {
  kind: 'iphone-backup',
  names: rootPath,
  recognises: (_head, { path }) => rootPath.test(path),
  partsOf(file) {
    if (!isBackup(file)) return () => false;
    const folder = backupFolder(file);
    return (path) => path.startsWith(folder) && partPath.test(path.slice(folder.length));
  },
  async examine(file) {
    if (!isBackup(file)) return null;
    const { readBackupLists } = await import('../iphone-backup/backup-lists');
    return (await readBackupLists(file)).keybag === null ? null : 'backup-password';
  },
  async openPlain(file) {
    if (!isBackup(file)) return null;
    const { openBackup } = await import('../iphone-backup/open-backup');
    return { kind: 'backup', backup: await openBackup(file, null, () => undefined) };
  },
  async open(file, secret, report) {
    const { openBackup } = await import('../iphone-backup/open-backup');
    const password = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    return { kind: 'backup', backup: await openBackup(file, password, report) };
  },
};

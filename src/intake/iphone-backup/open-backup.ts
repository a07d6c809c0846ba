// A backup opened: its list of files read, and the files of an app as an archive, each decrypted when and where it is read.

import type { ByteSource } from '../../bytes/source';
import { type ClassKeys, openKeybag, unwrapFileKey } from '../../crypto/backup-keybag';
import { CamphorError } from '../../model/error';
import { backupFolder } from './backup-folder';
import type { BackupAppView } from '../../model/phone-backup';
import type { LockedSource, ReportSteps } from '../locks/lock';
import type { PhoneBackup } from '../locks/phone-backup';
import { openAppFiles } from './app-files';
import { type BackupListing, idOfApp, type ListedApp, listBackup } from './backup-listing';
import { type BackupLists, readBackupLists } from './backup-lists';
import type { RowReader } from './backup-row';
import { openManifestDb } from './manifest-db';
import { openManifestMbdb } from './manifest-mbdb';
import { sizeOfSealed, sourceOfSealed } from './sealed-file';

/**
 * Opens the backup whose Manifest.plist `file` is; `password` is null for one that is not encrypted. Throws CamphorError `damaged`,
 * `wrong-secret`, `secret-costs-too-much`, `archive-limit`, and what reading throws.
 */
export async function openBackup(file: LockedSource, password: string | null, report: ReportSteps): Promise<PhoneBackup> {
  const lists = await readBackupLists(file);
  const keys = lists.keybag === null || password === null ? null : await openKeybag(lists.keybag, password, report);
  const folder = backupFolder(file);
  const { list, reader } = await openList(file, lists, keys);
  try {
    const listing = listBackup(file, folder, reader);
    const isUnread = reader.faults.length > 0;
    return phoneBackup({ file, folder, keys, list, listing, lists, isUnread });
  } finally {
    reader.close();
  }
}

/** The list as it lies in the folder, and a reader of its rows. */
async function openList(
  file: LockedSource,
  { manifestKey }: BackupLists,
  keys: ClassKeys | null,
): Promise<{ readonly list: ByteSource; readonly reader: RowReader }> {
  const folder = backupFolder(file);
  const database = file.beside(`${folder}Manifest.db`);
  if (database === null) {
    const old = file.beside(`${folder}Manifest.mbdb`);
    if (old === null) throw new CamphorError('damaged', { what: 'Manifest.db' });
    return { list: old, reader: await openManifestMbdb(old) };
  }
  // Before iOS 10.2 the files were encrypted, and the list of them was not.
  const isSealed = keys !== null && manifestKey !== null;
  const source = isSealed ? await openSealedList(database, keys, manifestKey) : database;
  return { list: database, reader: await openManifestDb(source) };
}

async function openSealedList(sealed: ByteSource, keys: ClassKeys, wrapped: Uint8Array): Promise<ByteSource> {
  const key = unwrapFileKey(keys, wrapped);
  if (key === null) throw new CamphorError('damaged', { what: 'ManifestKey' });
  // Cut short it has no padding; SQLite's own structure tells what is left of it.
  const sizeBytes = (await sizeOfSealed(sealed, key)) ?? sealed.sizeBytes - (sealed.sizeBytes % 16);
  return sourceOfSealed({ sealed, key, sizeBytes, onDamage: () => undefined });
}

interface OpenBackup {
  readonly file: LockedSource;
  readonly folder: string;
  readonly keys: ClassKeys | null;
  readonly list: ByteSource;
  readonly listing: BackupListing;
  readonly lists: BackupLists;
  /** Rows of the list are damaged. */
  readonly isUnread: boolean;
}

function phoneBackup(backup: OpenBackup): PhoneBackup {
  const { file, folder, keys, list, listing, lists, isUnread } = backup;
  const { apps, files, sizeBytes, missing } = listing;
  const { deviceName, osVersion, madeAtMs, isFinished } = lists;
  const path = folder === '' ? file.path : folder.slice(0, -1);
  // What all accounts of an app share goes with each of them, and is no account of its own where there are any.
  const sharedOf = (listed: ListedApp): ListedApp | undefined =>
    listed.account === null ? undefined : apps.find(({ app, account }) => app === listed.app && account === null);
  const shown = apps.filter(
    (listed) => listed.account !== null || !apps.some(({ app, account }) => app === listed.app && account !== null),
  );
  return {
    facts: {
      path,
      deviceName,
      osVersion,
      madeAtMs,
      isEncrypted: keys !== null,
      isWhole: isFinished && missing === 0 && !isUnread,
      files,
      sizeBytes,
      missing,
      apps: shown.map(viewApp).toSorted(mostWanted),
    },
    async openApp(id) {
      const listed = shown.find((each) => idOfApp(each) === id);
      if (listed === undefined) return null;
      const all = [...listed.files, ...(sharedOf(listed)?.files ?? [])];
      const opened = await openAppFiles({ file, folder, keys, packed: listing.keys, files: all });
      return { ...opened, directory: list, name: nameOf(path, listed), formats: listed.app.formats };
    },
  };
}

function viewApp(listed: ListedApp): BackupAppView {
  const { app, account, files, sizeBytes, missing } = listed;
  const { source, name, formats } = app;
  return { id: idOfApp(listed), source, name, account, files: files.length, sizeBytes, missing, isReadable: formats.length > 0 };
}

/** What can be read comes first, and of that what holds most. */
const mostWanted = (one: BackupAppView, other: BackupAppView): number =>
  Number(other.isReadable) - Number(one.isReadable) || other.sizeBytes - one.sizeBytes;

const nameOf = (path: string, { app, account }: ListedApp): string =>
  [path.split('/').at(-1), app.name, account].filter((part) => part !== null && part !== undefined).join('/');

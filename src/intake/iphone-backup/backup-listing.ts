// All files of a backup gone through once: how many there are, and those of the apps that we know, kept small.

import { fileKeyBytes } from '../../crypto/backup-keybag';
import type { LockedSource } from '../locks/lock';
import type { BackupApp } from './backup-apps';
import { backupApps } from './backup-apps';
import type { BackupRow, RowReader } from './backup-row';
import { packKeys, type PackedKeys } from './packed-keys';

/** A file that is there. */
export interface ListedFile {
  readonly fileId: string;
  /** Domain and path in it, as written. */
  readonly path: string;
  readonly sizeBytes: number | null;
  readonly modifiedAtMs: number | null;
  /** Number in `keys`; -1 where it has none. */
  readonly key: number;
}

export interface ListedApp {
  readonly app: BackupApp;
  readonly account: string | null;
  readonly files: ListedFile[];
  /** As they are stored. */
  sizeBytes: number;
  /** Named in the list, and not in the folder. */
  missing: number;
}

export interface BackupListing {
  readonly apps: readonly ListedApp[];
  readonly files: number;
  readonly sizeBytes: number;
  readonly missing: number;
  readonly keys: PackedKeys;
}

/** Where a file lies: below the first two digits of its name, before iOS 10 in the folder itself. Null where it is missing. */
export function placeOfFile(file: LockedSource, folder: string, fileId: string): string | null {
  const nested = `${folder}${fileId.slice(0, 2)}/${fileId}`;
  if (file.sizeOf(nested) !== null) return nested;
  return file.sizeOf(folder + fileId) === null ? null : folder + fileId;
}

const appOf = (domain: string, path: string): BackupApp | undefined => backupApps.find((app) => app.holds(domain, path));

/** Goes through the list. Throws what reading it throws. */
export function listBackup(file: LockedSource, folder: string, reader: RowReader): BackupListing {
  const apps = new Map<string, ListedApp>();
  const keys = packKeys(fileKeyBytes);
  const sums = { files: 0, sizeBytes: 0, missing: 0 };
  for (const row of reader.rows((domain, path) => appOf(domain, path) !== undefined)) {
    const place = placeOfFile(file, folder, row.fileId);
    const sizeBytes = place === null ? 0 : (file.sizeOf(place) ?? 0);
    const app = appOf(row.domain, row.path);
    const listed = app === undefined ? undefined : listedAppOf(apps, app, row.path);
    if (place === null) {
      sums.missing += 1;
      if (listed !== undefined) listed.missing += 1;
      continue;
    }
    sums.files += 1;
    sums.sizeBytes += sizeBytes;
    if (listed === undefined) continue;
    listed.sizeBytes += sizeBytes;
    listed.files.push(listedFileOf(row, keys));
  }
  return { apps: [...apps.values()], ...sums, keys };
}

function listedFileOf({ fileId, domain, path, sizeBytes, modifiedAtMs, key }: BackupRow, keys: PackedKeys): ListedFile {
  return { fileId, path: `${domain}/${path}`, sizeBytes, modifiedAtMs, key: key === null ? -1 : keys.add(key) };
}

function listedAppOf(apps: Map<string, ListedApp>, app: BackupApp, path: string): ListedApp {
  const account = app.accountOf?.(path) ?? null;
  const id = idOfApp({ app, account });
  const listed = apps.get(id) ?? { app, account, files: [], sizeBytes: 0, missing: 0 };
  apps.set(id, listed);
  return listed;
}

/** Of an app, or of one account of it. */
export const idOfApp = ({ app, account }: Pick<ListedApp, 'app' | 'account'>): string =>
  account === null ? app.id : `${app.id}/${account}`;

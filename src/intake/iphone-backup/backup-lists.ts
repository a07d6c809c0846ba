// What the lists beside a backup's files say: Manifest.plist, Info.plist, Status.plist. None of them is encrypted.

import { isDictionary } from '../../bytes/keyed-archive';
import type { PlistDictionary, PlistValue } from '../../bytes/binary-plist';
import { readPlist } from '../../bytes/xml-plist';
import { type BackupKeybag, readKeybag } from '../../crypto/backup-keybag';
import { CamphorError } from '../../model/error';
import { backupFolder } from './backup-folder';
import type { LockedSource } from '../locks/lock';

export interface BackupLists {
  /** Null where the backup is not encrypted: such a one may hold a keybag too, which opens nothing. */
  readonly keybag: BackupKeybag | null;
  /** The wrapped key of Manifest.db, since iOS 10.2. */
  readonly manifestKey: Uint8Array | null;
  readonly deviceName: string | null;
  readonly osVersion: string | null;
  readonly madeAtMs: number | null;
  /** False where the phone says that the backup was not finished. */
  readonly isFinished: boolean;
}

const listLimitBytes = 32 << 20;

/** Throws CamphorError `damaged` where Manifest.plist or its keybag cannot be read, and what reading throws. */
export async function readBackupLists(file: LockedSource): Promise<BackupLists> {
  const folder = backupFolder(file);
  const manifest = await readList(file, file.path);
  if (manifest === null) throw new CamphorError('damaged', { what: 'Manifest.plist' });
  const info = await readList(file, `${folder}Info.plist`);
  const status = await readList(file, `${folder}Status.plist`);
  const lockdown = manifest.get('Lockdown');
  const device: PlistDictionary = isDictionary(lockdown) ? lockdown : new Map();
  const keybag = manifest.get('BackupKeyBag');
  const isEncrypted = manifest.get('IsEncrypted') === true || manifest.get('IsEncrypted') === 1;
  if (isEncrypted && !(keybag instanceof Uint8Array)) throw new CamphorError('damaged', { what: 'keybag' });
  const manifestKey = manifest.get('ManifestKey');
  const state = status?.get('SnapshotState');
  return {
    keybag: isEncrypted ? readKeybag(keybag as Uint8Array) : null,
    manifestKey: manifestKey instanceof Uint8Array ? manifestKey : null,
    deviceName: text(info?.get('Device Name')) ?? text(device.get('DeviceName')),
    osVersion: text(info?.get('Product Version')) ?? text(device.get('ProductVersion')),
    madeAtMs: time(info?.get('Last Backup Date')) ?? time(manifest.get('Date')),
    isFinished: typeof state !== 'string' || state === 'finished',
  };
}

async function readList(file: LockedSource, path: string): Promise<PlistDictionary | null> {
  const source = path === file.path ? file.source : file.beside(path);
  if (source === null || source.sizeBytes > listLimitBytes) return null;
  const list = readPlist(await source.read(0, source.sizeBytes));
  return isDictionary(list) ? list : null;
}

const textLimit = 200;

const text = (value: PlistValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, textLimit) : null;

const time = (value: PlistValue | undefined): number | null =>
  typeof value === 'object' && value !== null && 'atMs' in value && Number.isFinite(value.atMs) ? value.atMs : null;

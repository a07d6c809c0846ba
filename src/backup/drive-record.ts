// What this device keeps of a drive: how to reach it, the repository's master key, and what was seen there last. Entries of the
// vault's notes, sealed like everything in them; credentials leave them only towards workers/drive.

import { CamphorError, type ErrorCode } from '../model/error';
import { type DriveConfig, type DriveTraits, type FilesConfig, type FolderConfig, isCloud, type OauthGrant } from '../model/drive';
import type { BackupConditions, BackupSchedule, RetentionPolicy } from '../model/backup-view';
import type { BackupEnvironment } from './environment';
import { dropHeld } from './held-segments';

/** A configuration as it is kept: a folder's handle lies elsewhere, and files that were handed over are not kept. */
export type KeptConfig = Exclude<DriveConfig, FolderConfig | FilesConfig> | Omit<FolderConfig, 'handle'>;

export interface DriveRecord {
  readonly id: string;
  readonly name: string;
  readonly config: KeptConfig;
  readonly traits: DriveTraits;
  readonly repositoryId: string;
  readonly masterKeyB64Url: string;
  readonly schedule: BackupSchedule;
  /** None where it was set up before there were any. */
  readonly conditions?: BackupConditions;
  readonly retention: RetentionPolicy;
  readonly isSynced: boolean | null;
}

export interface RememberedSnapshot {
  readonly id: string;
  readonly takenAtMs: number;
  /** Its content is in this vault: made here, restored here, or merged here. */
  readonly isTaken: boolean;
}

/** What was seen at the drive; may be lost without harm to anything but warnings. */
export interface DriveState {
  readonly lastBackupAtMs: number | null;
  /** State of the vault that the last backup described. */
  readonly backedUp: { readonly archiveRoot: number; readonly overlays: string; readonly messages?: number } | null;
  readonly remembered: readonly RememberedSnapshot[];
  /** Snapshots that were remembered, were not let go here, and are gone. */
  readonly vanished: number;
  readonly lastCheckedAtMs: number | null;
  readonly lastVerifiedAtMs: number | null;
  readonly verifiedShare: number;
  /** When a sample was last restored and was as the vault has it. */
  readonly lastDrilledAtMs: number | null;
  /** By the last look at its structure. */
  readonly hasFaults: boolean;
  /** Packs that were read whole were not: until a round of reading, or a repair, finds them well. */
  readonly hasBadPacks: boolean;
  readonly hasRecovery: boolean;
  readonly isReadOnly: boolean;
  /** Code of the error that ended the last backup; null where it came to its end. */
  readonly failure: ErrorCode | null;
}

export const emptyDriveState: DriveState = {
  lastBackupAtMs: null,
  backedUp: null,
  remembered: [],
  vanished: 0,
  lastCheckedAtMs: null,
  lastVerifiedAtMs: null,
  verifiedShare: 0,
  lastDrilledAtMs: null,
  hasFaults: false,
  hasBadPacks: false,
  hasRecovery: false,
  isReadOnly: false,
  failure: null,
};

const recordPrefix = 'drive/';
const statePrefix = 'drive-state/';
const readPrefix = 'drive-read/';

type Notes = BackupEnvironment['vault']['notes'];

/** All drives, by name. */
export async function loadDrives(notes: Notes): Promise<readonly DriveRecord[]> {
  const entries = await notes.entries(recordPrefix);
  return entries.map(([, value]) => JSON.parse(value) as DriveRecord).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws `not-found`. */
export async function loadDrive(notes: Notes, id: string): Promise<DriveRecord> {
  const found = (await loadDrives(notes)).find((drive) => drive.id === id);
  if (found === undefined) throw new CamphorError('not-found', { what: 'drive' });
  return found;
}

export async function loadDriveState(notes: Notes, id: string): Promise<DriveState> {
  const [entry] = await notes.entries(statePrefix + id);
  return { ...emptyDriveState, ...(entry === undefined ? {} : (JSON.parse(entry[1]) as DriveState)) };
}

export async function saveDrive(notes: Notes, record: DriveRecord): Promise<void> {
  await notes.setEntries(new Map([[recordPrefix + record.id, JSON.stringify(record)]]));
}

/** Keeps what has taken the place of a drive's grant; a drive that was dropped meanwhile stays so. */
export async function keepGrant(notes: Notes, id: string, grant: OauthGrant): Promise<void> {
  const record = (await loadDrives(notes)).find((drive) => drive.id === id);
  if (record === undefined || !isCloud(record.config)) return;
  await saveDrive(notes, { ...record, config: { ...record.config, grant } });
}

export async function changeDriveState(notes: Notes, id: string, change: Partial<DriveState>): Promise<DriveState> {
  const state = { ...(await loadDriveState(notes, id)), ...change };
  await notes.setEntries(new Map([[statePrefix + id, JSON.stringify(state)]]));
  return state;
}

/** Packs are spread over 16 entries by the first digit of their id, so that a round of verifying rewrites few of them. */
export async function loadReadTimes(notes: Notes, id: string): Promise<Map<string, number>> {
  const entries = await notes.entries(`${readPrefix}${id}/`);
  return new Map(entries.flatMap(([, value]) => JSON.parse(value) as [string, number][]));
}

export async function saveReadTimes(notes: Notes, id: string, readAtMs: ReadonlyMap<string, number>): Promise<void> {
  const shards = new Map<string, [string, number][]>();
  for (const [pack, atMs] of readAtMs) {
    const key = `${readPrefix}${id}/${pack.slice(0, 1)}`;
    shards.set(key, [...(shards.get(key) ?? []), [pack, atMs]]);
  }
  await notes.setEntries(new Map([...shards].map(([key, packs]) => [key, JSON.stringify(packs)])));
}

/** Forgets all that was kept of a drive. */
export async function dropDrive(notes: Notes, id: string): Promise<void> {
  const edits = new Map<string, null>([
    [recordPrefix + id, null],
    [statePrefix + id, null],
  ]);
  for (const [key] of await notes.entries(`${readPrefix}${id}/`)) edits.set(key, null);
  await notes.setEntries(edits);
  await dropHeld(notes, id);
}

const deviceKey = 'backup-device';

/** This device's name in snapshots and locks: random, so that it says nothing, and stable, so that stock tools group by it. */
export async function loadDevice({ vault: { notes }, random }: Pick<BackupEnvironment, 'vault' | 'random'>): Promise<string> {
  const [known] = await notes.entries(deviceKey);
  if (known !== undefined) return known[1];
  const name = `camphor-${Array.from(random(8).subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  await notes.setEntries(new Map([[deviceKey, name]]));
  return name;
}

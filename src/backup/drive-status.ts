// What the screen is told of a drive: worked out of what this device keeps, without asking the drive.

import { type BackupSchedule, type BackupWarning, type DriveStatus, noConditions } from '../model/backup-view';
import type { ErrorCode } from '../model/error';
import { type CloudConfig, isCloud } from '../model/drive';
import type { Overlay } from '../model/overlay';
import type { DriveRecord, DriveState, KeptConfig } from './drive-record';
import { keptShare } from './shrink-guard';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const periodMs: Readonly<Record<BackupSchedule, number>> = { manual: Infinity, hourly: hourMs, daily: dayMs, weekly: 7 * dayMs };
/** Without a schedule, a backup older than this is called overdue. */
const manualLimitMs = 30 * dayMs;
const verifyLimitMs = 30 * dayMs;
const skewLimitMs = 5 * 60_000;
/** A first drill is suggested a week after the first snapshot, then one a year. */
const firstDrillMs = 7 * dayMs;
const drillLimitMs = 365 * dayMs;

/** A backup failed so where the place answers and this repository is no longer there: emptied, moved, or another in its stead. */
const goneCodes: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>(['no-repository', 'wrong-secret']);

/** The state of a vault, as a backup describes it. */
export interface VaultNow {
  /** `contentNumber` of the archive. */
  readonly archiveRoot: number;
  readonly overlays: string;
  readonly messages: number;
  readonly isEmpty: boolean;
}

/** A text that changes with every overlay. */
export function digestOverlays(overlays: readonly Overlay[]): string {
  let newest = '';
  for (const { fields } of overlays) {
    for (const { stamp } of Object.values(fields)) {
      const text = `${String(stamp.wallMs).padStart(16, '0')}.${String(stamp.counter).padStart(8, '0')}.${stamp.device}`;
      if (text > newest) newest = text;
    }
  }
  return `${overlays.length} ${newest}`;
}

/** Where the files of a service's app lie, as its owner sees them; the service names the folder after the app as registered. */
function cloudPath({ kind, folder }: Pick<CloudConfig, 'kind' | 'folder'>): string {
  const app = { dropbox: 'Dropbox/Apps/…/', onedrive: 'OneDrive/Apps/…/', 'google-drive': 'Google Drive/Camphor/' }[kind];
  return (app + folder).replace(/\/$/, '');
}

/** Address of a drive for people: without credentials. */
export function placeOf(config: KeptConfig): string {
  if (config.kind === 'folder') return config.folderName;
  if (config.kind === 'webdav') return config.url;
  if (isCloud(config)) return cloudPath(config);
  return `${config.endpoint.replace(/\/$/, '')}/${config.bucket}/${config.prefix}`;
}

export function isUpToDate({ backedUp }: DriveState, now: VaultNow): boolean {
  return backedUp !== null && backedUp.archiveRoot === now.archiveRoot && backedUp.overlays === now.overlays;
}

/** When the next backup is due, in ms; null where none is planned. */
export function dueAtMs({ schedule }: DriveRecord, state: DriveState, nowMs: number): number | null {
  if (schedule === 'manual') return null;
  return state.lastBackupAtMs === null ? nowMs : state.lastBackupAtMs + periodMs[schedule];
}

/**
 * What a vault that was evicted looks like from here, as far as anything can be known: with it went the record of the drive, and
 * where the drive is set up anew, its snapshots are of a device that this one is not.
 */
function holdsMore({ backedUp, remembered }: DriveState, now: VaultNow): boolean {
  if (now.isEmpty && remembered.some(({ isTaken }) => !isTaken)) return true;
  return backedUp?.messages !== undefined && now.messages < backedUp.messages * keptShare;
}

function isDrillDue({ lastBackupAtMs, lastDrilledAtMs, remembered }: DriveState, nowMs: number): boolean {
  if (lastBackupAtMs === null) return false;
  if (lastDrilledAtMs !== null) return nowMs - lastDrilledAtMs > drillLimitMs;
  return remembered.some(({ takenAtMs }) => nowMs - takenAtMs > firstDrillMs);
}

function listWarnings(record: DriveRecord, state: DriveState, now: VaultNow, nowMs: number): BackupWarning[] {
  const { lastBackupAtMs, lastVerifiedAtMs } = state;
  const upToDate = isUpToDate(state, now);
  const lateMs = record.schedule === 'manual' ? manualLimitMs : 2 * periodMs[record.schedule];
  const isSignedOut = state.failure === 'drive-signed-out' || state.failure === 'drive-unauthorised';
  const tests: readonly (readonly [BackupWarning, boolean])[] = [
    ['snapshots-vanished', state.vanished > 0],
    ['signed-out', isSignedOut],
    ['drive-gone', goneCodes.has(state.failure)],
    ['backup-failed', state.failure !== null && !isSignedOut && !goneCodes.has(state.failure)],
    ['holds-more', holdsMore(state, now)],
    ['verify-failed', state.hasFaults || state.hasBadPacks],
    ['read-only', state.isReadOnly],
    ['never-backed-up', lastBackupAtMs === null],
    ['overdue', lastBackupAtMs !== null && !upToDate && nowMs - lastBackupAtMs > lateMs],
    ['never-verified', lastBackupAtMs !== null && lastVerifiedAtMs === null && nowMs - lastBackupAtMs > 7 * dayMs],
    ['verify-old', lastVerifiedAtMs !== null && nowMs - lastVerifiedAtMs > verifyLimitMs],
    ['drill-due', isDrillDue(state, nowMs)],
    ['no-recovery', !state.hasRecovery],
    ['drive-unreliable', record.config.kind !== 'folder' && !record.traits.isAtomic],
    ['not-synced', record.config.kind === 'folder' && record.isSynced !== true],
    ['clock-skew', Math.abs(record.traits.clockAheadMs ?? 0) > skewLimitMs],
  ];
  return tests.filter(([, holds]) => holds).map(([warning]) => warning);
}

export function statusOf(record: DriveRecord, state: DriveState, now: VaultNow, nowMs: number): DriveStatus {
  return {
    id: record.id,
    kind: record.config.kind,
    name: record.name,
    place: placeOf(record.config),
    repositoryId: record.repositoryId,
    schedule: record.schedule,
    conditions: record.conditions ?? noConditions,
    retention: record.retention,
    isSynced: record.isSynced,
    lastBackupAtMs: state.lastBackupAtMs,
    lastCheckedAtMs: state.lastCheckedAtMs,
    lastVerifiedAtMs: state.lastVerifiedAtMs,
    verifiedShare: state.verifiedShare,
    lastDrilledAtMs: state.lastDrilledAtMs,
    dueAtMs: dueAtMs(record, state, nowMs),
    snapshotCount: state.remembered.length,
    isUpToDate: isUpToDate(state, now),
    warnings: listWarnings(record, state, now, nowMs),
  };
}

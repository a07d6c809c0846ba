// The most important fact of all drives together, or of one: the largest text of the screen.

import type { BackupWarning, DriveStatus } from '../../model/backup-view';
import type { StringKey } from '../strings/strings';

export interface Headline {
  readonly look: 'ok' | 'warn' | 'danger';
  readonly of: StringKey;
  /** The drive that it speaks of; null where there is none. */
  readonly drive: DriveStatus | null;
}

/** Why the last backup did not come to its end. */
const failures: readonly BackupWarning[] = ['signed-out', 'backup-failed'];

const grave: readonly BackupWarning[] = ['verify-failed', 'snapshots-vanished'];

/** True where the drive's copy lies elsewhere, as far as the owner has said. */
export function isElsewhere(drive: DriveStatus): boolean {
  return drive.isSynced !== false && !drive.warnings.includes('not-synced');
}

/** Places elsewhere that have a backup. Two are advised: one may be lost together with what is here, or be shut by its service. */
export function countPlaces(drives: readonly DriveStatus[]): number {
  return new Set(drives.filter((drive) => drive.lastBackupAtMs !== null && isElsewhere(drive)).map(({ place }) => place)).size;
}

/**
 * What is wrong with any drive comes first; else the best copy there is. A folder that nothing carries elsewhere is never
 * called safe, nor is a backup that is overdue, nor one after which another failed.
 */
export function headlineOf(drives: readonly DriveStatus[]): Headline {
  const harmed = drives.find(({ warnings }) => warnings.some((warning) => grave.includes(warning)));
  if (harmed !== undefined) {
    const vanished = harmed.warnings.includes('snapshots-vanished');
    return { look: 'danger', of: vanished ? 'backup.headline.vanished' : 'backup.headline.damaged', drive: harmed };
  }
  const made = drives.filter(({ lastBackupAtMs }) => lastBackupAtMs !== null).toSorted(byLastBackup);
  const [newest] = made;
  if (newest === undefined) {
    const joined = drives.find(({ snapshotCount }) => snapshotCount > 0);
    return {
      look: 'warn',
      of: joined === undefined ? 'backup.headline.none' : 'backup.headline.joined',
      drive: joined ?? drives[0] ?? null,
    };
  }
  const elsewhere = made.filter(isElsewhere);
  const [best] = elsewhere;
  if (best === undefined) return { look: 'warn', of: 'backup.headline.folder', drive: newest };
  const [fresh] = elsewhere.filter(({ warnings }) => !warnings.includes('overdue')).toSorted(byVerified);
  if (fresh === undefined) return { look: 'warn', of: 'backup.headline.overdue', drive: best };
  // A failure shows at once, not when the backup is overdue; where another drive has all, that one speaks.
  const failing = elsewhere.find(({ warnings }) => warnings.some((warning) => failures.includes(warning)));
  if (failing !== undefined && !elsewhere.some(({ isUpToDate }) => isUpToDate)) {
    const isSignedOut = failing.warnings.includes('signed-out');
    return { look: 'warn', of: isSignedOut ? 'backup.headline.signed-out' : 'backup.headline.failed', drive: failing };
  }
  const unverified = fresh.lastVerifiedAtMs === null;
  return { look: 'ok', of: unverified ? 'backup.headline.unverified' : 'backup.headline.safe', drive: fresh };
}

function byLastBackup(a: DriveStatus, b: DriveStatus): number {
  return (b.lastBackupAtMs ?? 0) - (a.lastBackupAtMs ?? 0);
}

/** The newest first among those that were verified; the others after them. */
function byVerified(a: DriveStatus, b: DriveStatus): number {
  return Number(b.lastVerifiedAtMs !== null) - Number(a.lastVerifiedAtMs !== null) || byLastBackup(a, b);
}

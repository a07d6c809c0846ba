// The most important fact of all drives together, or of one: the largest text of the screen.

import type { BackupWarning, DriveStatus } from '../../model/backup-view';
import type { StringKey } from '../strings/strings';

export interface Headline {
  readonly look: 'ok' | 'warn' | 'danger';
  readonly of: StringKey;
  /** The drive that it speaks of; null where there is none. */
  readonly drive: DriveStatus | null;
}

const grave: readonly BackupWarning[] = ['verify-failed', 'snapshots-vanished'];

/** True where the drive's copy lies elsewhere, as far as the owner has said. */
export function isElsewhere(drive: DriveStatus): boolean {
  return drive.isSynced !== false && !drive.warnings.includes('not-synced');
}

/**
 * What is wrong with any drive comes first; else the best copy there is. A folder that nothing carries elsewhere is never
 * called safe, nor is a backup that is overdue.
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

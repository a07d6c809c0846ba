// The most important fact of all drives together, or of one: the largest text of the screen.

import type { BackupWarning, DriveStatus } from '../../model/backup-view';
import type { StringKey } from '../strings/strings';

export interface Headline {
  readonly look: 'ok' | 'warn' | 'danger';
  readonly of: StringKey;
  /** The drive that it speaks of; null where there is none. */
  readonly drive: DriveStatus | null;
  /** The drive that is not as it should be while `drive` is. */
  readonly other: DriveStatus | null;
}

/** Why the last backup did not come to its end. */
const failures: readonly BackupWarning[] = ['signed-out', 'backup-failed'];

const grave: readonly BackupWarning[] = ['verify-failed', 'snapshots-vanished'];

/** True where the drive's copy lies elsewhere, as far as the owner has said. */
export function isElsewhere(drive: DriveStatus): boolean {
  return drive.isSynced !== false && !drive.warnings.includes('not-synced');
}

/** True where the place answers and the backup is no longer there. */
export const isGone = ({ warnings }: DriveStatus): boolean => warnings.includes('drive-gone');
const isFailing = ({ warnings }: DriveStatus): boolean => warnings.some((warning) => failures.includes(warning));

/** Places elsewhere that have a backup. Two are advised: one may be lost together with what is here, or be shut by its service. */
export function countPlaces(drives: readonly DriveStatus[]): number {
  return new Set(drives.filter((drive) => drive.lastBackupAtMs !== null && isElsewhere(drive) && !isGone(drive)).map(({ place }) => place))
    .size;
}

/**
 * What is wrong with any drive comes first; else the best copy there is. A folder that nothing carries elsewhere is never
 * called safe, nor is a backup that is overdue, nor one after which another failed.
 */
export function headlineOf(drives: readonly DriveStatus[]): Headline {
  const harm = harmOf(drives);
  if (harm !== null) return harm;
  const [gone] = drives.filter(isGone).toSorted(byLastBackup);
  const there = drives.filter((drive) => !isGone(drive));
  const found = copyOf(there);
  if (gone === undefined) return found;
  if (found.look === 'ok') return { look: 'warn', of: 'backup.headline.gone-one', drive: found.drive, other: gone };
  const hasCopy = there.some((drive) => drive.lastBackupAtMs !== null && isElsewhere(drive));
  return { look: hasCopy ? 'warn' : 'danger', of: 'backup.headline.gone', drive: gone, other: null };
}

/** Damage, and what is lost here or there; null where there is none. */
function harmOf(drives: readonly DriveStatus[]): Headline | null {
  const harmed = drives.find(({ warnings }) => warnings.some((warning) => grave.includes(warning)));
  if (harmed !== undefined) {
    const vanished = harmed.warnings.includes('snapshots-vanished');
    return { look: 'danger', of: vanished ? 'backup.headline.vanished' : 'backup.headline.damaged', drive: harmed, other: null };
  }
  const fuller = drives.find((drive) => drive.warnings.includes('holds-more') && !isGone(drive));
  return fuller === undefined ? null : { look: 'danger', of: 'backup.headline.holds-more', drive: fuller, other: null };
}

/** The best copy of drives of which none is harmed or gone. */
function copyOf(drives: readonly DriveStatus[]): Headline {
  const made = drives.filter(({ lastBackupAtMs }) => lastBackupAtMs !== null).toSorted(byLastBackup);
  const [newest] = made;
  if (newest === undefined) {
    const joined = drives.find(({ snapshotCount }) => snapshotCount > 0);
    const of = joined === undefined ? 'backup.headline.none' : 'backup.headline.joined';
    return { look: 'warn', of, drive: joined ?? drives[0] ?? null, other: null };
  }
  const elsewhere = made.filter(isElsewhere);
  const [best] = elsewhere;
  if (best === undefined) return { look: 'warn', of: 'backup.headline.folder', drive: newest, other: null };
  const fresh = elsewhere.filter(({ warnings }) => !warnings.includes('overdue')).toSorted(byVerified);
  const [freshest] = fresh;
  if (freshest === undefined) return { look: 'warn', of: 'backup.headline.overdue', drive: best, other: null };
  // A failure shows at once, not when the backup is overdue; where another drive has all, that one speaks.
  const failing = elsewhere.find(isFailing) ?? null;
  if (failing !== null && !elsewhere.some(({ isUpToDate }) => isUpToDate)) {
    const isSignedOut = failing.warnings.includes('signed-out');
    return { look: 'warn', of: isSignedOut ? 'backup.headline.signed-out' : 'backup.headline.failed', drive: failing, other: null };
  }
  const speaks = fresh.find((drive) => !isFailing(drive)) ?? freshest;
  const of = speaks.lastVerifiedAtMs === null ? 'backup.headline.unverified' : 'backup.headline.safe';
  return { look: 'ok', of, drive: speaks, other: failing === speaks ? null : failing };
}

function byLastBackup(a: DriveStatus, b: DriveStatus): number {
  return (b.lastBackupAtMs ?? 0) - (a.lastBackupAtMs ?? 0);
}

/** The newest first among those that were verified; the others after them. */
function byVerified(a: DriveStatus, b: DriveStatus): number {
  return Number(b.lastVerifiedAtMs !== null) - Number(a.lastVerifiedAtMs !== null) || byLastBackup(a, b);
}

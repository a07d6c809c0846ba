// Whether what is here may go from the phone, as far as one drive tells.

import type { DriveStatus } from '../../model/backup-view';
import { isElsewhere } from './headline';

/** `safe`: all of it is there and was verified; `safe-until`: the months before one; else what is missing for that. */
export type PhoneSafety = 'safe' | 'safe-until' | 'unverified' | 'behind' | 'harmed' | 'here' | 'none';

/**
 * A drive that is up to date has every conversation and month that is here in its newest snapshot. Of one that is not,
 * `missingFromMs` tells (BackupVerbs.coverage; undefined: not known) from when on messages of the conversation may be missing:
 * the months before are there. A folder that nothing carries elsewhere lies beside the vault, and is lost with it.
 */
export function phoneSafety(drive: DriveStatus, firstAtMs: number | null, missingFromMs: number | null | undefined): PhoneSafety {
  const warns = (...warnings: DriveStatus['warnings']): boolean => warnings.some((warning) => drive.warnings.includes(warning));
  if (drive.lastBackupAtMs === null) return 'none';
  if (warns('verify-failed', 'snapshots-vanished', 'drive-gone')) return 'harmed';
  if (!isElsewhere(drive)) return 'here';
  const isWhole = drive.isUpToDate || missingFromMs === null;
  if (isWhole) return drive.lastVerifiedAtMs === null ? 'unverified' : 'safe';
  const hasMonths = missingFromMs !== undefined && firstAtMs !== null && monthOf(firstAtMs) < monthOf(missingFromMs);
  return hasMonths && drive.lastVerifiedAtMs !== null ? 'safe-until' : 'behind';
}

/** `yyyy-mm` on this device's clock, as the screen names months. */
export function monthOf(atMs: number): string {
  const date = new Date(atMs);
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

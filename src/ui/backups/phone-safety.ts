// Whether what is here may go from the phone, as far as one drive tells.

import type { DriveStatus } from '../../model/backup-view';
import { isElsewhere } from './headline';

/** `safe`: all of it is there and was verified; else what is missing for that. */
export type PhoneSafety = 'safe' | 'unverified' | 'behind' | 'harmed' | 'here' | 'none';

/**
 * A drive that is up to date has every conversation and month that is here in its newest snapshot. A folder that nothing
 * carries elsewhere lies beside the vault, and is lost with it.
 */
export function phoneSafety(drive: DriveStatus): PhoneSafety {
  const warns = (...warnings: DriveStatus['warnings']): boolean => warnings.some((warning) => drive.warnings.includes(warning));
  if (drive.lastBackupAtMs === null) return 'none';
  if (warns('verify-failed', 'snapshots-vanished', 'drive-gone')) return 'harmed';
  if (!isElsewhere(drive)) return 'here';
  if (!drive.isUpToDate) return 'behind';
  return drive.lastVerifiedAtMs === null ? 'unverified' : 'safe';
}

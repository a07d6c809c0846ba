// Where a backup lies, by its Manifest.plist.

import type { LockedSource } from '../locks/lock';

/** The folder of the backup: '' or ending in `/`. */
export const backupFolder = ({ path }: Pick<LockedSource, 'path'>): string => path.slice(0, path.lastIndexOf('/') + 1);

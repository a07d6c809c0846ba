import type { Text } from '../text';
import type { enBackup } from '../en/backup';
import { twBackupCare } from './backup-care';
import { twBackupConnect } from './backup-connect';
import { twBackupHome } from './backup-home';
import { twBackupKeys } from './backup-keys';
import { twDriveErrors } from './drive-errors';
import { twPassphrase } from './passphrase';

export const twBackup: Readonly<Record<keyof typeof enBackup, Text>> = {
  ...twBackupHome,
  ...twBackupConnect,
  ...twBackupKeys,
  ...twBackupCare,
  ...twDriveErrors,
  ...twPassphrase,
};

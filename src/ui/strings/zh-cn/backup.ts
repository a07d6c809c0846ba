import type { Text } from '../text';
import type { enBackup } from '../en/backup';
import { zhBackupCare } from './backup-care';
import { zhBackupConnect } from './backup-connect';
import { zhBackupHome } from './backup-home';
import { zhBackupKeys } from './backup-keys';
import { zhDriveErrors } from './drive-errors';
import { zhPassphrase } from './passphrase';

export const zhBackup: Readonly<Record<keyof typeof enBackup, Text>> = {
  ...zhBackupHome,
  ...zhBackupConnect,
  ...zhBackupKeys,
  ...zhBackupCare,
  ...zhDriveErrors,
  ...zhPassphrase,
};

// All words of the backup screens: a chunk of its own, since the list of conversations does not need them.

import { enBackupCare } from './backup-care';
import { enBackupConnect } from './backup-connect';
import { enBackupHome } from './backup-home';
import { enBackupKeys } from './backup-keys';
import { enDriveErrors } from './drive-errors';
import { enPassphrase } from './passphrase';

export const enBackup = { ...enBackupHome, ...enBackupConnect, ...enBackupKeys, ...enBackupCare, ...enDriveErrors, ...enPassphrase };

// All locks. Each file of a drop belongs to the first one that recognises it.

import { ageLock } from './age-lock';
import type { Lock } from './lock';
import { signalBackupLock } from './signal-backup-lock';

export const locks: readonly Lock[] = [ageLock, signalBackupLock];

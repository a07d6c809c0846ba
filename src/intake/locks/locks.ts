// All locks. Each file of a drop belongs to the first one that recognises it; those that have a beginning of their own come first.

import { ageLock } from './age-lock';
import { iphoneBackupLock } from './iphone-backup-lock';
import type { Lock } from './lock';
import { signalBackupLock } from './signal-backup-lock';
import { signalFolderLock } from './signal-folder-lock';
import { sqlcipherLock } from './sqlcipher-lock';
import { wechatPictureLock } from './wechat-picture-lock';
import { whatsappLock } from './whatsapp-lock';
import { zipLock } from './zip-lock';

export const locks: readonly Lock[] = [
  iphoneBackupLock,
  ageLock,
  signalBackupLock,
  whatsappLock,
  zipLock,
  wechatPictureLock,
  signalFolderLock,
  sqlcipherLock,
];

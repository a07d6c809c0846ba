// A phone's backup that is open: what it holds, and the files of the apps that its owner chooses.

import type { OpenedZip } from '../../bytes/zip';
import type { BackupView } from '../../model/phone-backup';

export interface PhoneBackup {
  /** All but what the drop and the plan know of it. */
  readonly facts: Omit<BackupView, 'fileId' | 'chosen'>;
  /** Files of one app or account, by the id that `facts` gives it; null for another id. Throws `archive-unreadable`. */
  openApp(id: string): Promise<BackupAppFiles | null>;
}

export interface BackupAppFiles extends OpenedZip {
  /** As the owner may know it, such as `WhatsApp`. */
  readonly name: string;
  /** The only importers that are asked: what people sent each other inside of an app is no archive. */
  readonly formats: readonly string[];
}

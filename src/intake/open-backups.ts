// Phones' backups of a drop: those of their apps that the owner chose, each as a set of files of its own.

import { fileSetOfFiles, type OpenedSet } from '../bytes/file-set';
import type { BackupView } from '../model/phone-backup';
import type { BackupAppFiles, PhoneBackup } from './locks/phone-backup';

export interface ChosenApps {
  readonly views: readonly BackupView[];
  /** The sets, each with the only formats that it may be. */
  readonly formatsOf: ReadonlyMap<OpenedSet, readonly string[]>;
}

/** Throws what opening the files of an app throws. */
export async function openChosenApps(
  backups: ReadonlyMap<string, PhoneBackup>,
  chosen: ReadonlyMap<string, readonly string[]>,
): Promise<ChosenApps> {
  const views: BackupView[] = [];
  const formatsOf = new Map<OpenedSet, readonly string[]>();
  for (const [fileId, backup] of backups) {
    const ids = chosen.get(fileId) ?? [];
    views.push({ ...backup.facts, fileId, chosen: ids });
    for (const id of ids) {
      const app = await backup.openApp(id);
      if (app !== null) formatsOf.set(setOfApp(app), app.formats);
    }
  }
  return { views, formatsOf };
}

/** An app keeps thousands of files that are no message's: none of them is named as unrecognised, and no archive in it is opened. */
function setOfApp({ name, entries, problems, directory }: BackupAppFiles): OpenedSet {
  return { ...fileSetOfFiles(name, 'zip', entries, problems), openedEntries: new Set(entries.keys()), directory };
}

// The verbs of backups: what workers/backup serves.

import type { BackupVerbs, ServedSnapshotVerbs } from '../model/verbs';

export type Backup = Omit<BackupVerbs, 'start' | 'connectKey' | 'connect' | 'serveSnapshot'> & {
  /** The files of a snapshot, for whoever restores it. */
  openSnapshot(id: string, snapshot: string): Promise<ServedSnapshotVerbs>;
};

// Everything of backups on this thread: loaded when the screen or the schedule first asks, since the list does not need it.

import type { BackupCalls } from './session';
import { chooseFolder, requestFolder } from './backup-folder';
import { type BackupJobs, type BackupJobsEnvironment, createBackupJobs } from './backup-jobs';
import { createBackupWorker } from './backup-worker';
import type { ImportJobs } from './import-jobs';
import { createRestoreJobs } from './restore-jobs';
import { passkeyText } from './passkey';
import type { VaultWorker } from './vault-worker';

export interface BackupSession extends Pick<BackupJobs, 'endAll' | 'endIdle' | 'isRunning'> {
  readonly calls: Omit<BackupCalls, 'isRunning' | 'hasFolderChooser' | 'hasPasskeys' | 'mayHaveDrives'>;
}

export interface BackupSessionEnvironment extends Omit<BackupJobsEnvironment, 'worker'> {
  readonly vaultWorker: VaultWorker;
  readonly startRestore: ImportJobs['startRestore'];
}

export function createBackupSession({ vaultWorker, startRestore, ...environment }: BackupSessionEnvironment): BackupSession {
  const worker = createBackupWorker(vaultWorker);
  const jobs = createBackupJobs({ ...environment, worker });
  return {
    calls: {
      ...jobs.calls,
      ...createRestoreJobs(worker, jobs, { startRestore }),
      chooseFolder,
      allowFolder: async (drive) => requestFolder(await jobs.folderOf(drive)),
      passkeyText,
    },
    get isRunning() {
      return jobs.isRunning;
    },
    endAll: jobs.endAll,
    endIdle: jobs.endIdle,
  };
}

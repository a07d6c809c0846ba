// Restoring, which is an import whose archive is a snapshot: served by the backup worker, read by an import worker. A backup
// begins with one for each device that has newer snapshots on the drive.

import { transfer } from 'comlink';
import type { BackupResult, ReportBackup } from '../model/backup-view';
import type { ReportProgress } from '../model/progress';
import type { ImportPlan } from '../model/view';
import type { BackupJobs } from './backup-jobs';
import type { BackupWorker } from './backup-worker';
import type { ImportJobs } from './import-jobs';
import type { BackupCalls, ImportJob } from './session';

type RestoreCalls = Pick<BackupCalls, 'startRestore' | 'run'>;

/** What the preview proposes, taken as it is; media stay where they are. */
function chooseAll(plan: ImportPlan): Parameters<ImportJob['run']>[0] {
  return plan.archives.map(({ archiveId }) => ({ archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'none' }));
}

const pulling = (doneBytes: number, totalBytes: number | null): Parameters<ReportBackup>[0] => ({
  stage: 'pulling',
  doneBytes,
  totalBytes,
  sentBytes: 0,
  bytesPerSecond: null,
  untilMs: null,
});

/** The same job, which does one thing more once it has run. */
function afterwards(job: ImportJob, then: () => Promise<void>): ImportJob {
  return {
    plan: job.plan,
    planAgain: job.planAgain,
    replan: job.replan,
    unlock: job.unlock,
    chooseApps: job.chooseApps,
    previewTable: job.previewTable,
    mapTable: job.mapTable,
    run: async (choices, report) => {
      const receipts = await job.run(choices, report);
      await then();
      return receipts;
    },
    cancel: job.cancel,
    get finishWhileLocked() {
      return job.finishWhileLocked;
    },
    set finishWhileLocked(finish) {
      job.finishWhileLocked = finish;
    },
  };
}

export function createRestoreJobs(worker: BackupWorker, jobs: BackupJobs, imports: Pick<ImportJobs, 'startRestore'>): RestoreCalls {
  const startRestore = async (drive: string, snapshot: string, report: ReportProgress) => {
    const { job, plan } = await imports.startRestore(async (port) => {
      const started = await worker.get();
      await started.call((verbs) => verbs.serveSnapshot(drive, snapshot, transfer(port, [port])));
    }, report);
    return { job: afterwards(job, () => jobs.calls.noteTaken(drive, snapshot)), plan };
  };
  const pull = async (drive: string, report: ReportBackup): Promise<void> => {
    for (const other of await jobs.calls.others(drive, report)) {
      const tell: ReportProgress = ({ doneBytes, totalBytes }) => report(pulling(doneBytes, totalBytes));
      const { job, plan } = await startRestore(drive, other.id, tell);
      await job.run(chooseAll(plan), tell);
    }
  };
  return {
    startRestore,
    run: async (drive, options, report): Promise<BackupResult> => {
      if (options.withoutPull !== true) await pull(drive, report);
      return jobs.calls.run(drive, options, report);
    },
  };
}

// The verbs of workers/backup as plain asynchronous functions. What takes long holds a lock against updates and a screen wake
// lock; an idle lock lets it come to its next commit point, a lock by hand ends it at once.

import type { Remote } from 'comlink';
import { CamphorError } from '../model/error';
import type { BackupVerbs } from '../model/verbs';
import type { BackupWorker } from './backup-worker';
import type { Lend } from './worker-calls';
import { importLockName } from './import-jobs';

/** Short: they answer from the vault, or after a few requests to the drive. */
const shortCalls = [
  'drives',
  'coverage',
  'examine',
  'changeDrive',
  'configureDrive',
  'dropDrive',
  'beginSignIn',
  'finishSignIn',
  'leaveForSignIn',
  'returnFromSignIn',
  'noteTaken',
  'pause',
  'history',
  'browse',
  'readFile',
  'snapshotConversations',
  'planForget',
  'planRemoval',
  'keys',
  'removeKey',
  'makeRecoveryWords',
  'makeKeyFile',
  'recoverySheet',
] as const satisfies readonly (keyof BackupVerbs)[];

const longCalls = [
  'addDrive',
  'addKey',
  'plan',
  'others',
  'run',
  'fetchMedia',
  'planFreeing',
  'freeMedia',
  'check',
  'verify',
  'drill',
  'forget',
  'planPrune',
  'prune',
  'planRepair',
  'repair',
  'removeFromBackups',
] as const satisfies readonly (keyof BackupVerbs)[];

/** After these, the state of a drive is another. */
const changingCalls: ReadonlySet<string> = new Set<keyof BackupVerbs>([
  'addDrive',
  'changeDrive',
  'configureDrive',
  'dropDrive',
  // They note what made them fail.
  'plan',
  'others',
  'run',
  'fetchMedia',
  'freeMedia',
  'check',
  'verify',
  'drill',
  'forget',
  'prune',
  'repair',
  'removeFromBackups',
  'addKey',
  'removeKey',
]);

type AnyVerb = (...args: readonly unknown[]) => Promise<unknown>;
export type WorkerCalls = Pick<BackupVerbs, (typeof shortCalls)[number] | (typeof longCalls)[number]>;

export interface BackupJobs {
  readonly calls: WorkerCalls;
  readonly isRunning: boolean;
  folderOf(drive: string): Promise<FileSystemDirectoryHandle | null>;
  endAll(): void;
  /** Asks what runs to stop at its next commit point; after `graceMs` it is ended. */
  endIdle(): void;
}

export interface BackupJobsEnvironment {
  readonly worker: BackupWorker;
  holdLock<Result>(name: string, whileHeld: () => Promise<Result>): Promise<Result>;
  keepAwake(): Promise<() => void>;
  setTimer(run: () => void, afterMs: number): void;
  onChanged(): void;
}

/** design.md §4. */
const graceMs = 600_000;

export function createBackupJobs({ worker, holdLock, keepAwake, setTimer, onChanged }: BackupJobsEnvironment): BackupJobs {
  let running = 0;
  const ask = async (name: keyof BackupVerbs, args: readonly unknown[]): Promise<unknown> => {
    const started = await worker.get();
    return started.call((verbs: Remote<BackupVerbs>, lend: Lend) => (verbs[name] as AnyVerb)(...args.map(lend)));
  };
  const whileRunning = <Result>(work: () => Promise<Result>): Promise<Result> =>
    holdLock(importLockName, async () => {
      const sleep = await keepAwake();
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        sleep();
      }
    });
  const told = async (name: keyof BackupVerbs, work: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await work();
    } finally {
      if (changingCalls.has(name)) onChanged();
    }
  };
  const short = (name: keyof BackupVerbs): [string, AnyVerb] => [name, (...args) => told(name, () => ask(name, args))];
  const long = (name: keyof BackupVerbs): [string, AnyVerb] => [name, (...args) => told(name, () => whileRunning(() => ask(name, args)))];
  return {
    calls: Object.fromEntries([...shortCalls.map(short), ...longCalls.map(long)]) as unknown as WorkerCalls,
    get isRunning() {
      return running > 0;
    },
    folderOf: async (drive) => (await ask('folderOf', [drive])) as FileSystemDirectoryHandle | null,
    endAll: () => worker.end(new CamphorError('locked')),
    endIdle: () => {
      if (running === 0) return worker.end(new CamphorError('locked'));
      ask('pause', []).catch(() => {});
      const end = worker.leave();
      setTimer(() => end(new CamphorError('locked')), graceMs);
    },
  };
}

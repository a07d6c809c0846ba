// Single-file exports: each in a fresh confined worker that ends with it, one at a time over all tabs. While one runs, this tab
// holds the Web Lock against updates and a screen wake lock.

import exportUrl from '../../workers/export.ts?worker&url';
import { CamphorError } from '../model/error';
import { type ExportResult, privateExportName } from '../model/export';
import type { ExportVerbs } from '../model/verbs';
import { importLockName } from './import-jobs';
import type { ExportCalls } from './session';
import type { VaultWorker } from './vault-worker';

export interface ExportEnvironment {
  readonly vaultWorker: Pick<VaultWorker, 'startKeyed'>;
  keepAwake(): Promise<() => void>;
}

export interface ExportJobs extends Pick<ExportCalls, 'run' | 'discard' | 'cancel'> {
  /** Terminates the worker; the call under way rejects with `reason`. */
  end(reason: CamphorError): void;
  /** What runs now has ten more minutes (design.md §4). */
  endIdle(reason: CamphorError): void;
}

const graceMs = 600_000;
const exportLockName = 'camphor-export';
/** A worker that was terminated holds its file for a moment longer. */
const removeTries = 20;
const removePauseMs = 100;

async function removePrivateFile(): Promise<void> {
  const folder = await navigator.storage.getDirectory?.().catch(() => null);
  for (let tries = 0; folder && tries < removeTries; tries++) {
    try {
      return await folder.removeEntry(privateExportName);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return;
      await new Promise((resolve) => setTimeout(resolve, removePauseMs));
    }
  }
}

/** The dialog makes an empty file; what was there before and was not replaced stays. */
async function removeEmpty(target: FileSystemFileHandle & { remove?(): Promise<void> }): Promise<void> {
  const { size } = await target.getFile();
  if (size === 0) await target.remove?.();
}

async function readPrivateFile(): Promise<File> {
  return (await (await navigator.storage.getDirectory()).getFileHandle(privateExportName)).getFile();
}

/** Runs while no other tab exports; throws CamphorError `busy` where one does. */
function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  return navigator.locks.request(exportLockName, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw new CamphorError('busy');
    return navigator.locks.request(importLockName, { mode: 'shared' }, work);
  });
}

export function createExportJobs({ vaultWorker, keepAwake }: ExportEnvironment): ExportJobs {
  let endRunning: ((reason: CamphorError) => void) | null = null;
  /** From here on it can be ended, also before its worker is there. */
  const endable = async <Result>(work: (ended: Promise<never>) => Promise<Result>): Promise<Result> => {
    if (endRunning !== null) throw new CamphorError('busy');
    const ended = new Promise<never>((_, reject) => (endRunning = reject));
    ended.catch(() => {});
    try {
      return await work(ended);
    } finally {
      endRunning = null;
    }
  };
  const write = async (ended: Promise<never>, ...[lock, target, report]: Parameters<ExportCalls['run']>): Promise<ExportResult> => {
    const starting = vaultWorker.startKeyed<ExportVerbs>('export', exportUrl);
    try {
      const worker = await Promise.race([starting, ended]);
      return await Promise.race([worker.call((verbs, lend) => verbs.exportAge(lock, target, lend(report))), ended]);
    } finally {
      starting.then(
        (worker) => worker.end(new CamphorError('cancelled')),
        () => {},
      );
    }
  };
  return {
    run: (lock, target, report) =>
      endable((ended) =>
        alone(async () => {
          const sleep = await keepAwake();
          try {
            const result = await write(ended, lock, target, report);
            return { ...result, file: target === null ? await readPrivateFile() : null };
          } catch (cause) {
            await (target === null ? removePrivateFile() : removeEmpty(target)).catch(() => undefined);
            throw cause;
          } finally {
            sleep();
          }
        }),
      ),
    discard: () => alone(removePrivateFile),
    cancel: () => endRunning?.(new CamphorError('cancelled')),
    end: (reason) => endRunning?.(reason),
    endIdle: (reason) => {
      const end = endRunning;
      if (end !== null) setTimeout(() => end(reason), graceMs);
    },
  };
}

// Exports: each in a fresh confined worker that ends with it, one at a time over all tabs. While one runs, this tab
// holds the Web Lock against updates and a screen wake lock.

import type { Remote } from 'comlink';
import exportUrl from '../../workers/export.ts?worker&url';
import { CamphorError } from '../model/error';
import { privateExportName, privateMessagesName } from '../model/export';
import type { ExportVerbs } from '../model/verbs';
import { importLockName } from './import-jobs';
import type { ExportCalls } from './session';
import type { VaultWorker } from './vault-worker';
import type { Lend } from './worker-calls';

export interface ExportEnvironment {
  readonly vaultWorker: Pick<VaultWorker, 'startKeyed'>;
  keepAwake(): Promise<() => void>;
}

export interface ExportJobs extends Pick<ExportCalls, 'chooseFile' | 'run' | 'runMessages' | 'discard' | 'cancel'> {
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

async function removePrivateFile(name: string): Promise<void> {
  const folder = await navigator.storage.getDirectory?.().catch(() => null);
  for (let tries = 0; folder && tries < removeTries; tries++) {
    try {
      return await folder.removeEntry(name);
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

async function readPrivateFile(name: string): Promise<File> {
  return (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile();
}

interface SaveDialog {
  showSaveFilePicker?(options: { suggestedName: string; id: string }): Promise<FileSystemFileHandle>;
}

async function chooseFile(name: string): Promise<FileSystemFileHandle | null> {
  try {
    return (await (globalThis as SaveDialog).showSaveFilePicker?.({ suggestedName: name, id: 'camphor-export' })) ?? null;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return null;
    throw new CamphorError('storage-failed', {}, cause);
  }
}

/** Runs while no other tab exports; throws CamphorError `busy` where one does. */
function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  return navigator.locks.request(exportLockName, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw new CamphorError('busy');
    return navigator.locks.request(importLockName, { mode: 'shared' }, work);
  });
}

interface Written {
  readonly file: File | null;
}
type Work<Result> = (verbs: Remote<ExportVerbs>, lend: Lend) => Promise<Result>;

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
  const write = async <Result>(ended: Promise<never>, work: Work<Result>): Promise<Result> => {
    const starting = vaultWorker.startKeyed<ExportVerbs>('export', exportUrl);
    try {
      const worker = await Promise.race([starting, ended]);
      return await Promise.race([worker.call(work), ended]);
    } finally {
      starting.then(
        (worker) => worker.end(new CamphorError('cancelled')),
        () => {},
      );
    }
  };
  /** `privateName`: of the file inside of the browser, where there is no target. */
  const run = <Result>(target: FileSystemFileHandle | null, privateName: string, work: Work<Result>): Promise<Result & Written> =>
    endable((ended) =>
      alone(async () => {
        const sleep = await keepAwake();
        try {
          const result = await write(ended, work);
          return { ...result, file: target === null ? await readPrivateFile(privateName) : null };
        } catch (cause) {
          await (target === null ? removePrivateFile(privateName) : removeEmpty(target)).catch(() => undefined);
          throw cause;
        } finally {
          sleep();
        }
      }),
    );
  const discard: ExportCalls['discard'] = (what) =>
    alone(() => removePrivateFile(what === 'messages' ? privateMessagesName : privateExportName));
  /** What lies there in the clear; what still runs removes its own file where it is ended. */
  const discardClear = (): void => void discard('messages').catch(() => undefined);
  return {
    chooseFile,
    run: (lock, target, report) => run(target, privateExportName, (verbs, lend) => verbs.exportAge(lock, target, lend(report))),
    runMessages: (request, target, report) =>
      run(target, privateMessagesName, (verbs, lend) => verbs.exportMessages(request, target, lend(report))),
    discard,
    cancel: () => endRunning?.(new CamphorError('cancelled')),
    end: (reason) => {
      endRunning?.(reason);
      discardClear();
    },
    endIdle: (reason) => {
      discardClear();
      const end = endRunning;
      if (end !== null) setTimeout(() => end(reason), graceMs);
    },
  };
}

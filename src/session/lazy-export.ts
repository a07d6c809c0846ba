// Exports before anything of them is loaded: the first call loads them.

import { CamphorError } from '../model/error';
import { keepAwake } from './attention';
import type { ExportJobs } from './export-jobs';
import type { ExportCalls } from './session';
import type { VaultWorker } from './vault-worker';

export interface LazyExport {
  readonly calls: ExportCalls;
  /** By hand: at once. Idle: ten minutes later. */
  end(cause: 'hand' | 'idle'): void;
}

export function lazyExport(vaultWorker: Pick<VaultWorker, 'startKeyed'>): LazyExport {
  let loaded: ExportJobs | null = null;
  const get = async (): Promise<ExportJobs> => {
    const { createExportJobs } = await import('./export-jobs');
    return (loaded ??= createExportJobs({ vaultWorker, keepAwake }));
  };
  return {
    calls: {
      hasFileChooser: 'showSaveFilePicker' in globalThis,
      chooseFile: async (name) => (await get()).chooseFile(name),
      run: async (lock, target, report) => (await get()).run(lock, target, report),
      runMessages: async (request, target, report) => (await get()).runMessages(request, target, report),
      // After a `run` that came before.
      cancel: () => void get().then((jobs) => jobs.cancel()),
      discard: async (what) => (await get()).discard(what),
    },
    end: (cause) => {
      const reason = new CamphorError('locked');
      if (cause === 'hand') loaded?.end(reason);
      else loaded?.endIdle(reason);
      // It lies there in the clear. What still runs removes its own file where it is ended.
      loaded?.discard('messages').catch(() => undefined);
    },
  };
}

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
      chooseFile: async (...asked) => (await get()).chooseFile(...asked),
      run: async (...asked) => (await get()).run(...asked),
      runMessages: async (...asked) => (await get()).runMessages(...asked),
      discard: async (...asked) => (await get()).discard(...asked),
      // After a `run` that came before.
      cancel: () => void get().then((jobs) => jobs.cancel()),
    },
    end: (cause) => loaded?.[cause === 'hand' ? 'end' : 'endIdle'](new CamphorError('locked')),
  };
}

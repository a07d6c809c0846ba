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

export function lazyExport(vaultWorker: Pick<VaultWorker, 'startKeyed'>): LazyExport {
  let loaded: ExportJobs | null = null;
  const get = async (): Promise<ExportJobs> => {
    const { createExportJobs } = await import('./export-jobs');
    return (loaded ??= createExportJobs({ vaultWorker, keepAwake }));
  };
  return {
    calls: {
      hasFileChooser: 'showSaveFilePicker' in globalThis,
      chooseFile,
      run: async (lock, target, report) => (await get()).run(lock, target, report),
      // After a `run` that came before.
      cancel: () => void get().then((jobs) => jobs.cancel()),
      discard: async () => (await get()).discard(),
    },
    end: (cause) => {
      const reason = new CamphorError('locked');
      if (cause === 'hand') loaded?.end(reason);
      else loaded?.endIdle(reason);
    },
  };
}

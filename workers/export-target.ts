// Where an export is written: a file that the owner chose, or one inside of the browser; and telling how far it is.

import { sourceOfBlob } from '../src/bytes/blob-source';
import { openSyncHandle, type SyncHandle } from '../src/bytes/sync-file';
import type { ArchiveTarget } from '../src/export/write-chunks';
import { CamphorError } from '../src/model/error';
import type { Progress, ReportProgress } from '../src/model/progress';
import { browserStorage } from './connect-vault';

const isQuota = (cause: unknown): boolean => cause instanceof Error && cause.name === 'QuotaExceededError';

function failed(cause: unknown): never {
  if (cause instanceof CamphorError) throw cause;
  if (isQuota(cause)) throw new CamphorError('storage-full', {}, cause);
  throw new CamphorError('storage-failed', { error: cause instanceof Error ? cause.name : typeof cause }, cause);
}

async function attempt(work: () => void): Promise<void> {
  try {
    work();
  } catch (cause) {
    failed(cause);
  }
}

/** What was there stays until the new file is whole. */
export async function chosenTarget(file: FileSystemFileHandle): Promise<ArchiveTarget> {
  const writable = await file.createWritable().catch(failed);
  return {
    // Nobody tells how much room there is; what is too much fails while it is written.
    reserve: async () => {},
    write: (bytes) => writable.write(bytes).catch(failed),
    close: async () => {
      await writable.close().catch(failed);
      return sourceOfBlob(await file.getFile().catch(failed));
    },
  };
}

function unavailable(cause: unknown): never {
  if (isQuota(cause)) failed(cause);
  throw new CamphorError('storage-unavailable', {}, cause);
}

/** Takes the room of the whole file. Throws CamphorError `storage-full`. */
async function reserve(access: SyncHandle, sizeBytes: number): Promise<void> {
  const { quota, usage = 0 } = (await browserStorage?.estimate()) ?? {};
  const freeBytes = quota === undefined ? Infinity : quota - usage;
  const full = (cause?: unknown): never => {
    const free = freeBytes < sizeBytes ? { freeBytes } : {};
    throw new CamphorError('storage-full', { neededBytes: sizeBytes, ...free }, cause);
  };
  if (freeBytes < sizeBytes) full();
  // Browsers do not tell the truth of their quota, and keep to it all the same.
  await attempt(() => access.truncate(sizeBytes)).catch(full);
  if (access.getSize() < sizeBytes) full();
}

/** Throws CamphorError `storage-unavailable` where the browser has no files of its own, as in private windows. */
export async function privateTarget(name: string): Promise<ArchiveTarget> {
  const folder = await navigator.storage.getDirectory().catch(unavailable);
  const file = await folder.getFileHandle(name, { create: true }).catch(unavailable);
  const access = await openSyncHandle(file).catch(unavailable);
  access.truncate(0);
  let at = 0;
  return {
    reserve: (sizeBytes) => reserve(access, sizeBytes),
    write: (bytes) =>
      attempt(() => {
        for (let from = 0; from < bytes.length;) {
          const written = access.write(bytes.subarray(from), { at });
          if (written === 0) throw new CamphorError('storage-full');
          from += written;
          at += written;
        }
      }),
    close: async () => {
      await attempt(() => {
        access.truncate(at);
        access.flush();
        // Where it keeps files in memory, Chromium cuts what is too much and says nothing.
        if (access.getSize() < at) throw new CamphorError('storage-full');
        access.close();
      });
      return sourceOfBlob(await file.getFile().catch(failed));
    },
  };
}

/** Not more often than every 100 ms, but for what begins. */
export function reportSometimes(report: ReportProgress): (stage: Progress['stage'], doneBytes: number, totalBytes: number | null) => void {
  let lastAtMs = 0;
  let last: Progress['stage'] | null = null;
  return (stage, doneBytes, totalBytes) => {
    const nowMs = Date.now();
    if (stage === last && nowMs - lastAtMs < 100) return;
    lastAtMs = nowMs;
    last = stage;
    report({ stage, doneBytes, totalBytes, messages: 0, media: 0 });
  };
}

// Locks that lie on the drive, and what they mean to us.

import type { RepositoryContext } from './context';
import { trustedNowMs } from './environment';
import { fileName, listFiles } from './file-names';
import { parseLock } from './lock-file';
import type { FileId } from './repository';
import { readJsonFile } from './sealed-json';
import { isError } from './stored-file';

/** As in stock restic: its holder would have made a new one every five minutes. */
const staleAfterMs = 30 * 60_000;

export interface LockView {
  readonly id: FileId;
  readonly hostname: string;
  readonly sinceMs: number;
  readonly exclusive: boolean;
  readonly isStale: boolean;
  /** It does not open: whose it is and since when is unknown. */
  readonly isUnreadable: boolean;
}

async function viewLock(context: RepositoryContext, id: FileId, sizeBytes: number, nowMs: number): Promise<LockView | null> {
  try {
    const { hostname, createdAtMs, exclusive } = parseLock(id, await readJsonFile(context, 'locks', id, sizeBytes));
    return { id, hostname, sinceMs: createdAtMs, exclusive, isStale: nowMs - createdAtMs > staleAfterMs, isUnreadable: false };
  } catch (error) {
    if (isError(error, 'drive-missing')) return null;
    if (!isError(error, 'damaged')) throw error;
    return { id, hostname: '', sinceMs: 0, exclusive: true, isStale: true, isUnreadable: true };
  }
}

export interface ListedLocks {
  readonly locks: readonly LockView[];
  readonly ids: ReadonlySet<FileId>;
  readonly isSuspect: boolean;
}

/** All locks. Empty files are none (stock restic takes them for cut writes), and those that vanish meanwhile neither. */
export async function listLocks(context: RepositoryContext): Promise<ListedLocks> {
  const { sizes, isSuspect } = await listFiles(context.drive, 'locks');
  const nowMs = await trustedNowMs(context.environment);
  const locks: LockView[] = [];
  for (const [id, sizeBytes] of sizes) {
    const lock = sizeBytes === 0 ? null : await viewLock(context, id, sizeBytes, nowMs);
    if (lock) locks.push(lock);
  }
  return { locks, ids: new Set(sizes.keys()), isSuspect };
}

/** Removes locks whose holder is gone, or that nobody can read; gives how many. */
export async function removeStaleLocks(context: RepositoryContext): Promise<number> {
  const stale = (await listLocks(context)).locks.filter(({ isStale }) => isStale);
  for (const { id } of stale) await context.drive.remove(fileName('locks', id));
  return stale.length;
}

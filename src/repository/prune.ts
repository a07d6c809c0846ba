// Carrying out a prune: the plan is made anew under the lock, and must be the one that the owner saw.

import type { PrunePlan } from '../model/backup-view';
import { CamphorError } from '../model/error';
import type { ReportProgress } from '../model/progress';
import type { PackBlob } from './blob-index';
import { progressReporter } from './check';
import { checkWritable, type RepositoryContext } from './context';
import { listPacks } from './file-names';
import { withExclusiveLock } from './held-lock';
import { reloadIndex } from './load-index';
import { makePrunePlan, type DetailedPrunePlan } from './plan-prune';
import { replacePacks } from './replace-packs';
import type { FileId } from './repository';

const same = (one: readonly string[], other: readonly string[]): boolean => one.join() === [...other].sort().join();

function leavingPacks({ index }: RepositoryContext, plan: DetailedPrunePlan): ReadonlyMap<FileId, readonly PackBlob[]> {
  const keptOf = (id: FileId) => index.blobs.blobsOf(id).filter((blob) => plan.isKept(id, blob.type, blob.id));
  const leaving = new Map<FileId, readonly PackBlob[]>(plan.removePacks.map((id) => [id, []]));
  for (const id of plan.repackPacks) leaving.set(id, keptOf(id));
  return leaving;
}

/** Throws CamphorError `repository-damaged` where the index names a pack that is not there with its size. */
export async function checkPacksThere(context: RepositoryContext): Promise<void> {
  await reloadIndex(context);
  const { sizes, isSuspect } = await listPacks(context.drive);
  const missing = [...context.index.packSizes].filter(([id, sizeBytes]) => sizes.get(id) !== sizeBytes);
  if (missing.length > 0 && !isSuspect) throw new CamphorError('repository-damaged', { packs: missing.length });
}

/** See `Repository.prune`. Throws CamphorError `changed-meanwhile` where the plan would be another one now. */
export async function prune(context: RepositoryContext, plan: PrunePlan, report: ReportProgress): Promise<void> {
  checkWritable(context);
  const tell = progressReporter(report, 'sealing');
  await withExclusiveLock(context, async (lock) => {
    const now = await makePrunePlan(context, plan.isThorough);
    const isSame = now.stateId === plan.stateId && same(now.removePacks, plan.removePacks) && same(now.repackPacks, plan.repackPacks);
    if (!isSame) throw new CamphorError('changed-meanwhile');
    const leaving = leavingPacks(context, now);
    await replacePacks(context, lock, { leaving, adopted: [], dropIndexes: [] }, (bytes) => tell(bytes, now.repackBytes));
    await checkPacksThere(context);
  });
}

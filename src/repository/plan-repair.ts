// What is wrong and could be mended: nothing is changed on the drive.

import type { RepairPlan } from '../model/backup-view';
import { CamphorError } from '../model/error';
import type { ReportProgress } from '../model/progress';
import { progressReporter } from './check';
import { checkWritable, type RepositoryContext } from './context';
import { findDamagedPacks, type DamagedPack } from './find-damage';
import type { IndexedPack } from './index-file';
import { addIndexedPack } from './load-index';
import { readPackHeader } from './read-pack';
import type { BlobId, BlobType, FileId, Snapshot } from './repository';
import { listSnapshots } from './snapshots';
import { readState, type DriveState } from './state-id';
import { isError } from './stored-file';
import { findMissing } from './walk-trees';

export interface DetailedRepairPlan extends RepairPlan {
  readonly damagedPacks: readonly DamagedPack[];
  readonly adopted: readonly IndexedPack[];
}

/** Packs that no index file names, by their own lists. They count in the index in memory from then on. */
async function adoptPacks(context: RepositoryContext, { packs }: DriveState): Promise<IndexedPack[]> {
  const { index } = context;
  const adopted: IndexedPack[] = [];
  for (const [id, sizeBytes] of packs.sizes) {
    if (context.damagedPacks.has(id) || (index.blobs.hasPack(id) && !index.rebuilt.has(id))) continue;
    try {
      const blobs = index.rebuilt.has(id) ? index.blobs.blobsOf(id) : await readPackHeader(context, id, sizeBytes);
      addIndexedPack(index, id, blobs);
      index.rebuilt.add(id);
      adopted.push({ id, blobs });
    } catch (error) {
      // A pack that was cut while it was sent: nothing needs it, and a prune removes it.
      if (!isError(error, 'damaged', 'drive-missing')) throw error;
    }
  }
  return adopted;
}

interface Losses {
  readonly lostBlobs: { readonly type: BlobType; readonly id: BlobId }[];
  readonly snapshotsLacking: { readonly id: FileId; readonly missing: number }[];
}

/** What snapshots name and no index does. */
export async function findLosses(context: RepositoryContext, snapshots: readonly Snapshot[]): Promise<Losses> {
  const lost = { tree: new Set<BlobId>(), data: new Set<BlobId>() };
  const snapshotsLacking: Losses['snapshotsLacking'] = [];
  for (const { id, tree } of snapshots) {
    const { trees, data } = await findMissing(context, tree);
    for (const each of trees) lost.tree.add(each);
    for (const each of data) lost.data.add(each);
    if (trees.size + data.size > 0) snapshotsLacking.push({ id, missing: trees.size + data.size });
  }
  const lostBlobs = (['tree', 'data'] as const).flatMap((type) => [...lost[type]].sort().map((id) => ({ type, id })));
  return { lostBlobs, snapshotsLacking };
}

/** Throws CamphorError `listing-suspect`, `repository-read-only`. */
export async function makeRepairPlan(context: RepositoryContext, report: ReportProgress): Promise<DetailedRepairPlan> {
  const tell = progressReporter(report, 'scanning');
  const state = await readState(context);
  if (state.isSuspect) throw new CamphorError('listing-suspect');
  const { snapshots, damaged } = await listSnapshots(context, true);
  const { damaged: damagedPacks, isListingCut } = await findDamagedPacks(context, async () => state.packs);
  if (isListingCut) throw new CamphorError('listing-suspect');
  checkWritable(context);
  tell(0, null);
  const adopted = await adoptPacks(context, state);
  const losses = await findLosses(context, snapshots);
  tell(0, null);
  return {
    stateId: state.stateId,
    badIndexes: [...context.index.damaged].sort(),
    unindexedPacks: adopted.map(({ id }) => id).sort(),
    ...losses,
    badSnapshots: [...damaged].sort(),
    damagedPacks,
    adopted,
  };
}

/** See `Repository.planRepair`. */
export async function planRepair(context: RepositoryContext, report: ReportProgress): Promise<RepairPlan> {
  const { damagedPacks: _, adopted: __, ...plan } = await makeRepairPlan(context, report);
  return plan;
}

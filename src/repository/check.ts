// Checking the structure: what index and snapshots name is there, opens and has its size. Packs are read only where
// something is wrong with them.

import type { CheckReport } from '../model/backup-view';
import type { Progress, ReportProgress } from '../model/progress';
import { readConfigFile } from './config-file';
import type { RepositoryContext } from './context';
import { createLostBlobs, type LostBlobs } from './examine-pack';
import { createFaultList, type FaultList } from './fault-list';
import { configName, fileName, listFiles, type ListedFiles } from './file-names';
import { findDamagedPacks } from './find-damage';
import { IdSet } from './id-set';
import { describeKeyFile } from './key-file';
import { listLocks } from './locks';
import type { BlobId, BlobType, FileId } from './repository';
import { listPacksLately } from './pack-listing';
import { listSnapshots, type ListedSnapshots } from './snapshots';
import { isError, tryTwice } from './stored-file';
import { walkTree } from './walk-trees';

export interface Inspection {
  readonly context: RepositoryContext;
  readonly faults: FaultList;
  readonly lost: LostBlobs;
  readonly report: () => void;
}

export function createInspection(context: RepositoryContext, report: () => void): Inspection {
  return { context, faults: createFaultList(), lost: createLostBlobs(), report };
}

async function isSound(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await tryTwice(run);
    return true;
  } catch (error) {
    if (isError(error, 'damaged', 'newer-repository')) return false;
    throw error;
  }
}

async function checkConfig({ context, faults }: Inspection): Promise<void> {
  const { drive, key, config } = context;
  const isThere = (await drive.size(configName)) !== null;
  let foundId: string | null = null;
  if (isThere) await isSound(async () => (foundId = (await readConfigFile(key, await drive.read(configName))).id));
  if (foundId !== config.id) faults.add('config', configName);
}

async function checkKeys({ context, faults }: Inspection): Promise<void> {
  const { sizes, isSuspect } = await listFiles(context.drive, 'keys');
  if (isSuspect) faults.add('listing-suspect', 'keys');
  const read = async (id: FileId) => describeKeyFile(await context.drive.read(fileName('keys', id)), id);
  for (const id of sizes.keys()) if (!(await isSound(() => read(id)))) faults.add('key', id);
  if (sizes.size === 0) faults.add('key', 'keys');
}

/** Gives true where somebody may be writing just now. */
async function checkLocks({ context, faults }: Inspection): Promise<boolean> {
  const { locks } = await listLocks(context);
  for (const { id, isStale } of locks) if (isStale) faults.add('stale-lock', id);
  return locks.some(({ isStale }) => !isStale);
}

async function checkPacks({ context, faults, lost }: Inspection, areOthersWriting: boolean): Promise<void> {
  let packs: ListedFiles | null = null;
  const { damaged, isListingCut } = await findDamagedPacks(context, async () => (packs = await listPacksLately(context)));
  const { sizes, misplaced, isSuspect } = packs ?? (await listPacksLately(context));
  if (isSuspect || isListingCut) faults.add('listing-suspect', 'data');
  for (const { id, what, examined } of damaged) {
    faults.add(what, id);
    lost.add(id, examined.lost);
  }
  // What another device is sending just now has no index yet.
  if (areOthersWriting) return;
  const isNamed = (id: FileId): boolean =>
    context.damagedPacks.has(id) || (context.index.blobs.hasPack(id) && !context.index.rebuilt.has(id));
  for (const id of sizes.keys()) if (!isNamed(id)) faults.add('pack-unindexed', id);
  for (const name of misplaced) faults.add('pack-unindexed', name);
}

/** A blob that a snapshot needs and no pack holds: the fault of the pack that held it, where that is known. */
function blame({ faults, lost }: Inspection, type: BlobType, id: BlobId, path: string): void {
  const pack = lost.packOf(type, id);
  const fault = pack === null ? undefined : faults.faults.find((each) => each.id === pack);
  if (fault) faults.add(fault.what, fault.id, path);
  else faults.add('blob-missing', id, path);
}

async function checkTrees(inspection: Inspection, { snapshots }: ListedSnapshots): Promise<void> {
  const { context, faults } = inspection;
  const seen = new IdSet();
  for (const snapshot of snapshots) {
    await walkTree(context, snapshot.tree, seen, {
      node: ({ content }, path) => {
        for (const id of content) if (!context.index.blobs.has('data', id)) blame(inspection, 'data', id, path);
      },
      lost: (tree, path, reason) => {
        if (reason === 'damaged') faults.add('tree-damaged', tree, path || '/');
        else blame(inspection, 'tree', tree, path || '/');
      },
    });
    inspection.report();
  }
}

/**
 * Everything but the content of packs that seem sound. Snapshots are listed before the index is read, so that what is
 * written meanwhile is no fault.
 */
export async function inspect(inspection: Inspection): Promise<CheckReport> {
  const { context, faults } = inspection;
  await checkConfig(inspection);
  await checkKeys(inspection);
  const areOthersWriting = await checkLocks(inspection);
  const snapshots = await listSnapshots(context, true);
  if (snapshots.isSuspect) faults.add('listing-suspect', 'snapshots');
  for (const id of snapshots.damaged) faults.add('snapshot-damaged', id);
  inspection.report();
  await checkPacks(inspection, areOthersWriting);
  if (context.index.isSuspect) faults.add('listing-suspect', 'index');
  for (const id of context.index.damaged) faults.add('index-damaged', id);
  await checkTrees(inspection, snapshots);
  return {
    packs: context.index.blobs.packCount,
    blobs: context.index.blobs.blobCount,
    snapshots: snapshots.snapshots.length,
    faults: faults.faults,
    moreFaults: faults.moreFaults,
  };
}

export function progressReporter(report: ReportProgress, stage: Progress['stage']): (doneBytes: number, totalBytes: number | null) => void {
  return (doneBytes, totalBytes) => report({ stage, doneBytes, totalBytes, messages: 0, media: 0 });
}

/** See `Repository.check`. */
export function check(context: RepositoryContext, report: ReportProgress): Promise<CheckReport> {
  const tell = progressReporter(report, 'scanning');
  return inspect(createInspection(context, () => tell(0, null)));
}

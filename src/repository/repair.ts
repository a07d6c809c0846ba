// Mending: what can be read gets a new index, what is lost leaves it, and snapshots are written anew without it. Success is
// said only after another check.

import type { CheckFault, RepairPlan } from '../model/backup-view';
import { CamphorError } from '../model/error';
import type { ReportProgress } from '../model/progress';
import type { PackBlob } from './blob-index';
import { createInspection, inspect, progressReporter } from './check';
import { checkWritable, type RepositoryContext } from './context';
import { fileName } from './file-names';
import { withExclusiveLock, type HeldLock } from './held-lock';
import { healLost } from './heal';
import { findLosses, makeRepairPlan, type DetailedRepairPlan } from './plan-repair';
import { replacePacks } from './replace-packs';
import type { FileId, Heal, RepairResult } from './repository';
import { salvageSnapshots } from './salvage';
import { listSnapshots } from './snapshots';

/** What must be gone after a repair. */
const mended: ReadonlySet<CheckFault['what']> = new Set([
  'index-damaged',
  'pack-missing',
  'pack-size',
  'pack-damaged',
  'blob-missing',
  'tree-damaged',
  'snapshot-damaged',
]);

function isSamePlan(now: DetailedRepairPlan, plan: RepairPlan): boolean {
  const text = ({ stateId, badIndexes, unindexedPacks, lostBlobs, badSnapshots, snapshotsLacking }: RepairPlan): string =>
    JSON.stringify([stateId, badIndexes, unindexedPacks, lostBlobs, badSnapshots, snapshotsLacking]);
  return text(now) === text(plan);
}

async function removeBadSnapshots(context: RepositoryContext, lock: HeldLock, ids: readonly FileId[]): Promise<void> {
  for (const id of ids) {
    await lock.assertHeld();
    await context.drive.remove(fileName('snapshots', id));
  }
}

/** A blob of a damaged pack that a sound one holds too needs no further copy. */
function leavingPacks({ index }: RepositoryContext, { damagedPacks }: DetailedRepairPlan): ReadonlyMap<FileId, readonly PackBlob[]> {
  const damaged = new Set(damagedPacks.map(({ id }) => id));
  const isNeeded = ({ type, id }: PackBlob) => index.blobs.findAll(type, id).every((place) => damaged.has(place.packId));
  return new Map(damagedPacks.map(({ id, examined }) => [id, examined.good.filter(isNeeded)] as const));
}

/**
 * See `Repository.repair`. Throws CamphorError `changed-meanwhile` where the plan would be another one now, and
 * `repository-damaged` with `facts.faults` where a check afterwards is not content.
 */
export async function repair(context: RepositoryContext, plan: RepairPlan, report: ReportProgress, heal?: Heal): Promise<RepairResult> {
  checkWritable(context);
  const tell = progressReporter(report, 'sealing');
  return withExclusiveLock(context, async (lock) => {
    const now = await makeRepairPlan(context, report);
    if (!isSamePlan(now, plan)) throw new CamphorError('changed-meanwhile');
    const leaving = leavingPacks(context, now);
    await replacePacks(context, lock, { leaving, adopted: now.adopted, dropIndexes: now.badIndexes }, (bytes) => tell(bytes, null));
    const healedBlobs = heal ? await healLost(context, lock, now, heal) : 0;
    const { lostBlobs, snapshotsLacking } = healedBlobs > 0 ? await findLosses(context, (await listSnapshots(context)).snapshots) : now;
    await salvageSnapshots(
      context,
      lock,
      snapshotsLacking.map(({ id }) => id),
    );
    await removeBadSnapshots(context, lock, now.badSnapshots);
    const { faults } = await inspect(createInspection(context, () => tell(0, null)));
    const left = faults.filter(({ what }) => mended.has(what)).length;
    if (left > 0) throw new CamphorError('repository-damaged', { faults: left });
    return { healedBlobs, stillLost: lostBlobs.length };
  });
}

// Letting go of snapshots: a plan first, and never the newest.

import type { ForgetPlan, RetentionPolicy } from '../model/backup-view';
import { CamphorError } from '../model/error';
import { checkWritable, type RepositoryContext } from './context';
import { trustedNowMs } from './environment';
import { fileName } from './file-names';
import { withExclusiveLock } from './held-lock';
import { refreshIndex } from './load-index';
import type { FileId, Snapshot } from './repository';
import { retain } from './retention';
import { listSnapshots } from './snapshots';
import { findMissing } from './walk-trees';

const groupOf = ({ hostname, paths, tags }: Snapshot): string => JSON.stringify([hostname, [...paths].sort(), [...tags].sort()]);

function groups(snapshots: readonly Snapshot[]): Snapshot[][] {
  const byName = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) byName.set(groupOf(snapshot), [...(byName.get(groupOf(snapshot)) ?? []), snapshot]);
  return [...byName.values()];
}

/** Where the newest lacks something, an older one may be the last good one: the whole group stays. */
async function isNewestWhole(context: RepositoryContext, group: readonly Snapshot[]): Promise<boolean> {
  const [newest] = group;
  if (!newest) return false;
  const { trees, data } = await findMissing(context, newest.tree);
  return trees.size + data.size === 0;
}

type Kept = ForgetPlan['keep'][number];

const keepAll = (snapshots: readonly Snapshot[], reason: string): Kept[] =>
  snapshots.map(({ id, takenAtMs }) => ({ id, takenAtMs, reasons: [reason] }));

/** See `Repository.planForget`. Snapshots that lack one of the tags are kept with the reason `not-ours`. */
export async function planForget(context: RepositoryContext, policy: RetentionPolicy, tags: readonly string[]): Promise<ForgetPlan> {
  const { snapshots, isSuspect } = await listSnapshots(context);
  if (isSuspect) return { keep: keepAll(snapshots, 'listing-suspect'), remove: [] };
  await refreshIndex(context);
  const nowMs = await trustedNowMs(context.environment);
  const isOurs = (snapshot: Snapshot): boolean => tags.every((tag) => snapshot.tags.includes(tag));
  const keep: Kept[] = keepAll(
    snapshots.filter((snapshot) => !isOurs(snapshot)),
    'not-ours',
  );
  const remove: ForgetPlan['remove'][number][] = [];
  for (const group of groups(snapshots.filter(isOurs))) {
    if (!(await isNewestWhole(context, group))) {
      keep.push(...keepAll(group, 'newest-incomplete'));
      continue;
    }
    const reasons = retain(group, policy, nowMs);
    for (const { id, takenAtMs } of group) {
      const why = reasons.get(id);
      if (why) keep.push({ id, takenAtMs, reasons: why });
      else remove.push({ id, takenAtMs });
    }
  }
  return { keep, remove };
}

/**
 * Removes these snapshots, the oldest first. Throws CamphorError `changed-meanwhile`, and removes none, where that would
 * leave no other as new as the newest of them; `listing-suspect`, `repository-locked`, `repository-read-only`.
 */
export async function forget(context: RepositoryContext, ids: readonly FileId[]): Promise<void> {
  checkWritable(context);
  await withExclusiveLock(context, async (lock) => {
    const { snapshots, isSuspect } = await listSnapshots(context);
    if (isSuspect) throw new CamphorError('listing-suspect');
    const [newest] = snapshots;
    if (newest && ids.includes(newest.id)) throw new CamphorError('changed-meanwhile');
    const going = snapshots.filter(({ id }) => ids.includes(id)).reverse();
    for (const { id } of going) {
      await lock.assertHeld();
      await context.drive.remove(fileName('snapshots', id));
      context.snapshots.delete(id);
    }
  });
}

// Which snapshots a policy keeps, and why. Days, weeks (from Monday), months and years are UTC, so that two devices agree.

import type { RetentionPolicy } from '../model/backup-view';

const dayMs = 86_400_000;

export interface Dated {
  readonly id: string;
  readonly takenAtMs: number;
}

const dayOf = (atMs: number): number => Math.floor(atMs / dayMs);
/** 1 January 1970 was a Thursday. */
const weekOf = (atMs: number): number => Math.floor((dayOf(atMs) + 3) / 7);
const yearOf = (atMs: number): number => new Date(atMs).getUTCFullYear();
const monthOf = (atMs: number): number => yearOf(atMs) * 12 + new Date(atMs).getUTCMonth();

type Period = readonly [reason: string, count: number, periodOf: (atMs: number) => number];

/** The newest of each of the last `count` periods in which there is one. */
function newestOfEach(newestFirst: readonly Dated[], [, count, periodOf]: Period): readonly Dated[] {
  const seen = new Set<number>();
  return newestFirst.filter(({ takenAtMs }) => {
    const period = periodOf(takenAtMs);
    if (seen.has(period) || seen.size >= count) return false;
    seen.add(period);
    return true;
  });
}

/**
 * Reasons for keeping, by id, of one group of snapshots; what has none may go. The newest is always kept. A policy of
 * zeros keeps everything.
 */
export function retain(group: readonly Dated[], policy: RetentionPolicy, nowMs: number): ReadonlyMap<string, readonly string[]> {
  const newestFirst = [...group].sort((one, other) => other.takenAtMs - one.takenAtMs);
  const reasons = new Map<string, string[]>();
  const keep = (reason: string, snapshots: readonly Dated[]): void => {
    for (const { id } of snapshots) reasons.set(id, [...(reasons.get(id) ?? []), reason]);
  };
  keep('newest', newestFirst.slice(0, 1));
  if (Object.values(policy).every((count) => count === 0)) keep('no-policy', newestFirst);
  keep('last', newestFirst.slice(0, policy.last));
  const periods: readonly Period[] = [
    ['daily', policy.daily, dayOf],
    ['weekly', policy.weekly, weekOf],
    ['monthly', policy.monthly, monthOf],
    ['yearly', policy.yearly, yearOf],
  ];
  for (const period of periods) keep(period[0], newestOfEach(newestFirst, period));
  const youngFromMs = nowMs - policy.keepDays * dayMs;
  if (policy.keepDays > 0)
    keep(
      'young',
      newestFirst.filter(({ takenAtMs }) => takenAtMs > youngFromMs),
    );
  return reasons;
}

// Which snapshots this device has seen on a drive: one that is gone without having been let go here means that the drive was
// rolled back, or that somebody else removed it; one of another device that is new here wants to be taken in.

import type { Snapshot } from '../repository/repository';
import { type DriveState, type RememberedSnapshot } from './drive-record';

/** What is remembered after `snapshots` were listed whole; `vanished` counts those that are gone. */
export function rememberSnapshots(
  state: DriveState,
  snapshots: readonly Snapshot[],
  ownHostname: string,
): Pick<DriveState, 'remembered' | 'vanished'> {
  const there = new Set(snapshots.map(({ id }) => id));
  const known = new Map(state.remembered.map((each) => [each.id, each]));
  const gone = state.remembered.filter(({ id }) => !there.has(id)).length;
  const remembered = snapshots.map(
    ({ id, takenAtMs, hostname }): RememberedSnapshot => known.get(id) ?? { id, takenAtMs, isTaken: hostname === ownHostname },
  );
  return { remembered, vanished: state.vanished + gone };
}

/** Without those that this device lets go itself. */
export function letGo(state: DriveState, ids: readonly string[]): Pick<DriveState, 'remembered'> {
  const gone = new Set(ids);
  return { remembered: state.remembered.filter(({ id }) => !gone.has(id)) };
}

/** With these as taken in: their content is in the vault now. */
export function markTaken(state: DriveState, ids: readonly string[]): Pick<DriveState, 'remembered'> {
  const taken = new Set(ids);
  return { remembered: state.remembered.map((each) => (taken.has(each.id) ? { ...each, isTaken: true } : each)) };
}

/**
 * Snapshots of other devices whose content is not here: of each device the newest, unless that one was taken in. Those of
 * stock tools, which have no tag of ours, are not among them.
 */
export function listOthers(state: DriveState, snapshots: readonly Snapshot[], ownHostname: string, ownTag: string): Snapshot[] {
  const taken = new Set(state.remembered.filter(({ isTaken }) => isTaken).map(({ id }) => id));
  const newest = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    if (snapshot.hostname === ownHostname || !snapshot.tags.includes(ownTag)) continue;
    const other = newest.get(snapshot.hostname);
    if (other === undefined || other.takenAtMs < snapshot.takenAtMs) newest.set(snapshot.hostname, snapshot);
  }
  return [...newest.values()].filter(({ id }) => !taken.has(id));
}

/** Snapshots that this device wrote anew, by their old ids: they are remembered by their new ones, and taken in as before. */
export function moveRemembered(state: DriveState, moved: ReadonlyMap<string, string>): Pick<DriveState, 'remembered'> {
  const byId = new Map(state.remembered.map((each) => [each.id, each]));
  for (const [from, to] of moved) {
    const old = byId.get(from);
    if (old === undefined) continue;
    byId.delete(from);
    byId.set(to, { ...old, id: to });
  }
  return { remembered: [...byId.values()] };
}

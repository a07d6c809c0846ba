// Mending what lies on a drive: from the vault first, then by doing without.

import type { RepairPlan, ReportBackup } from '../model/backup-view';
import type { RepairResult, Snapshot } from '../repository/repository';
import type { Connection } from './connection';
import { changeDriveState, type DriveState, loadDriveState } from './drive-record';
import type { BackupEnvironment } from './environment';
import { healFromVault } from './heal';
import { letGo, moveRemembered } from './remembered';
import type { Pausing } from './run-backup';
import { asBackupProgress, checkDrive } from './verify-drive';

/** A snapshot that was written anew has its old time; one that could not be, and one that was damaged, went. */
function rememberRepaired(state: DriveState, plan: RepairPlan, snapshots: readonly Snapshot[]): Pick<DriveState, 'remembered'> {
  const isThere = new Set(snapshots.map(({ id }) => id));
  const isKnown = new Set(state.remembered.map(({ id }) => id));
  const anew = new Map(snapshots.filter(({ id }) => !isKnown.has(id)).map(({ id, takenAtMs }) => [takenAtMs, id]));
  const touched = new Set([...plan.snapshotsLacking.map(({ id }) => id), ...plan.badSnapshots]);
  const gone = state.remembered.filter(({ id }) => touched.has(id) && !isThere.has(id));
  const moved = new Map(gone.flatMap(({ id, takenAtMs }) => (anew.has(takenAtMs) ? [[id, anew.get(takenAtMs) ?? ''] as const] : [])));
  const lost = gone.flatMap(({ id }) => (moved.has(id) ? [] : [id]));
  return letGo({ ...state, ...moveRemembered(state, moved) }, lost);
}

/** Snapshots that had to be written anew are remembered as what they were. Throws as `Repository.repair`, and `cancelled`. */
export async function repairDrive(
  environment: BackupEnvironment,
  connection: Connection,
  plan: RepairPlan,
  pausing: Pausing,
  report: ReportBackup,
): Promise<RepairResult> {
  const { repository, record } = connection;
  const { vault, yieldToEvents } = environment;
  const isCancelled = (): boolean => pausing.isAsked;
  const heal = healFromVault({ vault, yieldToEvents, isCancelled, repositoryId: repository.id });
  const result = await repository.repair(plan, asBackupProgress(report), heal);
  const state = await loadDriveState(vault.notes, record.id);
  const seen = rememberRepaired(state, plan, (await repository.snapshots()).snapshots);
  await changeDriveState(vault.notes, record.id, { ...seen, hasBadPacks: false });
  await checkDrive(environment, connection, report);
  return result;
}

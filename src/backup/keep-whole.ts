// The verbs that look after what is on a drive: checking, letting old snapshots go, making room, mending, and fetching media.

import { CamphorError } from '../model/error';
import type { CheckReport, RepairPlan, ReportBackup } from '../model/backup-view';
import type { Backup } from './backup';
import type { Connection, Connections } from './connection';
import { changeDriveState, loadDrive, loadDrives, loadDriveState } from './drive-record';
import { drill } from './drill';
import type { BackupEnvironment } from './environment';
import { fetchMedia } from './fetch-media';
import { freeMedia, planFreeing } from './free-media';
import { letGo } from './remembered';
import { repairDrive } from './repair-drive';
import { connect, lookAtSnapshots, type Pausing } from './run-backup';
import { snapshotTag } from './snapshot-tag';
import { asBackupProgress, checkDrive, verifyDrive } from './verify-drive';

type KeepVerbs = Pick<
  Backup,
  | 'check'
  | 'verify'
  | 'drill'
  | 'planForget'
  | 'forget'
  | 'planPrune'
  | 'prune'
  | 'planRepair'
  | 'repair'
  | 'fetchMedia'
  | 'planFreeing'
  | 'freeMedia'
>;

/** Throws `snapshots-vanished`, `repository-damaged`: until it is known why, what is left may be the last that is good. */
async function openToLetGo(environment: BackupEnvironment, connections: Connections, id: string): Promise<Connection> {
  const connection = await connections.openPresent(id);
  await lookAtSnapshots(environment, connection);
  const { vanished, hasFaults, hasBadPacks } = await loadDriveState(environment.vault.notes, id);
  if (vanished > 0) throw new CamphorError('snapshots-vanished', { count: vanished });
  if (hasFaults || hasBadPacks) throw new CamphorError('repository-damaged');
  return connection;
}

/** The owner has looked: what is gone is gone, and where nothing else is wrong, what is there is whole. */
async function checkByHand(environment: BackupEnvironment, connection: Connection, report: ReportBackup): Promise<CheckReport> {
  const found = await checkDrive(environment, connection, report);
  if (found.faults.length === 0) await changeDriveState(environment.vault.notes, connection.record.id, { vanished: 0 });
  return found;
}

/** Which packs are bad is known to the session that read them; another one has to read them first. */
async function planRepair(environment: BackupEnvironment, connection: Connection, report: ReportBackup): Promise<RepairPlan> {
  const { hasBadPacks } = await loadDriveState(environment.vault.notes, connection.record.id);
  if (hasBadPacks) await verifyDrive(environment, connection, 1, report);
  return connection.repository.planRepair(asBackupProgress(report));
}

export function keepWhole(environment: () => BackupEnvironment, connections: Connections, pausing: Pausing): KeepVerbs {
  const notes = () => environment().vault.notes;
  /** The repository of that id by any drive that leads to it. */
  const repositoryOf = async (repositoryId: string) => {
    const record = (await loadDrives(notes())).find((drive) => drive.repositoryId === repositoryId);
    return record === undefined ? null : (await connections.open(record.id)).repository;
  };
  return {
    check: async (id, report) => checkByHand(environment(), await connect(connections, id, report), report),
    verify: async (id, share, report) => verifyDrive(environment(), await connect(connections, id, report), share, report),
    drill: async (id, report) => drill(environment(), await connect(connections, id, report), report),
    planForget: async (id) => {
      const { repository } = await openToLetGo(environment(), connections, id);
      return repository.planForget((await loadDrive(notes(), id)).retention, [snapshotTag]);
    },
    forget: async (id, snapshots) => {
      const { repository } = await openToLetGo(environment(), connections, id);
      const state = await loadDriveState(notes(), id);
      await changeDriveState(notes(), id, letGo(state, snapshots));
      await repository.forget(snapshots);
    },
    planPrune: async (id) => (await openToLetGo(environment(), connections, id)).repository.planPrune(),
    prune: async (id, plan, report) => (await connect(connections, id, report)).repository.prune(plan, asBackupProgress(report)),
    planRepair: async (id, report) => planRepair(environment(), await connect(connections, id, report), report),
    repair: async (id, plan, report) => repairDrive(environment(), await connect(connections, id, report), plan, pausing, report),
    planFreeing: async (id, choice) => planFreeing(environment(), await connections.openPresent(id), choice),
    freeMedia: async (id, choice, report) => freeMedia(environment(), await connect(connections, id, report), choice, report),
    fetchMedia: (media, report) =>
      fetchMedia(
        {
          ...environment().vault,
          makeThumbnail: environment().makeThumbnail,
          repositoryOf,
          report,
          isPaused: () => pausing.isAsked,
        },
        media,
      ),
  };
}

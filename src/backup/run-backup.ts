// A backup from the screen's side: what other devices have brought is named first, then what this vault holds is sent, then
// what was sent is checked by its structure and remembered.

import { CamphorError, type ErrorCode } from '../model/error';
import type { BackupPlan, BackupResult, ReportBackup, SnapshotView } from '../model/backup-view';
import type { Snapshot } from '../repository/repository';
import type { Backup } from './backup';
import type { Connection, Connections } from './connection';
import { changeDriveState, loadDriveState } from './drive-record';
import type { BackupEnvironment } from './environment';
import { keepHeld } from './held-segments';
import { lookAtVault } from './manage-drives';
import { planBackup, pushBackup, type PushEnvironment } from './push';
import { listOthers, markTaken, rememberSnapshots } from './remembered';
import { snapshotTag } from './snapshot-tag';
import { viewSnapshots } from './snapshot-views';
import { checkDrive, isVerifyDue, verifyDrive, weeklyShare } from './verify-drive';

/** Packs of the writer that are fetched whole again: one in sixteen, all of them where the drive may leave stubs. */
const sampledShare = 1 / 16;

/** What is running, so that it can be asked to stop at its next commit point. */
export interface Pausing {
  isAsked: boolean;
}

const connecting: Parameters<ReportBackup>[0] = {
  stage: 'connecting',
  doneBytes: 0,
  totalBytes: null,
  sentBytes: 0,
  bytesPerSecond: null,
  untilMs: null,
};

/** Opens the drive, with waiting shown as such. */
export async function connect(connections: Connections, id: string, report: ReportBackup): Promise<Connection> {
  report(connecting);
  return connections.openPresent(id, (untilMs) => report({ ...connecting, stage: 'waiting', untilMs }));
}

/** Looks at the snapshots that are there now, and keeps what was seen. Not on a listing that may be cut. */
export async function lookAtSnapshots(environment: BackupEnvironment, connection: Connection): Promise<readonly Snapshot[]> {
  const { notes } = environment.vault;
  const { record, repository, hostname } = connection;
  const { snapshots, isSuspect } = await repository.snapshots();
  if (isSuspect) return snapshots;
  const state = await loadDriveState(notes, record.id);
  await changeDriveState(notes, record.id, rememberSnapshots(state, snapshots, hostname));
  return snapshots;
}

function pushing(environment: BackupEnvironment, { repository, hostname }: Connection, pausing: Pausing): PushEnvironment {
  const { vault, nowMs, yieldToEvents } = environment;
  return { vault, repository, hostname, nowMs, yieldToEvents, isCancelled: () => pausing.isAsked };
}

/** Snapshots of other devices that this vault has not taken in. */
async function findOthers(environment: BackupEnvironment, connection: Connection): Promise<readonly SnapshotView[]> {
  const { record, repository, hostname } = connection;
  const snapshots = await lookAtSnapshots(environment, connection);
  const state = await loadDriveState(environment.vault.notes, record.id);
  const others = listOthers(state, snapshots, hostname, snapshotTag);
  if (others.length > 0) await repository.loadIndex();
  return viewSnapshots(repository, others, hostname);
}

async function plan(environment: BackupEnvironment, connection: Connection, pausing: Pausing, report: ReportBackup): Promise<BackupPlan> {
  const others = await findOthers(environment, connection);
  const planned = await planBackup(pushing(environment, connection, pausing), report);
  return { ...planned, planId: `${connection.record.id}-${environment.nowMs()}`, others };
}

async function run(
  environment: BackupEnvironment,
  connection: Connection,
  pausing: Pausing,
  evenIfSmaller: boolean,
  report: ReportBackup,
): Promise<BackupResult> {
  const { record, repository, hostname, drive } = connection;
  if (repository.readOnlyBecause !== null) throw new CamphorError('repository-read-only', { because: repository.readOnlyBecause });
  await lookAtSnapshots(environment, connection);
  const { now: before, conversations } = await lookAtVault(environment);
  const followsFailure = (await loadDriveState(environment.vault.notes, record.id)).failure !== null;
  const pushed = await pushBackup({ ...pushing(environment, connection, pausing), followsFailure }, { evenIfSmaller }, report);
  await lookAtSnapshots(environment, connection);
  const checked = await loadDriveState(environment.vault.notes, record.id);
  if (isVerifyDue(checked, environment.nowMs())) await verifyDrive(environment, connection, weeklyShare, report);
  else await checkDrive(environment, connection, report);
  // A place that was emptied meanwhile holds nothing that anybody could open.
  await repository.checkStillThere();
  // What came into the vault while it was sent is for the next backup.
  await keepHeld(environment.vault.notes, record.id, conversations);
  await changeDriveState(environment.vault.notes, record.id, { lastBackupAtMs: environment.nowMs(), backedUp: before, failure: null });
  const shown = pushed.snapshot === null ? [] : [pushed.previous, pushed.snapshot].filter((one) => one !== null);
  const [snapshot = null] = await viewSnapshots(repository, shown, hostname);
  const { sentBytes, newMedia, changedMonths } = pushed;
  return { snapshot, sentBytes, newMedia, changedMonths, readBackShare: drive.traits.isAtomic ? sampledShare : 1 };
}

/** Errors that are no fault of the drive's, or ask something of the owner who is there to see it. */
const unremarkable: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['cancelled', 'locked', 'busy', 'vault-shrank']);

/** Keeps why a backup failed, so that one which nobody watched is not silent. */
async function notingFailure<Result>({ vault: { notes } }: BackupEnvironment, id: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof CamphorError ? error.code : 'unexpected';
    if (!unremarkable.has(code)) await changeDriveState(notes, id, { failure: code }).catch(() => {});
    throw error;
  }
}

export function runBackups(
  environment: () => BackupEnvironment,
  connections: Connections,
  pausing: Pausing,
): Pick<Backup, 'plan' | 'others' | 'run' | 'noteTaken'> {
  return {
    plan: (id, report) =>
      notingFailure(environment(), id, async () => plan(environment(), await connect(connections, id, report), pausing, report)),
    others: (id, report) => notingFailure(environment(), id, async () => findOthers(environment(), await connect(connections, id, report))),
    run: (id, { evenIfSmaller }, report) =>
      notingFailure(environment(), id, async () =>
        run(environment(), await connect(connections, id, report), pausing, evenIfSmaller, report),
      ),
    noteTaken: async (id, snapshot) => {
      const { notes } = environment().vault;
      await changeDriveState(notes, id, markTaken(await loadDriveState(notes, id), [snapshot]));
    },
  };
}

// The verbs that set drives up and tell of them. None of them writes to a repository but `addDrive`.

import { CamphorError } from '../model/error';
import { type DriveConfig, type DriveTraits, unknownTraits } from '../model/drive';
import type { DriveStatus } from '../model/backup-view';
import type { ConversationId } from '../model/ids';
import type { ConversationEntry } from '../vault/archive';
import { addDrive, keptConfig } from './add-drive';
import type { Backup } from './backup';
import { configOf, type Connections } from './connection';
import { changeDriveState, dropDrive, type DriveRecord, keepGrant, loadDrive, loadDrives, loadDriveState, saveDrive } from './drive-record';
import { digestOverlays, statusOf, type VaultNow } from './drive-status';
import type { BackupEnvironment } from './environment';
import { loadHeld, missingFromMs } from './held-segments';
import { makeRecoverySheet } from './recovery-sheet';

type ManageVerbs = Pick<
  Backup,
  'drives' | 'coverage' | 'examine' | 'addDrive' | 'changeDrive' | 'configureDrive' | 'dropDrive' | 'folderOf' | 'recoverySheet'
>;

/** The state of the vault now, as a backup would describe it, and its conversations. */
export async function lookAtVault({
  vault,
}: BackupEnvironment): Promise<{ readonly now: VaultNow; readonly conversations: readonly ConversationEntry[] }> {
  const reader = await vault.openReader();
  try {
    const conversations = await reader.conversations();
    const overlays = digestOverlays(await vault.notes.overlays(null));
    const messages = conversations.reduce((sum, { messageCount }) => sum + messageCount, 0);
    const now = { archiveRoot: reader.contentNumber, overlays, messages, isEmpty: conversations.length === 0 };
    return { now, conversations };
  } finally {
    reader.release();
  }
}

export const vaultNow = async (environment: BackupEnvironment): Promise<VaultNow> => (await lookAtVault(environment)).now;

/** Throws `not-found`. */
async function findCoverage({ vault }: BackupEnvironment, id: ConversationId): Promise<ReadonlyMap<string, number | null>> {
  const reader = await vault.openReader();
  try {
    const entry = await reader.conversation(id);
    if (entry === null) throw new CamphorError('not-found', { what: 'conversation' });
    const held = await loadHeld(vault.notes);
    return new Map((await loadDrives(vault.notes)).map(({ id: drive }) => [drive, missingFromMs(held, drive, entry)]));
  } finally {
    reader.release();
  }
}

async function statusNow(environment: BackupEnvironment, record: DriveRecord): Promise<DriveStatus> {
  const state = await loadDriveState(environment.vault.notes, record.id);
  return statusOf(record, state, await vaultNow(environment), environment.nowMs());
}

/** Throws `repository-exists` where the new way leads to another repository than the one that is kept. */
async function changeDrive(environment: BackupEnvironment, connections: Connections, id: string, asked: DriveConfig): Promise<DriveRecord> {
  const { notes, folders } = environment.vault;
  const config = await environment.signIns.settle(asked);
  const before = await loadDrive(notes, id);
  const handle = await folders.get(id);
  if (config.kind === 'folder') await folders.set(id, config.handle);
  if (config.kind === 'files') connections.lend(id, config);
  await saveDrive(notes, { ...before, config: keptConfig(config) });
  await connections.drop(id);
  try {
    const { repository } = await connections.open(id);
    if (repository.id !== before.repositoryId) throw new CamphorError('repository-exists');
    await changeDriveState(notes, id, { failure: null });
    return await loadDrive(notes, id);
  } catch (error) {
    await saveDrive(notes, before);
    await folders.set(id, handle);
    await connections.drop(id);
    throw error;
  }
}

async function keepTraits(environment: BackupEnvironment, connections: Connections, id: string, traits: DriveTraits): Promise<void> {
  await saveDrive(environment.vault.notes, { ...(await loadDrive(environment.vault.notes, id)), traits });
  await connections.drop(id);
}

const keyOf = (config: DriveConfig): string => JSON.stringify(keptConfig(config));

/** Examining a drive, and adding it with what was found out about it. */
function settingUp(environment: () => BackupEnvironment, connections: Connections): Pick<ManageVerbs, 'examine' | 'addDrive'> {
  const notes = () => environment().vault.notes;
  /** By the settings of drives that are not kept yet. */
  const examined = new Map<string, DriveTraits>();
  return {
    examine: async (drive, report) => {
      if (typeof drive !== 'string') {
        const looked = await environment().drives.examine(drive, report, () => {});
        examined.set(keyOf(drive), looked.traits);
        return looked;
      }
      const config = await configOf(environment(), await loadDrive(notes(), drive));
      const found = await environment().drives.examine(config, report, (grant) => void keepGrant(notes(), drive, grant));
      if (found.usable) await keepTraits(environment(), connections, drive, found.traits);
      return found;
    },
    addDrive: async (config, how) => {
      const record = await addDrive(environment(), config, how, examined.get(keyOf(config)) ?? unknownTraits);
      if (config.kind === 'files') connections.lend(record.id, config);
      return statusNow(environment(), record);
    },
  };
}

export function manageDrives(environment: () => BackupEnvironment, connections: Connections): ManageVerbs {
  const notes = () => environment().vault.notes;
  return {
    drives: async () => {
      const now = await vaultNow(environment());
      const states = (await loadDrives(notes())).map(async (record) =>
        statusOf(record, await loadDriveState(notes(), record.id), now, environment().nowMs()),
      );
      return Promise.all(states);
    },
    coverage: (conversation) => findCoverage(environment(), conversation),
    ...settingUp(environment, connections),
    changeDrive: async (id, config) => statusNow(environment(), await changeDrive(environment(), connections, id, config)),
    configureDrive: async (id, change) => {
      const record = { ...(await loadDrive(notes(), id)), ...change };
      await saveDrive(notes(), record);
      return statusNow(environment(), record);
    },
    dropDrive: async (id) => {
      await connections.drop(id);
      await environment().vault.folders.set(id, null);
      await dropDrive(notes(), id);
    },
    folderOf: async (id) => environment().vault.folders.get(id),
    recoverySheet: async (id, words) => {
      const record = await loadDrive(notes(), id);
      if (words.length > 0) await changeDriveState(notes(), id, { hasRecovery: true });
      return makeRecoverySheet(record, words, environment().nowMs());
    },
  };
}

// Setting a drive up: a repository made on it, or the one that is there opened, and what is needed from then on kept.

import { toBase64Url } from '../crypto/base64url';
import { repositoryPassword } from '../crypto/repository-password';
import { defaultRetention, type RepositorySecret } from '../model/backup-view';
import type { DriveConfig, DriveTraits } from '../model/drive';
import { createRepository } from '../repository/create-repository';
import { openRepository } from '../repository/open-repository';
import type { Repository } from '../repository/repository';
import { scryptCost } from '../crypto/scrypt';
import {
  changeDriveState,
  type DriveRecord,
  type DriveState,
  emptyDriveState,
  type KeptConfig,
  loadDevice,
  saveDrive,
} from './drive-record';
import type { BackupEnvironment } from './environment';
import { keyLabels } from './key-labels';
import { rememberSnapshots } from './remembered';

export interface NewDrive {
  readonly name: string;
  readonly mode: 'create' | 'open';
  readonly secret: RepositorySecret;
}

/** What may be sealed: everything but a folder's handle. */
export function keptConfig(config: DriveConfig): KeptConfig {
  if (config.kind !== 'folder' && config.kind !== 'files') return config;
  return { kind: 'folder', folderName: config.folderName };
}

async function reach(
  environment: BackupEnvironment,
  config: DriveConfig,
  { secret, mode }: NewDrive,
  traits: DriveTraits,
): Promise<Repository> {
  const { drives, codec, random, nowMs, sleep, memoryGiB } = environment;
  // A grant that is renewed meanwhile leaves the one that is kept in force.
  const drive = await drives.open(
    config,
    traits,
    () => {},
    () => {},
  );
  const hostname = await loadDevice(environment);
  const password = await repositoryPassword(secret, mode === 'create' ? 'new' : 'open');
  const common = { drive, codec, random, nowMs, sleep, hostname, password };
  if (mode === 'open') return openRepository(common);
  return createRepository({ ...common, label: keyLabels[secret.kind], scryptCost: scryptCost(memoryGiB) });
}

/** The snapshots that are there already: what they hold may be all that is left of it. */
async function lookAround(repository: Repository, hostname: string): Promise<Partial<DriveState>> {
  const { snapshots, isSuspect } = await repository.snapshots();
  return isSuspect ? {} : rememberSnapshots(emptyDriveState, snapshots, hostname);
}

/** Throws `repository-exists`, `no-repository`, `wrong-secret`, `secret-too-weak`, and what a drive throws. */
export async function addDrive(
  environment: BackupEnvironment,
  asked: DriveConfig,
  how: NewDrive,
  traits: DriveTraits,
): Promise<DriveRecord> {
  const { vault, random, signIns } = environment;
  const config = await signIns.settle(asked);
  const repository = await reach(environment, config, how, traits);
  try {
    const id = Array.from(random(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const record: DriveRecord = {
      id,
      name: how.name,
      config: keptConfig(config),
      traits,
      repositoryId: repository.id,
      masterKeyB64Url: toBase64Url(repository.exportMasterKey()),
      schedule: 'manual',
      retention: defaultRetention,
      isSynced: keptConfig(config).kind === 'folder' ? false : null,
    };
    if (config.kind === 'folder') await vault.folders.set(id, config.handle);
    await saveDrive(vault.notes, record);
    const seen = how.mode === 'open' ? await lookAround(repository, await loadDevice(environment)) : {};
    const hasRecovery = (await repository.keys()).some(({ label }) => label === keyLabels['recovery-words']);
    await changeDriveState(vault.notes, id, {
      ...seen,
      hasRecovery,
      isReadOnly: repository.readOnlyBecause !== null || config.kind === 'files',
    });
    return record;
  } finally {
    await repository.close();
  }
}

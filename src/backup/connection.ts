// Drives in use, and their repositories: opened when first needed, kept until the worker ends or the drive changes.

import { CamphorError } from '../model/error';
import { type DriveConfig, unknownTraits } from '../model/drive';
import type { Drive } from '../drives/drive';
import { fromBase64Url } from '../crypto/base64url';
import { scryptCost } from '../crypto/scrypt';
import { openRepository } from '../repository/open-repository';
import type { Repository } from '../repository/repository';
import { type DriveRecord, keepGrant, loadDevice, loadDrive } from './drive-record';
import type { BackupEnvironment } from './environment';

export interface Connection {
  readonly record: DriveRecord;
  /** This device's name in snapshots and locks. */
  readonly hostname: string;
  readonly drive: Drive;
  readonly repository: Repository;
}

export interface Connections {
  /** `onWait` hears until when the drive asks to be left alone, for as long as this call's work goes on. */
  open(id: string, onWait?: (untilMs: number) => void): Promise<Connection>;
  /**
   * The same for what writes there or judges what is there: one that was kept is asked whether it is still there. Throws
   * `no-repository`, `repository-damaged`, or `wrong-secret` where another repository lies there now.
   */
  openPresent(id: string, onWait?: (untilMs: number) => void): Promise<Connection>;
  /** Uses this way to the drive for as long as the worker lives, whatever is kept of it. */
  lend(id: string, config: DriveConfig): void;
  /** The next `open` starts anew. */
  drop(id: string): Promise<void>;
}

/** The whole configuration of a drive that is kept. Throws `drive-permission` where a folder's handle is gone. */
export async function configOf(environment: BackupEnvironment, { id, config }: DriveRecord): Promise<DriveConfig> {
  if (config.kind !== 'folder') return config;
  const handle = await environment.vault.folders.get(id);
  if (handle === null) throw new CamphorError('drive-permission');
  return { ...config, handle };
}

function masterKeyOf({ masterKeyB64Url }: DriveRecord): Uint8Array {
  const masterKey = fromBase64Url(masterKeyB64Url);
  if (masterKey === null) throw new CamphorError('damaged', { what: 'drive' });
  return masterKey;
}

export function createConnections(environment: () => BackupEnvironment): Connections {
  const opened = new Map<string, Promise<Connection>>();
  const lent = new Map<string, DriveConfig>();
  const listeners = new Map<string, (untilMs: number) => void>();
  const connect = async (id: string): Promise<Connection> => {
    const { vault, drives, codec, random, nowMs, sleep, openPackMaker, memoryGiB } = environment();
    const record = await loadDrive(vault.notes, id);
    const config = lent.get(id) ?? (await configOf(environment(), record));
    const hearWait = (untilMs: number): void => listeners.get(id)?.(untilMs);
    const drive = await drives.open(config, record.traits ?? unknownTraits, hearWait, (grant) => void keepGrant(vault.notes, id, grant));
    const hostname = await loadDevice(environment());
    const key = { masterKey: masterKeyOf(record), scryptCost: scryptCost(memoryGiB) };
    const repository = await openRepository({ drive, codec, random, nowMs, sleep, openPackMaker, hostname, ...key });
    return { record, hostname, drive, repository };
  };
  const open: Connections['open'] = (id, onWait) => {
    if (onWait !== undefined) listeners.set(id, onWait);
    const started = opened.get(id) ?? connect(id);
    opened.set(id, started);
    started.catch(() => opened.delete(id));
    return started;
  };
  return {
    open,
    openPresent: async (id, onWait) => {
      const isKept = opened.has(id);
      const connection = await open(id, onWait);
      if (isKept) await connection.repository.checkStillThere();
      return connection;
    },
    lend: (id, config) => void lent.set(id, config),
    drop: async (id) => {
      const connection = opened.get(id);
      opened.delete(id);
      await connection?.then(({ repository }) => repository.close()).catch(() => {});
    },
  };
}

// The backup worker of this tab and the drive worker behind it: started together when first needed, ended together.

import { transfer } from 'comlink';
import backupUrl from '../../workers/backup.ts?worker&url';
import type { CamphorError } from '../model/error';
import type { BackupVerbs } from '../model/verbs';
import type { ConfinedWorker } from './worker-calls';
import { type DriveWorker, startDriveWorker } from './drive-worker';
import type { VaultWorker } from './vault-worker';

export interface BackupWorker {
  /** Running, or being started. */
  get(): Promise<ConfinedWorker<BackupVerbs>>;
  /** Terminates both; the next `get` starts fresh ones. */
  end(reason: CamphorError): void;
  /** Leaves what runs to itself: the next `get` starts fresh ones. Gives the function that ends the left ones. */
  leave(): (reason: CamphorError) => void;
}

export function createBackupWorker(vault: VaultWorker): BackupWorker {
  let starting: Promise<ConfinedWorker<BackupVerbs>> | null = null;
  let drive: DriveWorker | null = null;
  const start = async (): Promise<ConfinedWorker<BackupVerbs>> => {
    const worker = await vault.startKeyed<BackupVerbs>('backup', backupUrl);
    const { port1, port2 } = new MessageChannel();
    drive = startDriveWorker();
    await Promise.all([drive.connect(port1), worker.call((verbs) => verbs.connectDrive(transfer(port2, [port2])))]);
    return worker;
  };
  const leave = (): ((reason: CamphorError) => void) => {
    const left = { worker: starting, drive };
    starting = null;
    drive = null;
    return (reason) => {
      left.worker?.then(
        (worker) => worker.end(reason),
        () => {},
      );
      left.drive?.end();
    };
  };
  return {
    get: () => {
      const started = (starting ??= start());
      started.catch(() => {
        if (starting === started) starting = null;
      });
      return started;
    },
    end: (reason) => leave()(reason),
    leave,
  };
}

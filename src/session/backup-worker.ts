// The backup worker of this tab and those behind it: the drive worker, started with it, and the sealing workers, started when it asks.
// They are ended together.

import { proxy, transfer } from 'comlink';
import backupUrl from '../../workers/backup.ts?worker&url';
import sealingUrl from '../../workers/sealing.ts?worker&url';
import { CamphorError } from '../model/error';
import type { BackupVerbs, SealingVerbs } from '../model/verbs';
import { startConfined } from './confined-worker';
import type { ConfinedWorker } from './worker-calls';
import { type DriveWorker, startDriveWorker } from './drive-worker';
import type { VaultWorker } from './vault-worker';

export interface BackupWorker {
  /** Running, or being started. */
  get(): Promise<ConfinedWorker<BackupVerbs>>;
  /** Terminates all of them; the next `get` starts fresh ones. */
  end(reason: CamphorError): void;
  /** Leaves what runs to itself: the next `get` starts fresh ones. Gives the function that ends the left ones. */
  leave(): (reason: CamphorError) => void;
}

interface Threads {
  readonly worker: Promise<ConfinedWorker<BackupVerbs>>;
  end(reason: CamphorError): void;
}

interface Behind {
  drive: DriveWorker | null;
  readonly sealing: Promise<ConfinedWorker<SealingVerbs>>[];
  isEnded: boolean;
}

/** A port to a sealing worker, which is started. */
async function startSealing(behind: Behind): Promise<MessagePort> {
  if (behind.isEnded) throw new CamphorError('cancelled');
  const started = startConfined<SealingVerbs>('sealing', sealingUrl);
  behind.sealing.push(started);
  const worker = await started;
  const { port1, port2 } = new MessageChannel();
  await worker.call((verbs) => verbs.connect(transfer(port1, [port1])));
  return transfer(port2, [port2]);
}

/** Other threads are of use where they have a processor of their own. */
const isShared = (): boolean => navigator.hardwareConcurrency < 2;

async function start(vault: VaultWorker, behind: Behind): Promise<ConfinedWorker<BackupVerbs>> {
  const worker = await vault.startKeyed<BackupVerbs>('backup', backupUrl);
  // Ended while it was being started: nobody knows of it yet.
  if (behind.isEnded) {
    const reason = new CamphorError('cancelled');
    worker.end(reason);
    throw reason;
  }
  const { port1, port2 } = new MessageChannel();
  behind.drive = startDriveWorker();
  const onSealing = isShared() ? null : proxy(() => startSealing(behind));
  await Promise.all([behind.drive.connect(port1), worker.call((verbs) => verbs.connect(transfer(port2, [port2]), onSealing))]);
  return worker;
}

function startThreads(vault: VaultWorker): Threads {
  const behind: Behind = { drive: null, sealing: [], isEnded: false };
  const worker = start(vault, behind);
  const endOne = (one: Promise<ConfinedWorker<BackupVerbs | SealingVerbs>>, reason: CamphorError): void => {
    one.then(
      (started) => started.end(reason),
      () => {},
    );
  };
  return {
    worker,
    end: (reason) => {
      behind.isEnded = true;
      endOne(worker, reason);
      for (const sealing of behind.sealing) endOne(sealing, reason);
      behind.drive?.end();
    },
  };
}

export function createBackupWorker(vault: VaultWorker): BackupWorker {
  let running: Threads | null = null;
  const leave = (): ((reason: CamphorError) => void) => {
    const left = running;
    running = null;
    return (reason) => left?.end(reason);
  };
  return {
    get: () => {
      const threads = (running ??= startThreads(vault));
      threads.worker.catch(() => {
        if (running === threads) running = null;
      });
      return threads.worker;
    },
    end: (reason) => leave()(reason),
    leave,
  };
}

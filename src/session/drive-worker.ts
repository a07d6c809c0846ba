// The worker that reaches the owner's drive. It is started by its address, so that it has the network; all it gets is one end
// of a port, whose other end goes to workers/backup.

import { type Remote, transfer, wrap } from 'comlink';
import driveUrl from '../../workers/drive.ts?worker&url';
import type { DriveVerbs } from '../model/verbs';
import { ownScriptUrl } from './trusted-urls';

export interface DriveWorker {
  /** Hands it a port. */
  connect(port: MessagePort): Promise<void>;
  end(): void;
}

export function startDriveWorker(): DriveWorker {
  const worker = new Worker(ownScriptUrl(driveUrl), { type: 'module', name: 'drive' });
  const verbs: Remote<DriveVerbs> = wrap<DriveVerbs>(worker);
  return { connect: (port) => verbs.connect(transfer(port, [port])), end: () => worker.terminate() };
}

// Consent at a service: only passed on to workers/drive, which holds what proves an answer ours, and the grant until it is kept.

import type { Backup } from './backup';
import type { BackupEnvironment } from './environment';

export function manageSignIns(environment: () => BackupEnvironment): Pick<Backup, 'beginSignIn' | 'finishSignIn'> {
  return {
    beginSignIn: (kind, clientId, returnUrl) => environment().signIns.begin(kind, clientId, returnUrl),
    finishSignIn: (answer) => environment().signIns.finish(answer),
  };
}

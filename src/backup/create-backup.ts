// All verbs of backups over one environment. What writes to a drive, or reads much of it, runs alone over all tabs, and can be
// paused: it then ends at its next commit point with `cancelled`.

import type { Backup } from './backup';
import { createConnections } from './connection';
import type { BackupEnvironment } from './environment';
import { keepWhole } from './keep-whole';
import { lookIntoDrives } from './look-into';
import { manageDrives } from './manage-drives';
import { manageKeys } from './manage-keys';
import { removeFromDrives } from './remove-from-backups';
import { manageSignIns } from './sign-ins';
import { type Pausing, runBackups } from './run-backup';

type AloneVerb =
  | 'addDrive'
  | 'plan'
  | 'others'
  | 'run'
  | 'check'
  | 'verify'
  | 'drill'
  | 'forget'
  | 'prune'
  | 'planRepair'
  | 'repair'
  | 'removeFromBackups'
  | 'fetchMedia'
  | 'freeMedia'
  | 'addKey';

const aloneVerbs: readonly AloneVerb[] = [
  'addDrive',
  'plan',
  'others',
  'run',
  'check',
  'verify',
  'drill',
  'forget',
  'prune',
  'planRepair',
  'repair',
  'removeFromBackups',
  'fetchMedia',
  'freeMedia',
  'addKey',
];

/** `environment` is asked for when the first verb is called. */
export function createBackup(environment: () => BackupEnvironment): Backup {
  const connections = createConnections(environment);
  const pausing: Pausing = { isAsked: false };
  const verbs: Backup = {
    ...manageDrives(environment, connections),
    ...runBackups(environment, connections, pausing),
    ...lookIntoDrives(environment, connections),
    ...keepWhole(environment, connections, pausing),
    ...removeFromDrives(environment, connections, pausing),
    ...manageKeys(environment, connections),
    ...manageSignIns(environment),
    pause: async () => void (pausing.isAsked = true),
  };
  for (const name of aloneVerbs) {
    const verb = verbs[name] as (...args: readonly unknown[]) => Promise<unknown>;
    const alone = (...args: readonly unknown[]): Promise<unknown> =>
      environment().exclusively(() => {
        pausing.isAsked = false;
        return verb(...args);
      });
    Object.assign(verbs, { [name]: alone });
  }
  return verbs;
}

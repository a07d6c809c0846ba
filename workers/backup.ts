// Backups: plans, packs, checks and brings back. It holds the vault and the repository's keys, and no way to the network but
// the port to workers/drive. What it sends is sealed by workers/sealing, where there is one.

import { createBackup } from '../src/backup/create-backup';
import { CamphorError } from '../src/model/error';
import { lazily } from '../src/model/lazily';
import type { BackupVerbs } from '../src/model/verbs';
import { backupEnvironment } from './backup-environment';
import { connectVault } from './connect-vault';
import { reachDrives } from './drive-port';
import { reachSealing } from './sealing-port';
import { serve } from './serve';

const { verbs, vault, codec } = connectVault();
/** Sealing takes more time than all else: one thread for it would be what a backup waits for. */
const sealingThreads = 2;
let reached: Parameters<typeof backupEnvironment>[2] | null = null;
const environment = lazily(() => {
  if (reached === null) throw new CamphorError('unexpected', { verb: 'before connect' });
  return backupEnvironment(vault(), codec(), reached);
});
const { openSnapshot, ...calls } = createBackup(environment);

serve({
  ...verbs,
  ...calls,
  connect: async (drive, startSealing) => {
    const sealing = startSealing && { openPackMaker: reachSealing(startSealing, sealingThreads) };
    reached = { ...reachDrives(drive), ...sealing };
  },
  serveSnapshot: async (id, snapshot, port) => serve(await openSnapshot(id, snapshot), port),
} satisfies BackupVerbs);

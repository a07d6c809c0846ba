// Backups: plans, packs, checks and brings back. It holds the vault and the repository's keys, and no way to the network but
// the port to workers/drive.

import { createBackup } from '../src/backup/create-backup';
import { CamphorError } from '../src/model/error';
import { lazily } from '../src/model/lazily';
import type { BackupVerbs } from '../src/model/verbs';
import { backupEnvironment } from './backup-environment';
import { connectVault } from './connect-vault';
import { reachDrives } from './drive-port';
import { serve } from './serve';

const { verbs, vault, codec } = connectVault();
let reached: ReturnType<typeof reachDrives> | null = null;
const environment = lazily(() => {
  if (reached === null) throw new CamphorError('unexpected', { verb: 'before connectDrive' });
  return backupEnvironment(vault(), codec(), reached);
});
const { openSnapshot, ...calls } = createBackup(environment);

serve({
  ...verbs,
  ...calls,
  connectDrive: async (port) => void (reached = reachDrives(port)),
  serveSnapshot: async (id, snapshot, port) => serve(await openSnapshot(id, snapshot), port),
} satisfies BackupVerbs);

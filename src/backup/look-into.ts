// The verbs that look into what is on a drive and change nothing there.

import type { Backup } from './backup';
import type { Connection, Connections } from './connection';
import type { BackupEnvironment } from './environment';
import { lookAtSnapshots } from './run-backup';
import { openSnapshotFiles } from './served-snapshot';
import {
  browseSnapshot,
  findSnapshot,
  type KnownCounts,
  listSnapshotConversations,
  readSnapshotFile,
  viewSnapshots,
} from './snapshot-views';

type LookVerbs = Pick<Backup, 'history' | 'browse' | 'readFile' | 'snapshotConversations' | 'openSnapshot'>;

export function lookIntoDrives(environment: () => BackupEnvironment, connections: Connections): LookVerbs {
  const known = new Map<string, KnownCounts>();
  const open = async (id: string): Promise<Connection> => {
    const connection = await connections.open(id);
    await connection.repository.loadIndex();
    return connection;
  };
  const countsOf = (id: string): KnownCounts => {
    const counts = known.get(id) ?? new Map();
    known.set(id, counts);
    return counts;
  };
  const at = async <Result>(
    id: string,
    snapshot: string,
    look: (connection: Connection, found: Awaited<ReturnType<typeof findSnapshot>>) => Promise<Result>,
  ): Promise<Result> => {
    const connection = await open(id);
    return look(connection, await findSnapshot(connection.repository, snapshot));
  };
  return {
    history: async (id) => {
      const connection = await open(id);
      const snapshots = await lookAtSnapshots(environment(), connection);
      return viewSnapshots(connection.repository, snapshots, connection.hostname, countsOf(id));
    },
    browse: (id, snapshot, path) => at(id, snapshot, ({ repository }, found) => browseSnapshot(repository, found, path)),
    readFile: (id, snapshot, path) =>
      at(id, snapshot, async ({ repository }, found) => new Blob([await readSnapshotFile(repository, found, path)])),
    snapshotConversations: (id, snapshot) => at(id, snapshot, ({ repository }, found) => listSnapshotConversations(repository, found)),
    openSnapshot: (id, snapshot) => at(id, snapshot, ({ repository }, found) => openSnapshotFiles(repository, found)),
  };
}

// A digest of what is on the drive, so that a plan is carried out only on what it was made for.

import { hashBytes } from '../crypto/hashes';
import type { RepositoryContext } from './context';
import { listFiles, listPacks, type ListedFiles } from './file-names';

export interface DriveState {
  readonly stateId: string;
  readonly packs: ListedFiles;
  readonly isSuspect: boolean;
}

/** Lists snapshots, indexes and packs. The id is the same only where names and sizes of all are. */
export async function readState({ drive }: RepositoryContext): Promise<DriveState> {
  const snapshots = await listFiles(drive, 'snapshots');
  const indexes = await listFiles(drive, 'index');
  const packs = await listPacks(drive);
  const lines = [snapshots, indexes, packs].map(({ sizes }) => [...sizes].map(([id, sizeBytes]) => `${id} ${sizeBytes}`).sort());
  const stateId = await hashBytes(new TextEncoder().encode(JSON.stringify(lines)));
  return { stateId, packs, isSuspect: snapshots.isSuspect || indexes.isSuspect || packs.isSuspect };
}

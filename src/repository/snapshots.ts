// Snapshots on the drive: listed, opened once, and written last of all.

import { CamphorError } from '../model/error';
import type { RepositoryContext } from './context';
import { listFiles } from './file-names';
import { inParallel } from './in-parallel';
import type { FileId, NewSnapshot, Snapshot } from './repository';
import { readJsonFile, writeJsonFile } from './sealed-json';
import { encodeSnapshot, parseSnapshot } from './snapshot-file';
import { isError } from './stored-file';

export interface ListedSnapshots {
  /** Newest first. */
  readonly snapshots: readonly Snapshot[];
  /** Files that do not open. */
  readonly damaged: readonly FileId[];
  readonly isSuspect: boolean;
}

const newestFirst = (one: Snapshot, other: Snapshot): number => other.takenAtMs - one.takenAtMs || (one.id < other.id ? -1 : 1);

/** The snapshot; one that was read before is not read again, since its file never changes. Null where it vanished. */
async function readSnapshot(context: RepositoryContext, id: FileId, sizeBytes = 0): Promise<Snapshot | 'damaged' | null> {
  const known = context.snapshots.get(id);
  if (known) return known;
  try {
    const snapshot = parseSnapshot(id, await readJsonFile(context, 'snapshots', id, sizeBytes));
    context.snapshots.set(id, snapshot);
    return snapshot;
  } catch (error) {
    if (isError(error, 'drive-missing')) return null;
    if (isError(error, 'damaged')) return 'damaged';
    throw error;
  }
}

/** All snapshots that are there now. `anew`: read each again, for those who check. */
export async function listSnapshots(context: RepositoryContext, anew = false): Promise<ListedSnapshots> {
  const { sizes, isSuspect } = await listFiles(context.drive, 'snapshots');
  if (anew) context.snapshots.clear();
  const snapshots: Snapshot[] = [];
  const damaged: FileId[] = [];
  await inParallel(sizes, async ([id, sizeBytes]) => {
    const snapshot = await readSnapshot(context, id, sizeBytes);
    if (snapshot === 'damaged') damaged.push(id);
    else if (snapshot) snapshots.push(snapshot);
  });
  return { snapshots: snapshots.sort(newestFirst), damaged, isSuspect };
}

/**
 * A time for the next snapshot that puts it after all others, even where a clock is wrong: the latest of what the caller
 * says, the drive's time, and a second after the newest snapshot.
 */
export async function nextSnapshotMs(context: RepositoryContext, takenAtMs: number): Promise<number> {
  const [last] = (await listSnapshots(context)).snapshots;
  const driveMs = await context.drive.nowMs();
  return Math.max(takenAtMs, driveMs ?? takenAtMs, last ? last.takenAtMs + 1000 : takenAtMs);
}

/** Writes a snapshot, reads it back and opens it. */
export async function writeSnapshot(context: RepositoryContext, snapshot: NewSnapshot): Promise<Snapshot> {
  const { id } = await writeJsonFile(context, 'snapshots', encodeSnapshot(snapshot));
  const written = await readSnapshot(context, id);
  if (written === null || written === 'damaged') throw new CamphorError('drive-damaged');
  return written;
}

// The last step of a backup. Between its beginning and its end a laptop may have pruned, thinking us dead: before a
// snapshot is written, all that it rests on is looked for once more (backup.md §1.11).

import { CamphorError } from '../model/error';
import type { RepositoryContext } from './context';
import { fileName, listFiles, packName } from './file-names';
import type { HeldLock } from './held-lock';
import { inParallel } from './in-parallel';
import { refreshIndex, removeIndexedPack } from './load-index';
import { packSizeBytes } from './pack-header';
import { listAllPacks, wasSeenLately } from './pack-listing';
import type { SentPack } from './pack-sender';
import type { BlobId, FileId, NewSnapshot, Snapshot } from './repository';
import { nextSnapshotMs, writeSnapshot } from './snapshots';
import { isError } from './stored-file';
import { findMissing } from './walk-trees';
import { writeIndexFiles, type WrittenIndex } from './write-packs';

/**
 * Up to so many packs are asked for one by one; more are looked up in a listing. A checkpoint's some twenty are fewer than the folders
 * of a listing over WebDAV, which grow with the repository up to 256.
 */
const singleLooks = 32;

/** True where an index file that was read is no longer there. */
async function hasIndexVanished({ drive, index }: RepositoryContext): Promise<boolean> {
  const { sizes, isSuspect } = await listFiles(drive, 'index');
  const unlisted = [...index.files.keys()].filter((id) => !sizes.has(id));
  if (!isSuspect) return unlisted.length > 0;
  for (const id of unlisted) if ((await drive.size(fileName('index', id))) === null) return true;
  return false;
}

/** Throws CamphorError `lock-lost` where an index was replaced and something that the tree needs was dropped with it. */
async function checkIndex(context: RepositoryContext, tree: BlobId, generation: number): Promise<void> {
  if (await hasIndexVanished(context)) await refreshIndex(context);
  if (context.index.generation === generation) return;
  const { trees, data } = await findMissing(context, tree);
  const missing = trees.size + data.size;
  if (missing > 0) throw new CamphorError('lock-lost', { missing });
}

/** Those of the packs that are not on the drive with their size. */
async function findLostPacks(context: RepositoryContext, packs: ReadonlyMap<FileId, number>): Promise<FileId[]> {
  const { drive } = context;
  const listed = packs.size > singleLooks ? (await listAllPacks(context)).sizes : null;
  const lost: FileId[] = [];
  const unlisted = [...packs].filter(([id, wanted]) => listed?.get(id) !== wanted);
  await inParallel(unlisted, async ([id, wanted]) => {
    if ((await drive.size(packName(id))) !== wanted) lost.push(id);
  });
  return lost;
}

/**
 * Before an index names them: throws CamphorError `lock-lost` where one of these packs is gone or cut. Those that were seen within the last
 * minute are not asked for again; before a snapshot rests on them, all are.
 */
export async function checkSent(context: RepositoryContext, packs: readonly SentPack[]): Promise<void> {
  const unseen = packs.filter(({ seenAtMs }) => !wasSeenLately(context, seenAtMs));
  const lost = await findLostPacks(context, new Map(unseen.map(({ id, blobs }) => [id, packSizeBytes(blobs)])));
  if (lost.length > 0) throw new CamphorError('lock-lost', { missing: lost.length });
}

/** Replaces our own index files that name packs which are not there. */
async function withdraw(context: RepositoryContext, written: readonly WrittenIndex[], lost: readonly FileId[]): Promise<void> {
  const { index, drive } = context;
  const affected = written.filter(({ packs }) => packs.some((id) => lost.includes(id)));
  for (const id of lost) removeIndexedPack(index, id);
  const kept = affected.flatMap(({ packs }) => packs.filter((id) => !lost.includes(id)));
  await writeIndexFiles(
    context,
    kept.map((id) => ({ id, blobs: index.blobs.blobsOf(id) })),
  );
  for (const { id } of affected) {
    await drive.remove(fileName('index', id));
    index.files.delete(id);
  }
}

/** Throws CamphorError `lock-lost` where a pack of this session is gone or cut; no index of ours names it any more then. */
async function checkPacks(context: RepositoryContext, written: readonly WrittenIndex[]): Promise<void> {
  const named = written.flatMap(({ packs }) => packs.map((id) => [id, context.index.packSizes.get(id) ?? null] as const));
  // A pack that is no longer indexed was moved or dropped by a prune, which the check of the index has seen.
  const lost = await findLostPacks(context, new Map(named.filter((pack): pack is [FileId, number] => pack[1] !== null)));
  if (lost.length === 0) return;
  await withdraw(context, written, lost);
  throw new CamphorError('lock-lost', { missing: lost.length });
}

/**
 * Where it throws CamphorError `lock-lost`, no index of this session is left that names a pack which is gone. A prune takes such an index
 * too, but not one that was written when it had listed them, or that it took while we read it back: that was taken for a failed upload
 * and written again.
 */
async function withdrawing(context: RepositoryContext, written: readonly WrittenIndex[], look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (isError(error, 'lock-lost')) await checkPacks(context, written);
    throw error;
  }
}

/** Throws CamphorError `lock-lost` as the lock does; no index of this session names a pack then that is gone. */
export const assertHeld = (context: RepositoryContext, lock: HeldLock, written: readonly WrittenIndex[]): Promise<void> =>
  withdrawing(context, written, lock.assertHeld);

/**
 * Writes the snapshot if everything it rests on is there: the lock was held all along, no index that was relied on is
 * gone (or nothing needed went with it), and each pack of this session has its size. `generation`: that of the index when
 * the lock was taken. Throws CamphorError `lock-lost`.
 */
export async function commitSnapshot(
  context: RepositoryContext,
  lock: HeldLock,
  written: readonly WrittenIndex[],
  snapshot: NewSnapshot,
  generation: number,
): Promise<Snapshot> {
  await assertHeld(context, lock, written);
  await withdrawing(context, written, () => checkIndex(context, snapshot.tree, generation));
  await checkPacks(context, written);
  const takenAtMs = await nextSnapshotMs(context, snapshot.takenAtMs);
  await assertHeld(context, lock, written);
  return writeSnapshot(context, { ...snapshot, takenAtMs });
}

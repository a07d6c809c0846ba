// Snapshots with other trees in the place of what they were: all trees first, then one snapshot after the other, so that
// whenever it stops each of them is the old one or the new one.

import { hashBytes } from '../crypto/hashes';
import { CamphorError } from '../model/error';
import { sealBlob } from './blob';
import { checkWritable, type RepositoryContext } from './context';
import { fileName } from './file-names';
import { withExclusiveLock, type HeldLock } from './held-lock';
import { IdSet } from './id-set';
import { refreshIndex } from './load-index';
import type { BlobId, BlobType, FileId, MakeTrees, Snapshot, TreeSaver } from './repository';
import { rewriteSnapshot } from './salvage';
import { listSnapshots } from './snapshots';
import { encodeTree } from './tree-codec';
import { createPackWriter, writeIndexFiles, type PackWriter } from './write-packs';

function createSaver(context: RepositoryContext, lock: HeldLock, packs: PackWriter): TreeSaver {
  const { key, packing, environment, index } = context;
  const saved: Record<BlobType, IdSet> = { data: new IdSet(), tree: new IdSet() };
  const hasBlob = (type: BlobType, id: BlobId): boolean => saved[type].has(id) || index.blobs.has(type, id);
  const saveBlob: TreeSaver['saveBlob'] = async (type, plain) => {
    const id = await hashBytes(plain);
    if (hasBlob(type, id)) return { id, sentBytes: 0 };
    saved[type].add(id);
    void lock.refresh();
    const blob = await sealBlob(key, type, plain, packing, environment.random);
    await packs.add(blob);
    return { id, sentBytes: blob.sealedBytes };
  };
  return { hasBlob, saveBlob, saveTree: async (nodes) => (await saveBlob('tree', encodeTree(nodes))).id };
}

async function saveTrees(
  context: RepositoryContext,
  lock: HeldLock,
  snapshots: readonly Snapshot[],
  make: MakeTrees,
): Promise<ReadonlyMap<FileId, BlobId>> {
  const packs = createPackWriter(context);
  try {
    const trees = await make(snapshots, createSaver(context, lock, packs));
    await packs.flush();
    await lock.assertHeld();
    await writeIndexFiles(context, packs.takeSent());
    return trees;
  } finally {
    await packs.settle();
  }
}

/** See `Repository.rewriteSnapshots`. */
export async function rewriteSnapshots(
  context: RepositoryContext,
  make: MakeTrees,
  moved: (from: FileId, to: FileId) => Promise<void>,
): Promise<void> {
  checkWritable(context);
  await withExclusiveLock(context, async (lock) => {
    await refreshIndex(context);
    checkWritable(context);
    const { snapshots, isSuspect } = await listSnapshots(context, true);
    if (isSuspect) throw new CamphorError('listing-suspect');
    const oldestFirst = snapshots.toReversed();
    const trees = await saveTrees(context, lock, oldestFirst, make);
    const names = new Map<FileId, FileId>();
    for (const old of oldestFirst) {
      const tree = trees.get(old.id);
      if (tree === undefined || tree === old.tree) continue;
      await lock.assertHeld();
      const parent = old.parent === null ? undefined : names.get(old.parent);
      const isTwin = ({ id, takenAtMs, hostname, tree: its }: Snapshot): boolean =>
        id !== old.id && takenAtMs === old.takenAtMs && hostname === old.hostname && its === tree;
      // Stopped before the old one went, there are both.
      const to = snapshots.find(isTwin)?.id ?? (await rewriteSnapshot(context, old.id, tree, parent === undefined ? {} : { parent }));
      names.set(old.id, to);
      await moved(old.id, to);
      await lock.assertHeld();
      await context.drive.remove(fileName('snapshots', old.id));
      context.snapshots.delete(old.id);
    }
  });
}

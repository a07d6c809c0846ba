// Taking packs away: what of them is needed is in new packs first, a new index names those, then the old index files go,
// and last of all the old packs. Stopped between any two steps, the repository is whole.

import { openBlob } from './blob';
import type { PackBlob } from './blob-index';
import type { RepositoryContext } from './context';
import { fileName, packName } from './file-names';
import type { HeldLock } from './held-lock';
import type { IndexedPack } from './index-file';
import { removeIndexedPack } from './load-index';
import { readPack } from './read-pack';
import type { FileId } from './repository';
import { createPackWriter, writeIndexFiles, type PackWriter } from './write-packs';

export interface PackReplacement {
  /** Packs that are to go, and what of each is copied into new ones. */
  readonly leaving: ReadonlyMap<FileId, readonly PackBlob[]>;
  /** Packs that no index file names and that are to be named. */
  readonly adopted: readonly IndexedPack[];
  /** Index files that go besides those that name a leaving pack. */
  readonly dropIndexes: readonly FileId[];
}

/** Sealed bytes are copied as they are, once they have been opened. Throws CamphorError `damaged`, and remembers the pack. */
async function copyBlobs(context: RepositoryContext, packs: PackWriter, id: FileId, blobs: readonly PackBlob[]): Promise<void> {
  const { key, environment, drive } = context;
  const sizeBytes = blobs.length === 0 ? null : await drive.size(packName(id));
  if (sizeBytes === null) return;
  const pack = await readPack(context, id, sizeBytes);
  for (const blob of blobs) {
    const sealed = await pack.readSealed(blob);
    await openBlob(key, sealed, blob.uncompressedLength, blob.id, environment.codec).catch((error: unknown) => {
      context.damagedPacks.add(id);
      throw error;
    });
    await packs.add({
      id: blob.id,
      type: blob.type,
      pieces: [sealed],
      sealedBytes: sealed.length,
      uncompressedLength: blob.uncompressedLength,
    });
  }
}

/** Small index files beyond this many are put together. */
const smallFiles = 8;
const smallPacks = 64;

/** Index files that are written anew: those that name a leaving pack, and small ones where there are many. */
function affectedFiles({ index }: RepositoryContext, leaving: ReadonlyMap<FileId, unknown>): FileId[] {
  const files = [...index.files];
  const small = files.filter(([, packs]) => packs.length < smallPacks);
  const joined = new Set(small.length > smallFiles ? small.map(([id]) => id) : []);
  return files.filter(([id, packs]) => joined.has(id) || packs.some((pack) => leaving.has(pack))).map(([id]) => id);
}

function* keptPacks({ index }: RepositoryContext, files: readonly FileId[], leaving: ReadonlyMap<FileId, unknown>): Generator<IndexedPack> {
  const seen = new Set<FileId>();
  for (const file of files) {
    for (const id of index.files.get(file) ?? []) {
      if (leaving.has(id) || seen.has(id)) continue;
      seen.add(id);
      yield { id, blobs: index.blobs.blobsOf(id) };
    }
  }
}

function* allOf(...parts: readonly Iterable<IndexedPack>[]): Generator<IndexedPack> {
  for (const part of parts) yield* part;
}

/** See above. Throws CamphorError `lock-lost` before anything that another client must not see half done. */
export async function replacePacks(
  context: RepositoryContext,
  lock: HeldLock,
  { leaving, adopted, dropIndexes }: PackReplacement,
  copied: (bytes: number) => void,
): Promise<void> {
  const { drive, index } = context;
  const packs = createPackWriter(context);
  for (const [id, blobs] of leaving) {
    await lock.refresh();
    await copyBlobs(context, packs, id, blobs);
    copied(packs.sentBytes);
  }
  await packs.flush();
  const affected = affectedFiles(context, leaving);
  await lock.assertHeld();
  await writeIndexFiles(context, allOf(keptPacks(context, affected, leaving), adopted, packs.takeSent()));
  for (const id of [...affected, ...dropIndexes]) {
    await lock.assertHeld();
    await drive.remove(fileName('index', id));
    index.files.delete(id);
    index.damaged.delete(id);
  }
  for (const id of leaving.keys()) {
    await lock.assertHeld();
    await drive.remove(packName(id));
    removeIndexedPack(index, id);
    context.packs.remove(id);
    context.damagedPacks.delete(id);
  }
}

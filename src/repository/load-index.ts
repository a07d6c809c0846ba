// The index in memory, kept up with the files on the drive. An index file that is damaged is passed over, and what it
// may have said is read from the packs themselves.

import { CamphorError } from '../model/error';
import { BlobIndex, type PackBlob } from './blob-index';
import type { RepositoryContext } from './context';
import { listFiles, listPacks } from './file-names';
import { inParallel } from './in-parallel';
import { parseIndexFile, type IndexFile } from './index-file';
import { packSizeBytes } from './pack-header';
import { readPackHeader } from './read-pack';
import type { FileId } from './repository';
import { readJsonFile } from './sealed-json';
import { isError } from './stored-file';

export interface LoadedIndex {
  blobs: BlobIndex;
  /** The packs of each index file that was read. */
  files: Map<FileId, readonly FileId[]>;
  /** How long each pack must be. */
  packSizes: Map<FileId, number>;
  /** Files that do not open. */
  damaged: Set<FileId>;
  /** Packs that no index file names: known by their own lists, because an index file is damaged. */
  rebuilt: Set<FileId>;
  /** Some file holds fields that are not ours to rewrite. */
  isForeign: boolean;
  /** The listing it was loaded from may have left files out. */
  isSuspect: boolean;
  isLoaded: boolean;
  /** A loading that readers wait for together. */
  loading: Promise<void> | null;
  /** Goes up whenever files that had been read were gone: what was relied on may be gone too. */
  generation: number;
}

export function createLoadedIndex(): LoadedIndex {
  return {
    blobs: new BlobIndex(),
    files: new Map(),
    packSizes: new Map(),
    damaged: new Set(),
    rebuilt: new Set(),
    isForeign: false,
    isSuspect: false,
    isLoaded: false,
    loading: null,
    generation: 0,
  };
}

/** Adds a pack, or what is new of one that is there. */
export function addIndexedPack(index: LoadedIndex, id: FileId, blobs: readonly PackBlob[]): void {
  const isKnown = index.blobs.hasPack(id);
  index.blobs.addPack(id, blobs);
  index.packSizes.set(id, packSizeBytes(isKnown ? index.blobs.blobsOf(id) : blobs));
}

export function removeIndexedPack(index: LoadedIndex, id: FileId): void {
  index.blobs.removePack(id);
  index.packSizes.delete(id);
}

function addFile(index: LoadedIndex, id: FileId, file: IndexFile): void {
  for (const pack of file.packs) addIndexedPack(index, pack.id, pack.blobs);
  index.files.set(
    id,
    file.packs.map((pack) => pack.id),
  );
  index.isForeign ||= file.isForeign;
}

async function readIndexFile(context: RepositoryContext, index: LoadedIndex, id: FileId, sizeBytes: number): Promise<void> {
  try {
    addFile(index, id, parseIndexFile(await readJsonFile(context, 'index', id, sizeBytes)));
  } catch (error) {
    if (!isError(error, 'damaged')) throw error;
    index.damaged.add(id);
  }
}

type PackTest = (id: FileId, sizeBytes: number) => Promise<boolean>;

/** Reads the lists of all packs that no index file names; those that have none are no packs yet. */
export async function rebuild(context: RepositoryContext, index: LoadedIndex, accepts: PackTest = async () => true): Promise<void> {
  const { sizes } = await listPacks(context.drive);
  await inParallel(sizes, async ([id, sizeBytes]) => {
    if (index.blobs.hasPack(id)) return;
    try {
      const blobs = await readPackHeader(context, id, sizeBytes);
      if (!(await accepts(id, sizeBytes))) return;
      addIndexedPack(index, id, blobs);
      index.rebuilt.add(id);
    } catch (error) {
      if (!isError(error, 'damaged', 'drive-missing')) throw error;
    }
  });
}

/** A pack that was found damaged holds, for us, only what opened then: it is put back as it was known. */
function carryOver(before: LoadedIndex, index: LoadedIndex, damagedPacks: ReadonlySet<FileId>): void {
  for (const id of damagedPacks) {
    if (!index.blobs.hasPack(id)) continue;
    const blobs = before.blobs.blobsOf(id);
    removeIndexedPack(index, id);
    if (blobs.length > 0) addIndexedPack(index, id, blobs);
  }
}

const isGone = (index: LoadedIndex, present: ReadonlyMap<FileId, number>): boolean =>
  [...index.files.keys(), ...index.damaged].some((id) => !present.has(id));

async function loadOnce(context: RepositoryContext): Promise<void> {
  const { sizes, isSuspect } = await listFiles(context.drive, 'index');
  const before = context.index;
  const unknown = [...sizes].filter(([id]) => !before.files.has(id) && !before.damaged.has(id));
  // What a damaged file may have said has been read from the packs; that is done again only where something changed.
  const isFresh = !before.isLoaded || (!isSuspect && isGone(before, sizes)) || (before.damaged.size > 0 && unknown.length > 0);
  const index = isFresh ? createLoadedIndex() : before;
  await inParallel(isFresh ? sizes : unknown, ([id, sizeBytes]) => readIndexFile(context, index, id, sizeBytes));
  const hasNewDamage = isFresh || unknown.some(([id]) => index.damaged.has(id));
  if (hasNewDamage && index.damaged.size > 0) await rebuild(context, index);
  if (isFresh) carryOver(before, index, context.damagedPacks);
  const generation = before.generation + (isFresh ? 1 : 0);
  Object.assign(context.index, index, { isSuspect, generation, isLoaded: true, loading: before.loading });
}

const attempts = 4;

/**
 * Brings the index up to what is on the drive now. Where another client replaces index files meanwhile, it begins anew.
 * Throws what the drive throws.
 */
export async function refreshIndex(context: RepositoryContext): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await loadOnce(context);
    } catch (error) {
      if (!isError(error, 'drive-missing') || attempt === attempts) throw error;
    }
  }
}

/** As `refreshIndex`, but one for all who ask at the same time. */
export function refreshIndexTogether(context: RepositoryContext): Promise<void> {
  const { index } = context;
  index.loading ??= refreshIndex(context).finally(() => (index.loading = null));
  return index.loading;
}

/** Reads every index file again, whatever is known of them; for those who check. */
export async function reloadIndex(context: RepositoryContext): Promise<void> {
  context.index.isLoaded = false;
  context.trees.clear();
  context.packs.clear();
  await refreshIndex(context);
}

/** Throws CamphorError `repository-damaged` where there are index files that do not open: `repair` first. */
export function checkIndexWhole({ index }: RepositoryContext): void {
  if (index.damaged.size > 0) throw new CamphorError('repository-damaged', { indexes: index.damaged.size });
}

// Opens every blob of a pack, and remembers which are lost.

import { openBlob } from './blob';
import type { PackBlob } from './blob-index';
import type { RepositoryContext } from './context';
import { packName } from './file-names';
import { addIndexedPack, removeIndexedPack } from './load-index';
import { readPack, type ReadPack } from './read-pack';
import type { BlobId, BlobType, FileId } from './repository';
import { isError } from './stored-file';

export interface ExaminedPack {
  readonly isThere: boolean;
  /** Every byte is what the name says, and every blob opens. */
  readonly isWhole: boolean;
  readonly sizeBytes: number;
  readonly good: readonly PackBlob[];
  readonly lost: readonly PackBlob[];
}

async function opens({ key, environment }: RepositoryContext, pack: ReadPack, blob: PackBlob): Promise<boolean> {
  try {
    await openBlob(key, await pack.readSealed(blob), blob.uncompressedLength, blob.id, environment.codec);
    return true;
  } catch (error) {
    if (!isError(error, 'damaged')) throw error;
    return false;
  }
}

/** Reads a pack that the index names. Throws what the drive throws. */
export async function examinePack(context: RepositoryContext, id: FileId): Promise<ExaminedPack> {
  const blobs = context.index.blobs.blobsOf(id);
  const sizeBytes = await context.drive.size(packName(id));
  if (sizeBytes === null) return { isThere: false, isWhole: false, sizeBytes: 0, good: [], lost: blobs };
  const pack = await readPack(context, id, sizeBytes);
  const good: PackBlob[] = [];
  const lost: PackBlob[] = [];
  for (const blob of blobs) ((await opens(context, pack, blob)) ? good : lost).push(blob);
  const hasItsSize = sizeBytes === context.index.packSizes.get(id);
  return { isThere: true, isWhole: pack.isWhole && hasItsSize && lost.length === 0, sizeBytes, good, lost };
}

const nameOf = (type: BlobType, id: BlobId): string => `${type} ${id}`;

/** Blobs that no pack holds any more, with the pack that held them last. */
export interface LostBlobs {
  packOf(type: BlobType, id: BlobId): FileId | null;
  add(packId: FileId, blobs: readonly PackBlob[]): void;
}

export function createLostBlobs(): LostBlobs {
  const packs = new Map<string, FileId>();
  return {
    packOf: (type, id) => packs.get(nameOf(type, id)) ?? null,
    add(packId, blobs) {
      for (const { type, id } of blobs) packs.set(nameOf(type, id), packId);
    },
  };
}

/** From now on the index knows of this pack only what opens: a backup saves the rest anew, from what is kept elsewhere. */
export function keepGood(context: RepositoryContext, id: FileId, { good }: ExaminedPack): void {
  context.damagedPacks.add(id);
  context.packs.remove(id);
  removeIndexedPack(context.index, id);
  if (good.length > 0) addIndexedPack(context.index, id, good);
}

// Blobs and trees by their id: found in the index, fetched by range, authenticated, unfolded and hashed.

import { CamphorError } from '../model/error';
import { blobLimitBytes, openBlob } from './blob';
import type { BlobPlace } from './blob-index';
import type { RepositoryContext } from './context';
import { packName } from './file-names';
import { refreshIndexTogether } from './load-index';
import type { BlobId, BlobType, FileId, TreeNode } from './repository';
import { sealOverheadBytes } from './seal';
import { isError, tryTwice } from './stored-file';
import { decodeTree } from './tree-codec';

/** A pack that this many blobs were asked of is fetched whole: restoring reads most of each. */
const wholeAfter = 3;
/** No larger pack is fetched whole; stock size is 16 MiB. */
const wholeLimitBytes = 32 * 1024 * 1024;
const askedLimit = 4096;

function countAsked(asked: Map<FileId, number>, packId: FileId): number {
  const times = (asked.get(packId) ?? 0) + 1;
  if (asked.size >= askedLimit) asked.clear();
  asked.set(packId, times);
  return times;
}

/** The whole pack, kept for what is asked of it next. Those who ask while it is on its way wait for it together. */
function fetchPack({ drive, packs, fetching }: RepositoryContext, packId: FileId, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const begun = fetching.get(packId);
  if (begun) return begun;
  const whole = drive
    .read(packName(packId), { fromByte: 0, toByte: sizeBytes })
    .then((bytes) => {
      packs.put(packId, bytes);
      return bytes;
    })
    .finally(() => fetching.delete(packId));
  fetching.set(packId, whole);
  return whole;
}

/** The sealed bytes, out of a pack that is at hand or will be. */
async function fetchSealed(context: RepositoryContext, place: BlobPlace): Promise<Uint8Array<ArrayBuffer>> {
  const { drive, packs, asked, index } = context;
  if (place.lengthBytes > blobLimitBytes + sealOverheadBytes) throw new CamphorError('damaged');
  const range = { fromByte: place.offsetBytes, toByte: place.offsetBytes + place.lengthBytes };
  const name = packName(place.packId);
  const held = packs.get(place.packId);
  if (held) return held.slice(range.fromByte, range.toByte);
  const sizeBytes = index.packSizes.get(place.packId) ?? Infinity;
  const paysWhole = countAsked(asked, place.packId) >= wholeAfter || !drive.traits.hasRanges;
  if (!paysWhole || sizeBytes > wholeLimitBytes) return drive.read(name, range);
  const whole = await fetchPack(context, place.packId, sizeBytes);
  return whole.slice(range.fromByte, range.toByte);
}

/** One copy. Throws CamphorError `damaged` where it does not open, twice; `drive-missing`. */
function readCopy(context: RepositoryContext, place: BlobPlace): Promise<Uint8Array<ArrayBuffer>> {
  return tryTwice(async () => {
    try {
      const sealed = await fetchSealed(context, place);
      return await openBlob(context.key, sealed, place.uncompressedLength, place.id, context.environment.codec);
    } catch (error) {
      context.packs.remove(place.packId);
      throw error;
    }
  });
}

/** The first copy that opens. Throws the last copy's error, `not-found` where there is none. */
async function readAnyCopy(context: RepositoryContext, type: BlobType, id: BlobId): Promise<Uint8Array<ArrayBuffer>> {
  let fault = new CamphorError('not-found');
  for (const place of context.index.blobs.findAll(type, id)) {
    try {
      return await readCopy(context, place);
    } catch (error) {
      if (!isError(error, 'damaged', 'drive-missing')) throw error;
      context.damagedPacks.add(place.packId);
      fault = error;
    }
  }
  throw fault;
}

/**
 * A blob's plaintext. Throws CamphorError `damaged`, `drive-missing`, or `not-found` where no index names it. Where a pack
 * is gone, another client may have moved what was in it: the index is looked at once more.
 */
export async function readBlob(context: RepositoryContext, type: BlobType, id: BlobId): Promise<Uint8Array<ArrayBuffer>> {
  if (!context.index.isLoaded) await refreshIndexTogether(context);
  try {
    return await readAnyCopy(context, type, id);
  } catch (error) {
    if (!isError(error, 'not-found', 'drive-missing')) throw error;
    await refreshIndexTogether(context);
    return readAnyCopy(context, type, id);
  }
}

/** A tree's bytes as they are stored. Throws as `readBlob`. */
export async function readTreeBytes(context: RepositoryContext, id: BlobId): Promise<Uint8Array<ArrayBuffer>> {
  const kept = context.trees.get(id);
  if (kept) return kept;
  const bytes = await readBlob(context, 'tree', id);
  context.trees.put(id, bytes);
  return bytes;
}

/** A tree's nodes. Throws as `readBlob`, and CamphorError `damaged` for what is no tree. */
export async function readTree(context: RepositoryContext, id: BlobId): Promise<readonly TreeNode[]> {
  return decodeTree(await readTreeBytes(context, id));
}

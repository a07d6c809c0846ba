// A pack while it is filled: sealed blobs of one type, one after the other, then their list.

import { freeBytes } from '../model/free-bytes';
import { hashPieces } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import type { SealedBlob } from './blob';
import type { PackBlob } from './blob-index';
import type { MasterKey } from './master-key';
import { packHeaderBytes, sealPackHeader } from './pack-header';
import type { BlobType, FileId } from './repository';
import { uint32Limit } from './stored-json';

export interface FinishedPack {
  readonly id: FileId;
  readonly sizeBytes: number;
  /** The file. */
  readonly content: Blob;
  readonly blobs: readonly PackBlob[];
}

export interface PackBuilder {
  readonly type: BlobType;
  /** Sealed bytes held so far, without the list. */
  readonly sizeBytes: number;
  readonly blobCount: number;
  /** Takes the next blob. Throws RangeError for another type, or where the pack would not be addressable. */
  add(blob: SealedBlob): void;
  /** The whole file and its name; ends it. Throws RangeError where nothing was added. */
  finish(random: RandomBytes): Promise<FinishedPack>;
}

/** An empty pack. Version 2 of the format forbids packs that mix types; version 1 need not. */
export function createPackBuilder(key: MasterKey, type: BlobType): PackBuilder {
  const blobs: PackBlob[] = [];
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  return {
    type,
    get sizeBytes() {
      return sizeBytes;
    },
    get blobCount() {
      return blobs.length;
    },
    add({ id, type: blobType, pieces: sealed, sealedBytes, uncompressedLength }) {
      if (blobType !== type) throw new RangeError('a pack holds blobs of one type');
      if (sizeBytes + sealedBytes > uint32Limit) throw new RangeError('a pack is shorter than 4 GiB');
      blobs.push({ id, type, offsetBytes: sizeBytes, lengthBytes: sealedBytes, uncompressedLength });
      pieces.push(...sealed);
      sizeBytes += sealedBytes;
    },
    async finish(random) {
      pieces.push(await sealPackHeader(key, blobs, random));
      const fileBytes = sizeBytes + packHeaderBytes(blobs);
      const content = new Blob(pieces);
      const id = await hashPieces(pieces, fileBytes);
      for (const piece of pieces.splice(0)) freeBytes(piece);
      return { id, sizeBytes: fileBytes, content, blobs };
    },
  };
}

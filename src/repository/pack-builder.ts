// A pack while it is filled: sealed blobs of one type, one after the other, then their list. They are copied into one piece of memory
// at once, so that the memory of each is free for the next, and the piece is used again for the next pack: held until the pack is full,
// sealed blobs would have new memory each, which takes Chromium longer than to seal them (docs/decisions/0006-backup-speed.md).

import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { freeBytes } from '../model/free-bytes';
import { countOutside } from '../model/outside-memory';
import type { SealedBlob } from './blob';
import type { PackBlob } from './blob-index';
import type { SealingKey } from './master-key';
import type { PackFiles } from './pack-files';
import { sealPackHeader } from './pack-header';
import { createPackMemory } from './pack-memory';
import type { BlobType, FileId } from './repository';
import { uint32Limit } from './stored-json';

export interface FinishedPack {
  readonly id: FileId;
  readonly sizeBytes: number;
  /** The file. */
  readonly content: Blob;
  /** Which of the `PackFiles` of its maker has it; null where it is in memory. */
  readonly file: number | null;
  readonly blobs: readonly PackBlob[];
}

export interface PackBuilder {
  readonly type: BlobType;
  /** Sealed bytes held so far, without the list. */
  readonly sizeBytes: number;
  readonly blobCount: number;
  /** Takes the next blob, and the memory of its pieces. Throws RangeError for another type, or where the pack would not be addressable. */
  add(blob: SealedBlob): void;
  /** Takes all blobs of another pack of that type. Throws as `add`. */
  absorb(other: PackBuilder): void;
  /** The blobs so far and their bytes, which hold until the next `add`. */
  view(): { readonly blobs: readonly PackBlob[]; readonly bytes: Uint8Array<ArrayBuffer> };
  /** Ends it without a file. */
  drop(): void;
  /** The whole file and its name, in one of `files` where there is one; ends it. Throws RangeError where nothing was added. */
  finish(random: RandomBytes, files?: PackFiles | null): Promise<FinishedPack>;
}

function inMemory(bytes: Uint8Array<ArrayBuffer>): Blob {
  const blob = new Blob([bytes]);
  countOutside(bytes.length);
  return blob;
}

/** An empty pack. Version 2 of the format forbids packs that mix types; version 1 need not. */
export function createPackBuilder(key: SealingKey, type: BlobType, memory = createPackMemory()): PackBuilder {
  const blobs: PackBlob[] = [];
  const gathered = memory.open();
  const place = (blob: Omit<PackBlob, 'offsetBytes'>, pieces: readonly Uint8Array[]): void => {
    if (blob.type !== type) throw new RangeError('a pack holds blobs of one type');
    if (gathered.sizeBytes + blob.lengthBytes > uint32Limit) throw new RangeError('a pack is shorter than 4 GiB');
    blobs.push({ ...blob, offsetBytes: gathered.sizeBytes });
    for (const piece of pieces) gathered.push(piece);
  };
  return {
    type,
    get sizeBytes() {
      return gathered.sizeBytes;
    },
    get blobCount() {
      return blobs.length;
    },
    add({ id, type: blobType, pieces, sealedBytes, uncompressedLength }) {
      place({ id, type: blobType, lengthBytes: sealedBytes, uncompressedLength }, pieces);
      for (const piece of pieces) freeBytes(piece);
    },
    absorb(other) {
      const added = other.view();
      for (const { offsetBytes, ...blob } of added.blobs) place(blob, [added.bytes.subarray(offsetBytes, offsetBytes + blob.lengthBytes)]);
      other.drop();
    },
    view: () => ({ blobs, bytes: gathered.view() }),
    drop: gathered.release,
    async finish(random, files = null) {
      gathered.push(await sealPackHeader(key, blobs, random));
      const bytes = gathered.view();
      const sizeBytes = bytes.length;
      const hash = hashBytes(bytes);
      const kept = (await files?.keep(bytes)) ?? { content: inMemory(bytes), number: null };
      // Both have copied by now.
      gathered.release();
      return { id: await hash, sizeBytes, content: kept.content, file: kept.number, blobs };
    },
  };
}

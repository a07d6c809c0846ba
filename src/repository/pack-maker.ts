// Blobs into packs: sealed, opened again, gathered, and named by their hash: what takes long in writing, so that a thread of its own can
// do it.

import type { ZstdCodec } from '../bytes/zstd';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { freeBytes } from '../model/free-bytes';
import { sealBlob, type SealedBlob } from './blob';
import type { SealingKey } from './master-key';
import type { FinishedPack } from './pack-builder';
import type { PackFiles } from './pack-files';
import { createPacker } from './packer';
import type { BlobId, BlobType } from './repository';

/** What packs are made by; passes to another thread. */
export interface PackTerms {
  readonly key: SealingKey;
  /** False for version 1 of the format. */
  readonly compresses: boolean;
  /** Where a pack is closed. */
  readonly packBytes: number;
}

export interface PlainBlob {
  readonly type: BlobType;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly id: BlobId;
  /** Whether the id was not found out here: it counts once the sealed blob was opened again. */
  readonly isClaimed: boolean;
}

export interface PackedBlob {
  readonly sealedBytes: number;
  /** The pack that it filled, ended. */
  readonly full: FinishedPack | null;
}

export interface PackMaker {
  /**
   * Seals a blob, opens it again, and puts it into a pack; its bytes are the maker's from then on. Where its id was only claimed and is
   * another's, nothing is packed, and the bytes come back. Throws as `sealBlob`.
   */
  add(blob: PlainBlob): Promise<PackedBlob | Uint8Array<ArrayBuffer>>;
  /** Ends what is open, in as few packs as it fits. */
  flush(): Promise<readonly FinishedPack[]>;
  /** Nobody needs the content of that pack any more. */
  drop(pack: Pick<FinishedPack, 'file'>): void;
  /** Lets go of its memory and its files. */
  end(): void;
}

/** Makes packs on this thread; full ones lie in `files`, where there are any. */
export function createPackMaker(terms: PackTerms, codec: ZstdCodec, random: RandomBytes, files: PackFiles | null = null): PackMaker {
  const { key, compresses, packBytes } = terms;
  const packer = createPacker(key, packBytes, random);
  const seal = ({ type, plain, id }: PlainBlob): Promise<SealedBlob> => sealBlob(key, type, plain, compresses ? codec : null, random, id);
  return {
    async add(blob) {
      const { plain, id, isClaimed } = blob;
      const sealed = await seal(blob).catch(async (error: unknown) => {
        if (isClaimed && (await hashBytes(plain)) !== id) return null;
        throw error;
      });
      if (sealed === null) return plain;
      freeBytes(plain);
      const full = packer.add(sealed);
      return { sealedBytes: sealed.sealedBytes, full: full === null ? null : await full.finish(random, files) };
    },
    flush: () => Promise.all(packer.flush().map((builder) => builder.finish(random, files))),
    drop: ({ file }) => file !== null && files?.free(file),
    end: () => void files?.end(),
  };
}

/** Threads at one work, each with packs of its own: a blob goes where the least is waiting. */
export function shareWork(makers: readonly PackMaker[]): PackMaker {
  const threads = makers.map((maker) => ({ maker, waitingBytes: 0 }));
  const makerOf = new WeakMap<Pick<FinishedPack, 'file'>, PackMaker>();
  return {
    async add(blob) {
      const thread = threads.reduce((least, other) => (other.waitingBytes < least.waitingBytes ? other : least));
      // On its way to another thread it has no length here any more.
      const sizeBytes = blob.plain.length;
      thread.waitingBytes += sizeBytes;
      try {
        const added = await thread.maker.add(blob);
        if ('full' in added && added.full !== null) makerOf.set(added.full, thread.maker);
        return added;
      } finally {
        thread.waitingBytes -= sizeBytes;
      }
    },
    async flush() {
      const flushed = makers.map(async (maker) => {
        const packs = await maker.flush();
        for (const pack of packs) makerOf.set(pack, maker);
        return packs;
      });
      return (await Promise.all(flushed)).flat();
    },
    drop: (pack) => makerOf.get(pack)?.drop(pack),
    end: () => {
      for (const maker of makers) maker.end();
    },
  };
}

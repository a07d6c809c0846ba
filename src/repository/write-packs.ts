// Packs and the index files that name them, on their way to the drive. A pack is named by no index before it is there.

import type { SealedBlob } from './blob';
import type { RepositoryContext } from './context';
import { defaultPackBytes } from './environment';
import { encodeIndexFile, type IndexedPack } from './index-file';
import { addIndexedPack } from './load-index';
import { createPackMaker, type PackMaker, type PackTerms, type PlainBlob } from './pack-maker';
import { createPackSender, type PackSender } from './pack-sender';
import { createPacker } from './packer';
import type { FileId } from './repository';
import { writeJsonFile } from './sealed-json';

/** As stock restic: an index file names no more, which keeps it below 8 MiB. */
const indexBlobLimit = 50_000;

export interface PackWriter extends Pick<PackSender, 'settle' | 'takeSent' | 'sentBytes'> {
  /** Takes a sealed blob. Resolves when there is room for the next. */
  add(blob: SealedBlob): Promise<void>;
  /** Sends what is open; resolves when all of it is on the drive. */
  flush(): Promise<void>;
}

const packBytesOf = ({ environment }: RepositoryContext): number => environment.packBytes ?? defaultPackBytes;

/** For blobs that are sealed already; each pack is fetched again whole. */
export function createPackWriter(context: RepositoryContext): PackWriter {
  const { environment, key } = context;
  const { random } = environment;
  const packer = createPacker(key, packBytesOf(context), random);
  const sender = createPackSender(context, 'all');
  return Object.assign(sender, {
    async add(blob: SealedBlob) {
      const full = packer.add(blob);
      if (full) await sender.send(() => full.finish(random));
    },
    async flush() {
      for (const builder of packer.flush()) await sender.send(() => builder.finish(random));
      await sender.drain();
    },
  });
}

export interface SealingWriter extends Pick<PackSender, 'settle' | 'takeSent' | 'sentBytes'> {
  /** As `PackMaker.add`; gives the sealed size, or the bytes that came back. Resolves when there is room for the next. */
  seal(blob: PlainBlob): Promise<number | Uint8Array<ArrayBuffer>>;
  /** Sends what is open; resolves when all of it is on the drive. */
  flush(): Promise<void>;
  /** Lets go of the memory and the files of packs. */
  end(): void;
}

async function openPackMaker({ environment, key, packing }: RepositoryContext, packBytes: number): Promise<PackMaker> {
  const { codec, random, openPackMaker: open } = environment;
  const terms: PackTerms = {
    key: { encryption: key.encryption, authentication: key.authentication },
    compresses: packing !== null,
    packBytes,
  };
  // Threads that cannot be had are no reason not to back up.
  const there = await open?.(terms).catch(() => null);
  return there ?? createPackMaker(terms, codec, random);
}

/** For a whole backup: seals on threads of their own, where the environment has them; a sample of the packs is fetched again. */
export async function openSealingWriter(context: RepositoryContext): Promise<SealingWriter> {
  const maker = await openPackMaker(context, packBytesOf(context));
  const sender = createPackSender(context, 'sample', maker.drop);
  return Object.assign(sender, {
    async seal(blob: PlainBlob) {
      const made = await maker.add(blob);
      if ('length' in made) return made;
      const { full } = made;
      if (full) await sender.send(() => full);
      return made.sealedBytes;
    },
    async flush() {
      for (const pack of await maker.flush()) await sender.send(() => pack);
      await sender.drain();
    },
    end: () => maker.end(),
  });
}

function* inFiles(packs: Iterable<IndexedPack>): Generator<IndexedPack[]> {
  let file: IndexedPack[] = [];
  let blobs = 0;
  for (const pack of packs) {
    if (file.length > 0 && blobs + pack.blobs.length > indexBlobLimit) {
      yield file;
      [file, blobs] = [[], 0];
    }
    file.push(pack);
    blobs += pack.blobs.length;
  }
  if (file.length > 0) yield file;
}

export interface WrittenIndex {
  readonly id: FileId;
  readonly sizeBytes: number;
  readonly packs: readonly FileId[];
}

/** Index files of these packs, each read back and opened; they count in `context.index` from then on. */
export async function writeIndexFiles(context: RepositoryContext, packs: Iterable<IndexedPack>): Promise<readonly WrittenIndex[]> {
  const written: WrittenIndex[] = [];
  for (const file of inFiles(packs)) {
    const { id, sizeBytes } = await writeJsonFile(context, 'index', encodeIndexFile(file));
    const ids = file.map((pack) => pack.id);
    for (const pack of file) addIndexedPack(context.index, pack.id, pack.blobs);
    for (const pack of ids) context.index.rebuilt.delete(pack);
    context.index.files.set(id, ids);
    written.push({ id, sizeBytes, packs: ids });
  }
  return written;
}

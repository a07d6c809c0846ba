// Packs and the index files that name them, on their way to the drive. A pack is named by no index before it is there.

import type { SealedBlob } from './blob';
import type { RepositoryContext } from './context';
import { readsBackAll } from './context';
import { defaultPackBytes } from './environment';
import { packName } from './file-names';
import { encodeIndexFile, type IndexedPack } from './index-file';
import { addIndexedPack } from './load-index';
import { createPacker } from './packer';
import type { PackBuilder } from './pack-builder';
import type { FileId } from './repository';
import { writeJsonFile } from './sealed-json';
import { createSendQueue } from './send-queue';
import { writeStored } from './stored-file';

/** Packs on their way at once. */
const inFlight = 2;
/** One pack in so many is fetched again whole. */
const readBackOneIn = 16;
/** As stock restic: an index file names no more, which keeps it below 8 MiB. */
const indexBlobLimit = 50_000;

export interface PackWriter {
  /** Takes a sealed blob. Resolves when there is room for the next. */
  add(blob: SealedBlob): Promise<void>;
  /** Sends what is open; resolves when all of it is on the drive. */
  flush(): Promise<void>;
  /** Resolves when nothing is on its way, whatever came of it. */
  settle(): Promise<void>;
  /** Packs that are on the drive and in no index yet; they are the caller's to index from now on. */
  takeSent(): IndexedPack[];
  readonly sentBytes: number;
}

/** `readBack`: whether each pack is to be fetched again whole, or a sample. */
export function createPackWriter(context: RepositoryContext, readBack: 'all' | 'sample'): PackWriter {
  const { environment, drive, key } = context;
  const packer = createPacker(key, environment.packBytes ?? defaultPackBytes, environment.random);
  const queue = createSendQueue(inFlight);
  let sent: IndexedPack[] = [];
  let sentBytes = 0;

  const isSampled = (): boolean => (environment.random(1)[0] ?? 0) % readBackOneIn === 0;
  const send = async (builder: PackBuilder): Promise<void> => {
    const pack = await builder.finish(environment.random);
    const isReadBack = readBack === 'all' || readsBackAll(context) || isSampled();
    if (await writeStored(drive, packName(pack.id), { id: pack.id, bytes: pack.content }, { direct: true, readBack: isReadBack }))
      context.isUnreliable = true;
    sentBytes += pack.sizeBytes;
    sent.push({ id: pack.id, blobs: pack.blobs });
  };
  return {
    async add(blob) {
      const full = packer.add(blob);
      if (full) await queue.push(() => send(full));
    },
    async flush() {
      for (const builder of packer.flush()) await queue.push(() => send(builder));
      await queue.drain();
    },
    settle: queue.settle,
    takeSent() {
      const packs = sent;
      sent = [];
      return packs;
    },
    get sentBytes() {
      return sentBytes;
    },
  };
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

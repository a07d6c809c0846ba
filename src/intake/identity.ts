// What identifies an archive: hashes of its files, computed while they are read for another reason wherever that is possible.

import type { OpenedSet } from '../bytes/file-set';
import type { ByteSource, FileEntry, FileSet } from '../bytes/source';
import { createPieceHash, hashBytes, type PieceHash } from '../crypto/hashes';
import { hashChunks } from '../crypto/sha256';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { ReceiptFile } from '../model/receipt';
import { writeCanonical } from './image';

export interface EntryIdentity {
  readonly hash: Sha256Hex;
  readonly of: 'content' | 'content-pieces';
}

export interface HashedSet {
  /** The same files; each hashes itself the first time that it is streamed from start to end. */
  readonly files: FileSet;
  /** SHA-256 of an entry's content, or of the SHA-256s of its pieces; read again only where it was never streamed whole. */
  identify(entry: number): Promise<EntryIdentity>;
}

/** A ZIP is known by its directory: its entries are not hashed. */
export function hashWhileReading(set: OpenedSet): HashedSet {
  const hashes = new Map<number, EntryIdentity>();
  const isKnownOtherwise = set.container === 'zip' && set.directory !== null;
  const hashed = (entry: FileEntry, index: number): ByteSource => hashedSource(entry.open(), (identity) => hashes.set(index, identity));
  const entries = set.entries.map((entry, index): FileEntry => ({
    ...entry,
    open: () => (isKnownOtherwise || hashes.has(index) ? entry.open() : hashed(entry, index)),
  }));
  return {
    files: { ...set, entries },
    async identify(index) {
      const entry = set.entries[index];
      if (entry === undefined) throw new RangeError('no such entry');
      const known = hashes.get(index) ?? (await hashThrough(entry.open()));
      hashes.set(index, known);
      return known;
    },
  };
}

async function hashThrough(source: ByteSource): Promise<EntryIdentity> {
  const pieceHash = createPieceHash();
  for await (const chunk of source.streamLent?.() ?? source.stream()) await pieceHash.update(chunk);
  return identityOf(await pieceHash.finish());
}

const identityOf = ({ hash, pieces }: Awaited<ReturnType<PieceHash['finish']>>): EntryIdentity => ({
  hash,
  of: pieces === 1 ? 'content' : 'content-pieces',
});

/** Tells its hash at the end of a stream of the whole; one that is left early tells none. */
function hashedSource(source: ByteSource, onHash: (identity: EntryIdentity) => void): ByteSource {
  const { sizeBytes, givesOwn, readSync, cipher } = source;
  const hash = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const pieceHash = createPieceHash();
    for await (const chunk of chunks) {
      await pieceHash.update(chunk);
      yield chunk;
    }
    onHash(identityOf(await pieceHash.finish()));
  };
  return {
    sizeBytes,
    givesOwn,
    readSync,
    cipher,
    read: (fromByte, toByte) => source.read(fromByte, toByte),
    stream: (fromByte = 0) => (fromByte > 0 ? source.stream(fromByte) : hash(source.stream())),
    ...(source.streamLent && { streamLent: () => hash(source.streamLent!()) }),
  };
}

/** Files of a receipt: a ZIP by its central directory, others by the content of the entries that hold records. */
export async function identifyFiles(
  set: OpenedSet,
  hashed: HashedSet,
  entries: readonly number[],
  sizeBytes: number,
): Promise<ReceiptFile[]> {
  if (set.container === 'zip' && set.directory !== null) {
    const identity = await hashChunks(set.directory.stream());
    return [{ path: set.name, sizeBytes, identity, identityOf: 'central-directory' }];
  }
  const files: ReceiptFile[] = [];
  for (const index of entries) {
    const entry = set.entries[index];
    if (entry === undefined) continue;
    const { hash, of } = await hashed.identify(index);
    files.push({ path: entry.path, sizeBytes: entry.sizeBytes, identity: hash, identityOf: of });
  }
  return files;
}

/** Everything that an import's content depends on; the same on every device. */
export interface ImportContent {
  readonly format: string;
  readonly entries: readonly string[];
  readonly files: readonly ReceiptFile[];
  readonly answers: Readonly<Record<string, string>>;
  readonly skipped: readonly number[];
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly media: string;
}

/** An id from the content; importing the same again, with the id taken, has the next one. */
export async function makeReceiptId(content: ImportContent, isTaken: (id: ReceiptId) => boolean): Promise<ReceiptId> {
  const identities = content.files.map(({ identity }) => identity);
  for (let time = 1; ; time++) {
    const bytes = new TextEncoder().encode(writeCanonical({ ...content, files: identities, time }));
    const id = (await hashBytes(bytes)).slice(0, 32) as string as ReceiptId;
    if (!isTaken(id)) return id;
  }
}

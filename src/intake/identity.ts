// What identifies an archive: hashes of its files, computed while they are read for another reason wherever that is possible.

import type { OpenedSet } from '../bytes/file-set';
import type { ByteSource, FileEntry, FileSet } from '../bytes/source';
import { createSha256, hashBytes, hashChunks } from '../crypto/hashes';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { ReceiptFile } from '../model/receipt';
import { writeCanonical } from './image';

export interface HashedSet {
  /** The same files; each hashes itself when it is streamed from start to end. */
  readonly files: FileSet;
  /** SHA-256 of an entry's content, from the last time it was streamed whole, else by reading it. */
  identify(entry: number): Promise<Sha256Hex>;
}

export function hashWhileReading(set: FileSet): HashedSet {
  const hashes = new Map<number, Sha256Hex>();
  const entries = set.entries.map((entry, index): FileEntry => ({
    ...entry,
    open: () => hashedSource(entry.open(), (hash) => hashes.set(index, hash)),
  }));
  const files: FileSet = { ...set, entries };
  return {
    files,
    async identify(index) {
      const known = hashes.get(index);
      if (known !== undefined) return known;
      const entry = set.entries[index];
      if (entry === undefined) throw new RangeError('no such entry');
      return hashChunks(entry.open().stream());
    },
  };
}

function hashedSource(source: ByteSource, onHash: (hash: Sha256Hex) => void): ByteSource {
  return {
    sizeBytes: source.sizeBytes,
    read: (fromByte, toByte) => source.read(fromByte, toByte),
    async *stream(fromByte = 0) {
      if (fromByte > 0) return yield* source.stream(fromByte);
      const hash = createSha256();
      let hashedBytes = 0;
      for await (const chunk of source.stream()) {
        hash.update(chunk);
        hashedBytes += chunk.length;
        yield chunk;
      }
      if (hashedBytes === source.sizeBytes) onHash(hash.digestHex());
    },
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
    files.push({ path: entry.path, sizeBytes: entry.sizeBytes, identity: await hashed.identify(index), identityOf: 'content' });
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

// The same files, but cut, damaged, counted, or fed in other chunks.

import { countReads, type ReadCount } from '../../src/bytes/counted-source';
import { fileSetOfFiles } from '../../src/bytes/file-set';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource, FileSet } from '../../src/bytes/source';

/** All bytes of one entry. */
export async function bytesOf(files: FileSet, entry: number): Promise<Uint8Array> {
  const source = files.entries[entry]!.open();
  return source.read(0, source.sizeBytes);
}

/** The set with other bytes in one entry, in chunks of `chunkBytes`. */
export function withBytes(files: FileSet, entry: number, bytes: Uint8Array, chunkBytes?: number): FileSet {
  return withSource(files, entry, sourceOfBytes(bytes, chunkBytes));
}

/** The set with everything that is read counted into `count`. */
export function withCount(files: FileSet, count: ReadCount): FileSet {
  const entries = files.entries.map((file) => ({ ...file, open: () => countReads(file.open(), count).source }));
  return fileSetOfFiles(files.name, files.container, entries, files.problems);
}

function withSource(files: FileSet, entry: number, source: ByteSource): FileSet {
  const entries = files.entries.map((file, index) =>
    index === entry ? { path: file.path, sizeBytes: source.sizeBytes, modifiedAtMs: file.modifiedAtMs, open: () => source } : file,
  );
  return fileSetOfFiles(files.name, files.container, entries, files.problems);
}

/** `bytes` with every `from` replaced by `to`. */
export function replaceBytes(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return new Uint8Array(Buffer.from(text.replaceAll(Buffer.from(from).toString('latin1'), Buffer.from(to).toString('latin1')), 'latin1'));
}

/** `bytes` with `added` put in after the first `anchor`, or at the end where there is none. */
export function insertBytes(bytes: Uint8Array, anchor: Uint8Array, added: Uint8Array): Uint8Array {
  const found = anchor.length === 0 ? -1 : Buffer.from(bytes).indexOf(anchor);
  const at = found < 0 ? bytes.length : found + anchor.length;
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]));
}

// Writing an export where the owner wants it, and reading all of it back before it is called done.

import { ownArchiveLimits } from '../bytes/limits';
import { sourceOfRanges } from '../bytes/ranged-source';
import type { ByteSource } from '../bytes/source';
import { openZip } from '../bytes/zip';
import { type AgeKey, type AgeLock, openAge } from '../crypto/age';
import { CamphorError } from '../model/error';
import type { Sha256Hex } from '../model/ids';
import { type ArchiveFile, exportArchive, sizeOfZip } from './age-archive';
import { createContentHash } from './content-hash';

export interface ArchiveContent {
  /** Every file of `files`, and perhaps some that then do not come; in any order. */
  readonly laidOut: readonly Pick<ArchiveFile, 'path' | 'sizeBytes'>[];
  files(): AsyncIterable<ArchiveFile>;
}

export interface ArchiveTarget {
  /** Makes sure, as far as the place can tell, that a file of this size has room. Throws CamphorError `storage-full`. */
  reserve(sizeBytes: number): Promise<void>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the writing; gives the file as it lies there now. */
  close(): Promise<ByteSource>;
}

/** `doneBytes` grows from 0 to `totalBytes` twice: while it is sealed, and while it is read back. */
export type ReportArchive = (stage: 'sealing' | 'verifying', doneBytes: number, totalBytes: number) => void;

const writeBytes = 1 << 20;

/**
 * Throws CamphorError `archive-limit` for more files than this app reads back, `storage-full` before
 * anything is written, `damaged` where what was read back is not what was written, and what files and target throw.
 */
export async function writeArchive(
  content: ArchiveContent,
  lock: AgeLock,
  target: ArchiveTarget,
  report: ReportArchive,
): Promise<{ readonly fileBytes: number; readonly files: number }> {
  const { laidOut } = content;
  const { entryCount } = ownArchiveLimits;
  if (laidOut.length > entryCount)
    throw new CamphorError('archive-limit', { limit: 'entryCount', found: laidOut.length, allowed: entryCount });
  const hash = createContentHash();
  const { stream, key, sizeOf } = await exportArchive(content.files(), lock, hash);
  const totalBytes = sizeOf(sizeOfZip(laidOut));
  try {
    await target.reserve(totalBytes);
  } catch (error) {
    await stream.cancel(error);
    throw error;
  }
  const fileBytes = await writeAll(stream, target, (doneBytes) => report('sealing', doneBytes, totalBytes));
  const written = await target.close();
  if (written.sizeBytes !== fileBytes) throw new CamphorError('storage-failed', { sizeBytes: written.sizeBytes, expected: fileBytes });
  const expected = { hash: await hash.finish(), files: hash.files };
  await checkArchive(written, key, expected, (doneBytes) => report('verifying', doneBytes, fileBytes));
  return { fileBytes, files: hash.files };
}

/** In pieces of 1 MiB. Gives how many bytes there were. */
async function writeAll(stream: ReadableStream<Uint8Array>, target: ArchiveTarget, onBytes: (doneBytes: number) => void): Promise<number> {
  const reader = stream.getReader();
  let piece = new Uint8Array(writeBytes);
  let filled = 0;
  let doneBytes = 0;
  const flush = async (): Promise<void> => {
    await target.write(piece.subarray(0, filled));
    doneBytes += filled;
    onBytes(doneBytes);
    piece = new Uint8Array(writeBytes);
    filled = 0;
  };
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (let chunk = next.value; chunk.length > 0;) {
        const part = chunk.subarray(0, writeBytes - filled);
        piece.set(part, filled);
        filled += part.length;
        chunk = chunk.subarray(part.length);
        if (filled === writeBytes) await flush();
      }
    }
    await flush();
    return doneBytes;
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/**
 * Opens the file with what was to open it, its ZIP by the directory, and reads every file in it. Throws CamphorError `damaged`
 * where anything differs, and what the source throws.
 */
export async function checkArchive(
  file: ByteSource,
  key: AgeKey,
  expected: { readonly hash: Sha256Hex; readonly files: number },
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  const content = await openAge(file, key);
  const { entries, problems } = await openZip(sourceOfRanges(content.sizeBytes, content.read), ownArchiveLimits);
  const hash = createContentHash();
  let doneBytes = 0;
  for (const entry of entries) {
    for await (const chunk of hash.follow(entry.path, entry.open().stream())) onBytes((doneBytes += chunk.length));
  }
  const isSame = problems.length === 0 && hash.files === expected.files && (await hash.finish()) === expected.hash;
  if (!isSame) throw new CamphorError('damaged', { files: hash.files, expected: expected.files });
}

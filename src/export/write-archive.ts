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
import { type ArchiveTarget, chunksOf, writeChunks } from './write-chunks';

export interface ArchiveContent {
  /** Every file of `files`, and perhaps some that then do not come; in any order. */
  readonly laidOut: readonly Pick<ArchiveFile, 'path' | 'sizeBytes'>[];
  files(): AsyncIterable<ArchiveFile>;
}

/** `doneBytes` grows from 0 to `totalBytes` twice: while it is sealed, and while it is read back. */
export type ReportArchive = (stage: 'sealing' | 'verifying', doneBytes: number, totalBytes: number) => void;

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
  const fileBytes = await writeChunks(chunksOf(stream), target, (doneBytes) => report('sealing', doneBytes, totalBytes));
  const written = await target.close();
  if (written.sizeBytes !== fileBytes) throw new CamphorError('storage-failed', { sizeBytes: written.sizeBytes, expected: fileBytes });
  const expected = { hash: await hash.finish(), files: hash.files };
  await checkArchive(written, key, expected, (doneBytes) => report('verifying', doneBytes, fileBytes));
  return { fileBytes, files: hash.files };
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

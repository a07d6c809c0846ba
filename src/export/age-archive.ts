// A single-file export: an age file around a ZIP of stored files. Nothing is compressed, so that the size is known before, and
// any file in it is reached without reading what lies before it.

import { makeZip, predictLength } from 'client-zip';
import { type AgeLock, ageWorkFactor, type SealedAge, sealAge } from '../crypto/age';
import { checkPassphrase } from '../crypto/passphrase';
import type { ExportLock } from '../model/export';
import type { ContentHash } from './content-hash';

export interface ArchiveFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Once, and before the next file is asked for. */
  open(): AsyncIterable<Uint8Array>;
}

/** The clock of a ZIP begins in 1980, in local time, and ends in 2107. */
const firstZipMs = Date.UTC(1980, 0, 2);
const lastZipMs = Date.UTC(2107, 0, 1);

/** Bytes of the ZIP of files of these sizes. */
export function sizeOfZip(files: Iterable<Pick<ArchiveFile, 'path' | 'sizeBytes'>>): number {
  const sizes = function* (): Generator<{ name: string; size: number }> {
    for (const { path, sizeBytes } of files) yield { name: path, size: sizeBytes };
  };
  return Number(predictLength(sizes()));
}

interface ZipEntry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

async function* entriesOf(files: AsyncIterable<ArchiveFile>, hash: ContentHash): AsyncGenerator<ZipEntry, void, void> {
  for await (const { path, modifiedAtMs, open } of files) {
    const lastModified = new Date(Math.min(lastZipMs, Math.max(firstZipMs, modifiedAtMs)));
    yield { name: path, lastModified, input: hash.follow(path, open()) };
  }
}

/**
 * The files as an age file, in their order, as they come: no file is held whole. `hash` has all of them when the stream has
 * ended. Throws CamphorError `recipient-invalid`; the stream fails with what the files throw.
 */
export function exportArchive(files: AsyncIterable<ArchiveFile>, lock: AgeLock, hash: ContentHash): Promise<SealedAge> {
  return sealAge(makeZip(entriesOf(files, hash)), lock);
}

/** `deviceMemoryGiB`: null where the browser does not say. Throws CamphorError `secret-too-weak`. */
export function ageLockOf({ kind, text }: ExportLock, deviceMemoryGiB: number | null): AgeLock {
  if (kind === 'recipient') return { kind: 'recipients', recipients: [text.trim()] };
  checkPassphrase(text);
  return { kind, text, logN: ageWorkFactor(deviceMemoryGiB) };
}

// Samples for tests of importers: files on disk, the shared third-party ones, and files made of text.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileSetOfFiles } from '../../src/bytes/file-set';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { FileEntry, FileSet } from '../../src/bytes/source';
import { fileSetOfPath } from '../tools/node-files';

/** One archive that an importer must read. */
export interface ConformanceSample {
  readonly name: string;
  open(): Promise<FileSet>;
  /** True for formats with an end (JSON, ZIP, SQLite): a cut must then give a problem, not only fewer records. */
  readonly hasEnd?: boolean;
}

const ownRoot = fileURLToPath(new URL('../samples/', import.meta.url));
const sharedRoot = fileURLToPath(new URL('../../../shared/samples/', import.meta.url));

/** Third-party samples lie beside the project and may not be copied into it; tests of them are skipped without them. */
export const hasSharedSamples = existsSync(sharedRoot);
if (!hasSharedSamples) console.warn(`skipped: third-party samples are not at ${sharedRoot}`);

/** Path of an invented sample of ours, in test/samples. */
export function ownSamplePath(path: string): string {
  return ownRoot + path;
}

/** Path of a shared sample; it exists only where `hasSharedSamples`. */
export function sharedSamplePath(path: string): string {
  return sharedRoot + path;
}

/** A sample that is a file, folder or ZIP on disk. */
export function sampleAt(path: string, options: { readonly hasEnd?: boolean } = {}): ConformanceSample {
  return { name: path.replace(ownRoot, '').replace(sharedRoot, 'shared/'), open: () => fileSetOfPath(path), ...options };
}

/** A set of files made of text or bytes, by path. */
export function filesOf(
  name: string,
  contents: Readonly<Record<string, string | Uint8Array>>,
  container: FileSet['container'] = 'files',
): FileSet {
  const entries = Object.entries(contents).map(([path, content]): FileEntry => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return { path, sizeBytes: bytes.length, modifiedAtMs: null, open: () => sourceOfBytes(bytes) };
  });
  return fileSetOfFiles(name, container, entries);
}

/** A sample made of text or bytes, by path. */
export function sampleOf(name: string, contents: Readonly<Record<string, string | Uint8Array>>): ConformanceSample {
  return { name, open: async () => filesOf(name, contents) };
}

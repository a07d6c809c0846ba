// Files of one archive together. What a drop holds becomes one or several sets: see open-files.ts.

import type { CamphorError } from '../model/error';
import type { ByteSource, ContainerProblem, FileEntry, FileSet } from './source';

/**
 * A set of `files` in their order. `problems` may go on growing while entries are read (a checksum is known only at the
 * end of an entry), so it is kept as it is, not copied.
 */
export function fileSetOfFiles(
  name: string,
  container: FileSet['container'],
  files: readonly FileEntry[],
  problems: readonly ContainerProblem[] = [],
): FileSet {
  let indexByPath: Map<string, number> | null = null;
  return {
    name,
    container,
    entries: files,
    problems,
    indexOf(path) {
      indexByPath ??= new Map(files.map((file, index) => [file.path, index] as const).reverse());
      return indexByPath.get(path) ?? -1;
    },
  };
}

/** A file as it was dropped, or as it lies in a dropped folder. */
export interface DroppedSource {
  readonly path: string;
  readonly source: ByteSource;
  readonly modifiedAtMs: number | null;
}

export interface OpenedFiles {
  readonly sets: readonly FileSet[];
  /** ZIPs that could not be opened at all, each with its reason; the rest is in `sets`. */
  readonly refused: readonly { readonly path: string; readonly error: CamphorError }[];
}

/**
 * What one drop (or one folder) holds, as sets: the files together are one, and each ZIP among them is one more.
 * Which file is a ZIP is decided by its first bytes.
 */
export async function openFileSet(name: string, container: 'files' | 'folder', files: readonly DroppedSource[]): Promise<OpenedFiles> {
  const entries = files.map((file): FileEntry => ({
    path: file.path,
    sizeBytes: file.source.sizeBytes,
    modifiedAtMs: file.modifiedAtMs,
    open: () => file.source,
  }));
  return { sets: [fileSetOfFiles(name, container, entries)], refused: [] };
}

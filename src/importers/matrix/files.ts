// Files of an export: Element puts them into `images/`, `videos/`, `audio/`, `files/` under the name that the message gives,
// with the date of the message behind it.

import type { FileSet } from '../../bytes/source';
import { baseName, folderOf } from '../archive-files';

/** Entries by the name that messages give; null where more than one could be meant. */
export type FileIndex = ReadonlyMap<string, number | null>;

const stemLimit = 12;

/** Files below the folder of the export, each by its name, and by its name without what stands behind each dash. */
export function indexFiles(files: FileSet, path: string): FileIndex {
  const folder = folderOf(path);
  const index = new Map<string, number | null>();
  for (const [entry, file] of files.entries.entries()) {
    if (!file.path.startsWith(folder) || file.path === path) continue;
    for (const name of namesOf(baseName(file.path))) index.set(name, index.has(name) ? null : entry);
  }
  return index;
}

function namesOf(name: string): string[] {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  const parts = (dot > 0 ? name.slice(0, dot) : name).split('-');
  const shorter = parts.slice(1, stemLimit).map((_, at) => parts.slice(0, at + 1).join('-') + extension);
  return [...new Set([name, ...shorter])];
}

// Files of the archive by the name that the text has for them.

import type { FileSet } from '../../bytes/source';
import { baseName, folderOf } from '../archive-files';
import { dropMarks } from '../marks';

/** Index of the file with this name in the file set, or -1. */
export type FindMedia = (name: string) => number;

/**
 * Finds files by name: in the folder of the chat first, then anywhere. Unicode is compared in its composed form, since
 * file systems and ZIPs made on a Mac keep names decomposed while the text has them composed.
 */
export function indexMedia(files: FileSet, chatEntry: number): FindMedia {
  const byName = new Map<string, number>();
  const folder = folderOf(files.entries[chatEntry]?.path ?? '');
  files.entries.forEach((entry, index) => {
    if (index === chatEntry) return;
    const key = nameKey(baseName(entry.path));
    const isNear = folderOf(entry.path) === folder;
    const known = byName.get(key);
    if (known === undefined || (isNear && folderOf(files.entries[known]!.path) !== folder)) byName.set(key, index);
  });
  return (name) => byName.get(nameKey(name)) ?? -1;
}

function nameKey(name: string): string {
  return dropMarks(name).normalize('NFC').trim();
}

// Finding files of an archive: those that may hold records, and those that a message names.

import type { FileEntry, FileSet } from '../bytes/source';
import type { Detection } from './importer';

/** Detection may read this much of an entry. */
export const detectBytes = 256 * 1024;
/** In a set this small every file is looked at, whatever its name; in a large one those with a fitting name: the rest are media. */
const smallSetEntries = 16;
/**
 * Files of which an account has tens of thousands, so that not every importer should open each of them to say no: Slack's
 * days, the threads of Messenger and Instagram, the channels of Discord. Only in large sets, and only for other importers.
 */
const familyPath = /(?:^|\/)(?:\d{4}-\d\d-\d\d|message_\d+|c?\d{15,20}\/(?:messages|channel))\.(?:json|html|csv)$/;

/**
 * Entries that may hold records, with their numbers: all of a small set, else those whose path fits and is not that of a file
 * of which there are tens of thousands. Empty files are left out.
 */
export function candidates(files: FileSet, fitting: RegExp): readonly (readonly [index: number, entry: FileEntry])[] {
  const isSmall = files.entries.length <= smallSetEntries;
  const fits = (path: string) => isSmall || (fitting.test(path) && !familyPath.test(path));
  return [...files.entries.entries()].filter(([, { path, sizeBytes }]) => sizeBytes > 0 && fits(path));
}

/** The first entry of a detection. Throws RangeError where the detection is of another set. */
export function entryOf(files: FileSet, detection: Detection): FileEntry {
  const entry = files.entries[detection.entries[0] ?? -1];
  if (entry === undefined) throw new RangeError('the detection is of another set of files');
  return entry;
}

/** The folder of a path: '' or ending in `/`. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The name of a file without its folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Number of the file that `path` names from `folder` ('' or ending in `/`) or from the top of the set; backslashes and `./` allowed. -1 where there is none. */
export function findFile(files: FileSet, folder: string, path: string): number {
  const label = path.replaceAll('\\', '/');
  const relative = label.startsWith('./') ? label.slice(2) : label;
  const beside = files.indexOf(folder + relative);
  return beside === -1 ? files.indexOf(relative) : beside;
}

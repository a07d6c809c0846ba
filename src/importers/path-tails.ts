// Files of a set by the end of their path: databases name media below a folder whose own place the set need not show.

import type { FileSet } from '../bytes/source';
import { baseName } from './archive-files';

/** Number of the file whose path ends with most of `path` (its name at least), or -1. Case and composed letters do not matter. */
export type FindByTail = (path: string) => number;

/** Made once a set. Of files of one name the one with the longest common end is taken, and none where two are equally near. */
export function indexPathTails(files: FileSet): FindByTail {
  const byName = new Map<string, number[]>();
  files.entries.forEach(({ path }, index) => {
    const key = keyOf(baseName(path));
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [index]);
    else known.push(index);
  });
  return (path) => {
    const wanted = path.replaceAll('\\', '/');
    const found = byName.get(keyOf(baseName(wanted))) ?? [];
    if (found.length <= 1) return found[0] ?? -1;
    const near = found.map((index) => commonEnd(wanted, files.entries[index]?.path ?? ''));
    const nearest = Math.max(...near);
    return near.filter((length) => length === nearest).length === 1 ? (found[near.indexOf(nearest)] ?? -1) : -1;
  };
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** How many folders and names at the end of two paths are the same. */
function commonEnd(one: string, other: string): number {
  const [parts, others] = [one, other].map((path) => keyOf(path).split('/').reverse());
  let length = 0;
  while (length < (parts?.length ?? 0) && parts?.[length] === others?.[length]) length++;
  return length;
}

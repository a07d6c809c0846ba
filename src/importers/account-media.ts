// Media of an account among the files of the set: by path, and by MD5 or id where a database says which file has it.

import type { FileSet } from '../bytes/source';
import { indexPathTails } from './path-tails';

export interface AccountMedia {
  /** Path in the set of the first of `paths` that is there, else null. Folder and name must fit, in any place of the set. */
  find(paths: readonly string[]): string | null;
  /** Says where the file of an MD5, or of another key that a message has, may lie. */
  add(key: string, paths: readonly string[]): void;
  byKey(key: string | null): string | null;
}

export function indexAccountMedia(files: FileSet): AccountMedia {
  const findTail = indexPathTails(files);
  const known = new Map<string, string>();
  const find = (paths: readonly string[]): string | null => {
    for (const path of paths) {
      const found = files.entries[findTail(path)]?.path ?? null;
      if (found !== null && tailOf(found) === tailOf(path)) return found;
    }
    return null;
  };
  return {
    find,
    add(key, paths) {
      const found = find(paths);
      if (found !== null) known.set(key, found);
    },
    byKey: (key) => (key === null ? null : (known.get(key) ?? null)),
  };
}

/** Folder and name. */
function tailOf(path: string): string {
  return path.replaceAll('\\', '/').split('/').slice(-2).join('/').normalize('NFC').toLowerCase();
}

/** Months by which WeChat names folders, as `2024-01`: the device's zone is not known, so that at a month's end there are two. */
export function monthsOf(sentAtMs: number): readonly string[] {
  const day = 86_400_000;
  const months = [0, day, -day].map((shift) => new Date(sentAtMs + shift).toISOString().slice(0, 7));
  return [...new Set(months)];
}

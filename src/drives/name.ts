// Names on a drive: ASCII, relative, `/` between folders. Whatever a drive's listing says is held against the same rule.

import { CamphorError } from '../model/error';

const partPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const lengthLimit = 512;

/** True for a name that a repository may have: parts of letters, digits, `_`, `-` and `.`, none of them beginning with a dot. */
export function isName(name: string): boolean {
  return name.length <= lengthLimit && name.split('/').every((part) => partPattern.test(part));
}

/** The name itself. Throws `unexpected` for any other than `isName` allows: no drive is asked for such a thing. */
export function checkName(name: string): string {
  if (!isName(name)) throw new CamphorError('unexpected', { error: 'drive-name' });
  return name;
}

/** A folder as the beginning of the names in it: '' for the root, else ending in `/`. */
export function folderPrefix(folder: string): string {
  if (folder === '') return '';
  return `${checkName(folder.endsWith('/') ? folder.slice(0, -1) : folder)}/`;
}

/** The folders on the way to a name, outermost first, without the root: `a/b/c` has `a` and `a/b`. */
export function foldersOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

// Files of a contract fake, on disk as they were named: what a stock tool reads. Names that differ by their case only are one.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface KeptFile {
  /** As it was written first. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Paths are relative, `/` between folders; '' is the root. */
export interface KeptFiles {
  find(path: string): KeptFile | null;
  /** Null for what is no file. */
  read(path: string): Buffer | null;
  /** Makes the folders on the way. */
  write(path: string, bytes: Uint8Array): void;
  makeFolder(path: string): void;
  /** With all that is in it. */
  remove(path: string): void;
  /** Names directly in a folder, in order; none where it is no folder. */
  childrenOf(path: string): readonly string[];
}

export function createKeptFiles(root: string): KeptFiles {
  const list = (folder: string): string[] => {
    try {
      return readdirSync(folder).sort();
    } catch {
      return [];
    }
  };
  /** The path on disk: parts that are there in their own case, others as they are. */
  const placeOf = (path: string): string =>
    path
      .split('/')
      .filter((part) => part !== '')
      .reduce((folder, part) => join(folder, list(folder).find((name) => name.toLowerCase() === part.toLowerCase()) ?? part), root);
  const files: KeptFiles = {
    find(path) {
      const place = placeOf(path);
      const about = statSync(place, { throwIfNoEntry: false });
      if (about === undefined) return null;
      return {
        name: place.slice(place.lastIndexOf('/') + 1),
        isFolder: about.isDirectory(),
        sizeBytes: about.isFile() ? about.size : 0,
        modifiedMs: about.mtimeMs,
      };
    },
    read: (path) => (files.find(path)?.isFolder === false ? readFileSync(placeOf(path)) : null),
    write(path, bytes) {
      const place = placeOf(path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, bytes);
    },
    makeFolder: (path) => void mkdirSync(placeOf(path), { recursive: true }),
    remove: (path) => rmSync(placeOf(path), { recursive: true, force: true }),
    childrenOf: (path) => (files.find(path)?.isFolder === true ? list(placeOf(path)) : []),
  };
  return files;
}

// Where a repository's files lie on a drive (restic's doc/design.rst, "Repository Layout"): packs in 256 folders by the
// first byte of their id, all else by its id in one folder. Whatever else lies there is not ours, and is left alone.

import type { Drive, DriveEntry } from '../drives/drive';
import type { FileId } from './repository';
import { isId } from './stored-json';

export type FileFolder = 'keys' | 'snapshots' | 'index' | 'locks';

export const configName = 'config';

const packPattern = /^data\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

export const fileName = (folder: FileFolder, id: FileId): string => `${folder}/${id}`;
export const packName = (id: FileId): string => `data/${id.slice(0, 2)}/${id}`;

export interface ListedFiles {
  /** Sizes in bytes, by id. */
  readonly sizes: ReadonlyMap<FileId, number>;
  /** Whole names of files that have an id's form and lie where none belongs. */
  readonly misplaced: readonly string[];
  readonly isSuspect: boolean;
}

/** Kept for whoever asks a moment later. */
export interface KeptListing extends ListedFiles {
  /** When it was asked for. */
  readonly atMs: number;
}

function collect(entries: readonly DriveEntry[], idOf: (name: string) => FileId | null): Omit<ListedFiles, 'isSuspect'> {
  const sizes = new Map<FileId, number>();
  const misplaced: string[] = [];
  for (const { name, sizeBytes } of entries) {
    const id = idOf(name);
    if (id !== null) sizes.set(id, sizeBytes);
    else if (isId(name.slice(name.lastIndexOf('/') + 1))) misplaced.push(name);
  }
  return { sizes, misplaced };
}

/** The files of one folder that are named by an id. */
export async function listFiles(drive: Drive, folder: FileFolder): Promise<ListedFiles> {
  const { entries, isSuspect } = await drive.list(folder);
  const start = folder.length + 1;
  const idOf = (name: string) => (name.startsWith(`${folder}/`) && isId(name.slice(start)) ? name.slice(start) : null);
  return { ...collect(entries, idOf), isSuspect };
}

/** All packs. */
export async function listPacks(drive: Drive): Promise<ListedFiles> {
  const { entries, isSuspect } = await drive.list('data');
  return { ...collect(entries, (name) => packPattern.exec(name)?.[2] ?? null), isSuspect };
}

// Files of Google Drive by their names: which of several under one name it is, and what was found before.

import { CamphorError } from '../model/error';
import type { CloudClient } from './cloud-client';
import { askFiles, compareFiles, type GoogleFile, liesIn, quote } from './google-files';
import type { FolderSearch, GoogleFolders } from './google-folders';

/** Paths are below the app's folder. */
export interface GoogleNames {
  /** All files under a name, the one that counts first, in the folders that are known. */
  findAll(path: string): Promise<readonly GoogleFile[]>;
  /** The same; where none is found, in the folders that others may have made since. */
  findAnywhere(path: string): Promise<readonly GoogleFile[]>;
  /** Runs with the file, as it was found before, or anew where that one has gone. Throws `drive-missing`. */
  withFile<Value>(path: string, run: (file: GoogleFile) => Promise<Value>): Promise<Value>;
  forget(path: string): void;
}

const mostKept = 500;

export function createGoogleNames(client: CloudClient, folders: GoogleFolders): GoogleNames {
  const kept = new Map<string, GoogleFile>();
  const keep = (path: string, file: GoogleFile): GoogleFile => {
    kept.set(path, file);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return file;
  };
  const findAll = async (path: string): Promise<readonly GoogleFile[]> => {
    const found = await askForName(client, folders, path, 'known');
    if (found !== null) return found;
    folders.forget();
    return (await askForName(client, folders, path, 'fresh')) ?? [];
  };
  const findAnywhere = async (path: string): Promise<readonly GoogleFile[]> => {
    const found = await findAll(path);
    return found.length > 0 ? found : ((await askForName(client, folders, path, 'fresh')) ?? []);
  };
  return {
    findAll,
    findAnywhere,
    async withFile(path, run) {
      const before = kept.get(path);
      kept.delete(path);
      const again = before === undefined ? null : await unlessMissing(() => run(keep(path, before)));
      if (again !== null) return again.value;
      const [first] = await findAnywhere(path);
      if (first === undefined) throw new CamphorError('drive-missing');
      return run(keep(path, first));
    },
    forget: (path) => void kept.delete(path),
  };
}

/** Null where a folder on the way has gone. */
async function askForName(
  client: CloudClient,
  folders: GoogleFolders,
  path: string,
  search: FolderSearch,
): Promise<readonly GoogleFile[] | null> {
  const cut = path.lastIndexOf('/');
  const parents = await folders.find(path.slice(0, Math.max(0, cut)), search);
  if (parents.length === 0) return [];
  const name = path.slice(cut + 1);
  const found = await askFiles(client, `name = ${quote(name)} and ${liesIn(parents)}`);
  const files = found?.files.filter((file) => !file.isFolder && !file.isForeign && file.name === name);
  return files?.toSorted(compareFiles) ?? null;
}

/** What came of it; null where it said that there is no such file. */
async function unlessMissing<Value>(run: () => Promise<Value>): Promise<{ readonly value: Value } | null> {
  try {
    return { value: await run() };
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'drive-missing') return null;
    throw error;
  }
}

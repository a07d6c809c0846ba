// Folders of Google Drive by their paths, below one folder of the app's name in the owner's own Drive. Two devices may make the
// same folder at once: all of one name are read, and the oldest is written to.

import { type CloudClient, readJson } from './cloud-client';
import { askFiles, compareFiles, fileFields, fileOf, filesUrl, folderType, liesIn, quote } from './google-files';

/** `known`: as found before, where it was; `fresh`: as they are now; `make`: as known, and what is not there is made. */
export type FolderSearch = 'known' | 'fresh' | 'make';

export interface GoogleFolders {
  /** Ids of the folders at a path ('' is the app's own), the one to write to first; none where there is none. */
  find(path: string, search: FolderSearch): Promise<readonly string[]>;
  /** Nothing is known any more: a folder has gone. */
  forget(): void;
}

const topName = 'Camphor';

/** More folders than a repository has. */
const mostKept = 2000;

/** Folders of one name; a question holds no more. */
const mostAlike = 50;

export function createGoogleFolders(client: CloudClient): GoogleFolders {
  const kept = new Map<string, readonly string[]>();
  const making = new Map<string, Promise<readonly string[]>>();
  let forgotten = 0;
  const ask = async (path: string, search: FolderSearch): Promise<readonly string[]> => {
    const before = forgotten;
    const { parent, name } = splitPath(path);
    const parents = parent === null ? ['root'] : await find(parent, search);
    const [first] = parents;
    const there = first === undefined ? [] : await findFolders(client, parents, name);
    const ids = there.length > 0 || first === undefined || search !== 'make' ? there : await makeFolder(client, parents, name);
    if (ids.length === 0) kept.delete(path);
    else if (before === forgotten && kept.size < mostKept) kept.set(path, ids);
    return ids;
  };
  const find = async (path: string, search: FolderSearch): Promise<readonly string[]> => {
    const before = search === 'fresh' ? undefined : kept.get(path);
    if (before !== undefined) return before;
    if (search !== 'make') return ask(path, search);
    // Several files that come at once make one folder.
    const begun = making.get(path) ?? ask(path, search).finally(() => making.delete(path));
    making.set(path, begun);
    return begun;
  };
  return {
    find,
    forget() {
      kept.clear();
      forgotten += 1;
    },
  };
}

function splitPath(path: string): { readonly parent: string | null; readonly name: string } {
  if (path === '') return { parent: null, name: topName };
  const cut = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(0, cut)), name: path.slice(cut + 1) };
}

async function findFolders(client: CloudClient, parents: readonly string[], name: string): Promise<readonly string[]> {
  const found = await askFiles(client, `name = ${quote(name)} and mimeType = ${quote(folderType)} and ${liesIn(parents)}`);
  const folders = found?.files.filter((file) => file.isFolder && file.name === name) ?? [];
  return folders
    .toSorted(compareFiles)
    .slice(0, mostAlike)
    .map(({ id }) => id);
}

/** Makes it in the first of its parents, and looks whether others did so at the same time; none where that parent has gone. */
async function makeFolder(client: CloudClient, parents: readonly string[], name: string): Promise<readonly string[]> {
  const request = {
    method: 'POST',
    url: `${filesUrl}?${new URLSearchParams({ fields: fileFields }).toString()}`,
    headers: { 'Content-Type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ name, mimeType: folderType, parents: parents.slice(0, 1) }),
  };
  const answer = await client.send(request, [404]);
  if (answer.status === 404) {
    await answer.discard();
    return [];
  }
  const { id } = fileOf(await readJson(answer));
  const all = await findFolders(client, parents, name);
  return all.length > 0 ? all : [id];
}

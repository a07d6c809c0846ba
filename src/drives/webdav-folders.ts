// Folders on a WebDAV server: made when something cannot be written for want of them, and remembered.

import { isSuccess } from './multistatus';
import { foldersOf } from './name';
import type { WebdavClient } from './webdav-client';

export interface FolderMaker {
  /** Makes all folders on the way to a name, the drive's own included; those that it made before only when nothing else is missing. */
  makeFor(name: string): Promise<void>;
  /**
   * Makes those on the way to a name that it has not made before; true where the server says that the last of them was not there until
   * then, so that nothing can lie in it. Never throws: what is written next shows what is missing.
   */
  prepare(name: string): Promise<boolean>;
}

export function createFolderMaker(client: WebdavClient): FolderMaker {
  const making = new Map<string, Promise<boolean>>();
  const made = new Set<string>();
  let tellsNew: Promise<boolean> | null = null;
  const make = (folder: string): Promise<boolean> => {
    const started = makeFolder(client, folder === '' ? '' : `${folder}/`);
    making.set(folder, started);
    started.then(
      () => made.add(folder),
      () => making.delete(folder),
    );
    return started;
  };
  const makeAll = async (folders: readonly string[]): Promise<void> => {
    for (const folder of folders) await (making.get(folder) ?? make(folder));
  };
  return {
    async makeFor(name) {
      const folders = foldersOf(name);
      // All are made, and still one is missing: somebody took it away.
      if (folders.every((folder) => made.has(folder))) {
        made.clear();
        making.clear();
      }
      await makeAll(['', ...folders]);
    },
    async prepare(name) {
      const folders = foldersOf(name);
      const [first = ''] = folders;
      const last = folders.at(-1) ?? '';
      const isKnown = making.has(last);
      try {
        await makeAll(folders);
        if (isKnown || !(await making.get(last))) return false;
        // `first` is there by now: a server that would make it again says of each folder that it was made.
        return await (tellsNew ??= makeFolder(client, `${first}/`).then((isNew) => !isNew));
      } catch {
        return false;
      }
    },
  };
}

/**
 * With a `/` at the end, without which nginx answers 409. False for one that is there, which is answered by 405, but by rclone with 201
 * as a new one is.
 */
async function makeFolder(client: WebdavClient, path: string): Promise<boolean> {
  const answer = await client.send('MKCOL', path);
  // Some servers answer for their uppermost folder with an error of their own; what is written next shows whether it is there.
  const isThere = answer.status === 405 || (path === '' && !isSuccess(answer.status) && answer.status !== 401);
  if (isThere) return answer.discard().then(() => false);
  if (isSuccess(answer.status) || answer.status === 401) return client.complete('MKCOL', answer).then(() => true);
  const error = await client.refuse('MKCOL', answer);
  // Where another client made it in the same moment Apache answers 403 and rclone 503.
  if ((await client.propfind(path)) === null) throw error;
  return false;
}

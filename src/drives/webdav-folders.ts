// Folders on a WebDAV server: made when something cannot be written for want of them, and remembered.

import { isSuccess } from './multistatus';
import { foldersOf } from './name';
import type { WebdavClient } from './webdav-client';

export interface FolderMaker {
  /** Makes all folders on the way to a name, the drive's own included; those that it made before only when nothing else is missing. */
  makeFor(name: string): Promise<void>;
  /** Makes those on the way to a name that it has not made before. Never throws: what is written next shows what is missing. */
  prepare(name: string): Promise<void>;
}

export function createFolderMaker(client: WebdavClient): FolderMaker {
  const making = new Map<string, Promise<void>>();
  const made = new Set<string>();
  const make = (folder: string): Promise<void> => {
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
    prepare: (name) => makeAll(foldersOf(name)).catch(() => {}),
  };
}

/** With a `/` at the end, without which nginx answers 409. One that is there is answered by 405, by rclone with 201. */
export async function makeFolder(client: WebdavClient, path: string): Promise<void> {
  const answer = await client.send('MKCOL', path);
  // Some servers answer for their uppermost folder with an error of their own; what is written next shows whether it is there.
  const isThere = answer.status === 405 || (path === '' && !isSuccess(answer.status) && answer.status !== 401);
  if (isThere) return answer.discard();
  if (isSuccess(answer.status) || answer.status === 401) return client.complete('MKCOL', answer);
  const error = await client.refuse('MKCOL', answer);
  // Where another client made it in the same moment Apache answers 403 and rclone 503.
  if ((await client.propfind(path)) === null) throw error;
}

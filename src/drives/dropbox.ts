// A drive in the folder that Dropbox gives an app. Dropbox keeps the case of names but does not tell them apart by it: `a` and
// `A` are one file there. A repository's own names are all in lower case, so that none of them meets another; where a folder is
// asked for in other letters than it has, it is found, and its files are named as it was asked for.
//
// Not documented, and so not counted on: which headers of an answer a page may read (the length of a wait and the time are taken
// from bodies too), and how a range beyond the end is answered (416, as RFC 9110 has it, and a whole file are both read).

import { CamphorError } from '../model/error';
import type { CloudDrive, CloudParts } from './cloud';
import { createDropboxClient, type DropboxClient } from './dropbox-client';
import { listFiles, listNames } from './dropbox-listing';
import { type DropboxFile, readMetadata } from './dropbox-metadata';
import { createTurns, hashContent, type HashedContent, type InTurn, isSameFile, upload } from './dropbox-upload';
import { rangeHeaders, readFileBytes, readNothing } from './http-file';
import { checkName, folderPrefix } from './name';

/** Opens it; nothing is sent before the first call. */
export function createDropboxDrive({ access, folder, traits, environment }: CloudParts): CloudDrive {
  const client = createDropboxClient(access, environment);
  const inTurn = createTurns();
  const pathOf = (name: string): string => `/${folder}${checkName(name)}`;
  // The top of all is '', not `/`; no folder's path ends in `/`.
  const folderPath = (below: string): string => `/${folder}${folderPrefix(below)}`.slice(0, -1);
  const remove = async (path: string): Promise<void> => void (await unlessMissing(inTurn(() => client.call('files/delete_v2', { path }))));
  const drive: CloudDrive = {
    traits,
    list: async (below) => listFiles(client, folderPath(below), folderPrefix(below)),
    async read(name, range) {
      const path = pathOf(name);
      if (range && range.fromByte >= range.toByte) return readNothing(drive, name);
      const answer = await client.fetch('files/download', { path }, rangeHeaders(range));
      const bytes = await readFileBytes(answer, range);
      if (bytes === null) throw new CamphorError('drive-failed', { status: answer.status });
      return bytes;
    },
    async size(name) {
      const file = await findFile(client, pathOf(name));
      if (file !== null && file.sizeBytes === null) throw new CamphorError('drive-damaged', { step: 'size' });
      return file?.sizeBytes ?? null;
    },
    create: async (name, content) => createFile(client, inTurn, pathOf(name), await hashContent(content)),
    remove: async (name) => remove(pathOf(name)),
    nowMs: async () => client.clock.nowMs(),
    namesIn: async (below) => listNames(client, folderPath(below)),
    async removeFolder(below) {
      const path = folderPath(below);
      if (path === '') throw new CamphorError('unexpected', { error: 'drive-name' });
      await remove(path);
    },
  };
  return drive;
}

/** Uploads it, and looks at what came of that. The same file there already is ours: the answer to an earlier try was lost. */
async function createFile(client: DropboxClient, inTurn: InTurn, path: string, hashed: HashedContent): Promise<void> {
  try {
    const made = await upload(client, inTurn, path, hashed);
    // What was written this moment tells the clock, and may be read where the header `Date` may not.
    if (client.clock.nowMs() === null) client.clock.hear(made.modified);
    if (!isSameFile(made, path, hashed)) throw new CamphorError('drive-damaged', { step: 'size' });
  } catch (error) {
    if (!(error instanceof CamphorError) || error.code !== 'drive-exists') throw error;
    const there = await findFile(client, path);
    if (there?.hash !== hashed.hash || !isSameFile(there, path, hashed)) throw error;
  }
}

/** The file under that path; null where there is none, or a folder. */
async function findFile(client: DropboxClient, path: string): Promise<DropboxFile | null> {
  const answer = await unlessMissing(client.call('files/get_metadata', { path }));
  const metadata = answer === null ? null : readMetadata(answer);
  return metadata?.kind === 'file' ? metadata : null;
}

/** Null in place of `drive-missing`. */
async function unlessMissing(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'drive-missing') return null;
    throw error;
  }
}

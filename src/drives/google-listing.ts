// Listings of Google Drive: level by level, fifty folders in one question, so that the 256 folders of a large repository take six
// and a page for each further thousand files. All that the app ever made could be asked for at once, but a look at `locks` would
// then read everything.

import { CamphorError } from '../model/error';
import type { CloudClient } from './cloud-client';
import type { DriveEntry, Listing } from './drive';
import { askFiles, compareFiles, type FoundFiles, type GoogleFile, liesIn } from './google-files';
import { isName } from './name';

const depthLimit = 16;
const entryLimit = 2_000_000;
const foldersInQuestion = 50;
const questionsAtOnce = 4;

/** All that lies directly in these folders; folders that have gone hold nothing. */
export async function childrenOf(client: CloudClient, folderIds: readonly string[]): Promise<FoundFiles> {
  const groups = Array.from({ length: Math.ceil(folderIds.length / foldersInQuestion) }, (_, index) =>
    folderIds.slice(index * foldersInQuestion, (index + 1) * foldersInQuestion),
  );
  const files: GoogleFile[] = [];
  let isSuspect = false;
  const left = groups.values();
  const work = async (): Promise<void> => {
    for (const group of left) {
      const found = await askGroup(client, group);
      for (const file of found.files) files.push(file);
      isSuspect ||= found.isSuspect;
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, work));
  return { files, isSuspect };
}

/**
 * Of several folders one may have gone, and then nothing of the others comes (404); also, now and then nothing came of several
 * that were full (issuetracker.google.com/149522397). Each is asked alone then.
 */
async function askGroup(client: CloudClient, group: readonly string[]): Promise<FoundFiles> {
  const found = await askFiles(client, liesIn(group));
  if (group.length === 1 || (found !== null && (found.files.length > 0 || found.isSuspect)))
    return found ?? { files: [], isSuspect: false };
  const files: GoogleFile[] = [];
  let isSuspect = false;
  for (const id of group) {
    const alone = await askFiles(client, liesIn([id]));
    for (const file of alone?.files ?? []) files.push(file);
    isSuspect ||= alone?.isSuspect ?? false;
  }
  return { files, isSuspect };
}

/** All files below the folders at a path (no `/` at its end). Of several under one name the oldest is listed. */
export async function listGoogleDrive(client: CloudClient, path: string, folderIds: readonly string[]): Promise<Listing> {
  const chosen = new Map<string, GoogleFile>();
  let isSuspect = false;
  let level = new Map(folderIds.map((id) => [id, path] as const));
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > depthLimit || chosen.size > entryLimit) throw new CamphorError('drive-damaged', { step: 'listing' });
    const below = new Map<string, string>();
    const found = await childrenOf(client, [...level.keys()]);
    isSuspect ||= found.isSuspect;
    for (const file of found.files) {
      const parent = level.get(file.parentId);
      const name = parent === '' || parent === undefined ? file.name : `${parent}/${file.name}`;
      if (parent === undefined) isSuspect = true;
      else if (!isName(name) || file.isForeign) continue;
      else if (file.isFolder) below.set(file.id, name);
      else if (file.sizeBytes === null) isSuspect = true;
      else if (isOlder(file, chosen.get(name))) chosen.set(name, file);
    }
    level = below;
  }
  const entries: DriveEntry[] = [...chosen].map(([name, { sizeBytes }]) => ({ name, sizeBytes: sizeBytes ?? 0 }));
  return { entries, isSuspect };
}

const isOlder = (file: GoogleFile, other: GoogleFile | undefined): boolean => other === undefined || compareFiles(file, other) < 0;

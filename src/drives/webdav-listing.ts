// Listing by PROPFIND of depth 1, folder by folder: most servers refuse an infinite depth.

import type { DriveTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import type { DriveEntry, Listing } from './drive';
import type { DavResource } from './multistatus';
import { isSuccess } from './multistatus';
import { isName } from './name';
import type { WebdavClient } from './webdav-client';

const depthLimit = 16;
const entryLimit = 2_000_000;
const requestsAtOnce = 4;

/** What lies directly in a folder. Names are whole, from the root; those that no repository has are left out. */
interface FolderListing {
  readonly files: readonly DriveEntry[];
  readonly folders: readonly string[];
  /** How many resources the folder holds, of any name. */
  readonly count: number;
  readonly isSuspect: boolean;
}

/** Null where there is no such folder. `folder` has no `/` at its end; '' is the root. */
async function listFolder(client: WebdavClient, folder: string, limit: number | null): Promise<FolderListing | null> {
  const path = folder === '' ? '' : `${folder}/`;
  const resources = await client.propfind(path);
  if (resources === null) return null;
  const files: DriveEntry[] = [];
  const folders: string[] = [];
  let count = 0;
  let isSuspect = false;
  for (const resource of resources) {
    const name = nameOf(client, path, resource);
    if (name === path.replace(/\/$/, '')) continue;
    count += 1;
    if (name === null || (!isSuccess(resource.status) && resource.status !== 404)) isSuspect = true;
    else if (!isChild(name, path) || resource.status === 404) continue;
    else if (resource.isFolder) folders.push(name);
    else if (resource.sizeBytes === null) isSuspect = true;
    else files.push({ name, sizeBytes: resource.sizeBytes });
  }
  return { files, folders, count, isSuspect: isSuspect || isCutCount(count, limit) };
}

/** All files below a folder. */
export async function listWebdav(client: WebdavClient, folder: string, traits: DriveTraits): Promise<Listing> {
  const entries: DriveEntry[] = [];
  let isSuspect = false;
  let level = [folder];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit || entries.length > entryLimit) throw new CamphorError('drive-damaged', { step: 'listing' });
    const below: string[] = [];
    const left = level.values();
    const work = async (): Promise<void> => {
      for (const each of left) {
        const listing = await listFolder(client, each, traits.listingLimit);
        for (const entry of listing?.files ?? []) entries.push(entry);
        for (const name of listing?.folders ?? []) below.push(name);
        isSuspect ||= listing?.isSuspect ?? false;
      }
    };
    await Promise.all(Array.from({ length: requestsAtOnce }, work));
    level = below;
  }
  return { entries, isSuspect };
}

/**
 * A resource's name from the root, without `/` at its end; null where its href cannot be read or is outside of the drive.
 * Only paths are compared: a server behind a proxy may write another host.
 */
export function nameOf(client: WebdavClient, requestPath: string, resource: DavResource): string | null {
  try {
    const path = decodeURIComponent(new URL(resource.href, client.urlOf(requestPath)).pathname).replace(/\/$/, '');
    const root = decodeURIComponent(client.root.pathname);
    if (`${path}/` === root) return '';
    return path.startsWith(root) ? path.slice(root.length) : null;
  } catch {
    return null;
  }
}

function isChild(name: string, path: string): boolean {
  return name.startsWith(path) && !name.slice(path.length).includes('/') && isName(name);
}

/**
 * True where a folder holds as many entries as a page of a server that cuts its listings: 750 at Jianguoyun, round hundreds
 * elsewhere, the folder itself counted or not.
 */
export function isCutCount(count: number, limit: number | null): boolean {
  if (limit !== null && count >= limit - 1) return true;
  return count >= 499 && [count, count + 1].some((each) => each % 500 === 0 || each % 750 === 0);
}

// Listings of OneDrive: the children of each folder, page by page, a few folders at once. `delta` would give all below the app's
// folder at once, but work accounts know it for the root of a drive only (learn.microsoft.com/graph/api/driveitem-delta), which
// this app may not see. Folders are 256 at most in a repository that has much; pages of children that change while they are
// read may lack some, so that a folder that gave fewer than it says it has makes the listing suspect.

import { CamphorError } from '../model/error';
import type { CloudClient } from './cloud-client';
import type { DriveEntry, Listing } from './drive';
import { isName } from './name';
import { graphOrigin, itemUrl, type OnedriveItem, readItemPage } from './onedrive-items';

const depthLimit = 16;
const entryLimit = 2_000_000;
const pageLimit = 10_000;
const foldersAtOnce = 4;

interface Children {
  readonly items: readonly OnedriveItem[];
  /** More is there, and no way to it. */
  readonly isCut: boolean;
}

/** What lies directly in a folder (no `/` at its end; '' is the app's own); null where it is not there. */
export async function listChildren(client: CloudClient, path: string): Promise<Children | null> {
  const items: OnedriveItem[] = [];
  const seen = new Set<string>();
  let url = itemUrl(path, '/children?$top=200&$select=name,size,file,folder');
  for (let pages = 0; pages < pageLimit; pages++) {
    const answer = await client.send({ method: 'GET', url, headers: {} }, [404]);
    if (answer.status === 404) {
      await answer.discard();
      return pages === 0 ? null : { items, isCut: true };
    }
    const page = await readItemPage(answer);
    for (const item of page.items) items.push(item);
    if (page.nextLink === null) return { items, isCut: false };
    seen.add(url);
    // The token goes with it: to no other host.
    if (!page.nextLink.startsWith(`${graphOrigin}/`) || seen.has(page.nextLink)) break;
    url = page.nextLink;
  }
  return { items, isCut: true };
}

interface Folder {
  /** From the drive's root, without `/` at its end. */
  readonly name: string;
  readonly childCount: number | null;
}

/** All files below a folder (no `/` at its end); `top` is '' or the drive's own folder, ending in `/`. */
export async function listOnedrive(client: CloudClient, top: string, folder: string): Promise<Listing> {
  const entries: DriveEntry[] = [];
  let isSuspect = false;
  const visit = async ({ name: path, childCount }: Folder): Promise<Folder[]> => {
    const children = await listChildren(client, (top + path).replace(/\/$/, ''));
    isSuspect ||= (children?.isCut ?? false) || (children?.items.length ?? 0) < (childCount ?? 0);
    const folders: Folder[] = [];
    for (const item of children?.items ?? []) {
      const name = path === '' ? item.name : `${path}/${item.name}`;
      if (!isName(name)) continue;
      if (item.isFolder) folders.push({ name, childCount: item.childCount });
      else if (item.sizeBytes === null) isSuspect = true;
      else entries.push({ name, sizeBytes: item.sizeBytes });
    }
    return folders;
  };
  let level: readonly Folder[] = [{ name: folder, childCount: null }];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit || entries.length > entryLimit) throw new CamphorError('drive-damaged', { step: 'listing' });
    const below: Folder[] = [];
    const left = level.values();
    const work = async (): Promise<void> => {
      for (const each of left) for (const found of await visit(each)) below.push(found);
    };
    await Promise.all(Array.from({ length: foldersAtOnce }, work));
    level = below;
  }
  return { entries, isSuspect };
}

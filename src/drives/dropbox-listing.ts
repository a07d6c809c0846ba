// Listings of Dropbox: pages by a cursor, in which a later entry takes the place of an earlier one (route list_folder of files.stone).

import { CamphorError } from '../model/error';
import type { DriveEntry, Listing } from './drive';
import type { DropboxClient } from './dropbox-client';
import { type DropboxFile, type DropboxOther, readMetadata } from './dropbox-metadata';
import { isName } from './name';

const pageLimit = 10_000;
/** The most that may be asked for; Dropbox gives fewer as it likes. */
const pageEntries = 2000;

interface Found {
  /** By path in lower case. */
  readonly entries: Map<string, DropboxFile | DropboxOther>;
  readonly isSuspect: boolean;
}

/** What lies in a folder ('' or a path): all of it below where it is `recursive`. Nothing where there is no such folder. */
async function listAll(client: DropboxClient, path: string, recursive: boolean): Promise<Found> {
  const found: Found = { entries: new Map(), isSuspect: false };
  let cursor: string | null = null;
  let resets = 0;
  for (let pages = 0; pages < pageLimit; pages++) {
    const page = await askPage(client, { path, recursive }, cursor);
    if (page === 'missing') return cursor === null ? found : { ...found, isSuspect: true };
    if (page === 'reset') {
      if (resets > 0) break;
      resets += 1;
      cursor = null;
      found.entries.clear();
      continue;
    }
    page.entries.forEach((entry) => take(found, entry));
    if (!page.hasMore) return found;
    // More is there, and no way to it.
    if (page.cursor === null || (page.cursor === cursor && page.entries.length === 0)) break;
    cursor = page.cursor;
  }
  return { ...found, isSuspect: true };
}

interface Page {
  readonly entries: readonly (DropboxFile | DropboxOther)[];
  readonly cursor: string | null;
  readonly hasMore: boolean;
}

async function askPage(
  client: DropboxClient,
  folder: { readonly path: string; readonly recursive: boolean },
  cursor: string | null,
): Promise<Page | 'missing' | 'reset'> {
  try {
    if (cursor !== null) return readPage(await client.call('files/list_folder/continue', { cursor }));
    return readPage(await client.call('files/list_folder', { ...folder, limit: pageEntries }));
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'drive-missing') return 'missing';
    if (error instanceof CamphorError && error.facts['reason'] === 'reset') return 'reset';
    throw error;
  }
}

function readPage(value: unknown): Page {
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { entries, cursor, has_more: hasMore } = fields;
  if (!Array.isArray(entries) || typeof hasMore !== 'boolean') throw new CamphorError('drive-damaged', { step: 'listing' });
  return { entries: entries.map((entry) => readMetadata(entry)), cursor: typeof cursor === 'string' ? cursor : null, hasMore };
}

function take({ entries }: Found, entry: DropboxFile | DropboxOther): void {
  const { kind, pathLower } = entry;
  // What is mounted nowhere has no path, and is nothing of ours.
  if (pathLower === null) return;
  const before = entries.get(pathLower);
  entries.set(pathLower, entry);
  // A folder keeps what is in it; what is in its place later, or is gone, has nothing in it.
  if (kind !== 'deleted' && (kind === 'folder' || before?.kind !== 'folder')) return;
  for (const path of entries.keys()) if (path.startsWith(`${pathLower}/`)) entries.delete(path);
}

/** Names directly in a folder, as they are written. */
export async function listNames(client: DropboxClient, path: string): Promise<readonly string[]> {
  const { entries } = await listAll(client, path, false);
  return [...entries.values()].filter(({ kind }) => kind !== 'deleted').map(({ name }) => name);
}

/**
 * All files below `path`, named from `prefix` on ('' or ending in `/`). `path_display` may write the folders of a path in
 * other letters than they have, so that each part's name is taken from the entry of its own.
 */
export async function listFiles(client: DropboxClient, path: string, prefix: string): Promise<Listing> {
  const found = await listAll(client, path, true);
  const depth = path.split('/').length;
  const exactName = (pathLower: string): string => {
    const parts = pathLower.split('/');
    const exact = parts.map((part, index) => (index < depth ? '' : (found.entries.get(parts.slice(0, index + 1).join('/'))?.name ?? part)));
    return prefix + exact.slice(depth).join('/');
  };
  const entries: DriveEntry[] = [];
  let { isSuspect } = found;
  for (const [pathLower, entry] of found.entries) {
    const name = entry.kind === 'file' ? exactName(pathLower) : '';
    if (entry.kind !== 'file' || !isName(name)) continue;
    if (entry.sizeBytes === null) isSuspect = true;
    else entries.push({ name, sizeBytes: entry.sizeBytes });
  }
  return { entries, isSuspect };
}

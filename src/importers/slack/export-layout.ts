// Which files of a set are a Slack export: lists at its root, and a folder a conversation with one file a day,
// `<folder>/2023-11-14.json`. A year of a workspace has tens of thousands of those.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import { baseName, candidates, folderOf } from '../archive-files';
import { isObject, parseJson, words } from '../json-fields';

/** The lists that are read, in this order: messages name what is in them. */
export const listNames = ['users.json', 'org_users.json', 'channels.json', 'groups.json', 'dms.json', 'mpims.json'] as const;

export interface SlackFolder {
  /** Name of the folder; null for a day's file that lies in none. */
  readonly name: string | null;
  /** With the way to it: '' or ending in `/`. */
  readonly path: string;
  /** The days in order. */
  readonly days: readonly number[];
}

export interface SlackLayout {
  /** Where the export begins: '' or ending in `/`. */
  readonly root: string;
  readonly lists: readonly number[];
  readonly folders: readonly SlackFolder[];
}

const dayPattern = /^\d{4}-\d\d-\d\d\.json$/;
/** Of the days of an export so many are opened before the rest is believed. */
const provenDays = 3;
const headBytes = 64 * 1024;

/** Entries of each Slack export in the set, days first. */
export async function findExports(files: FileSet): Promise<readonly (readonly number[])[]> {
  const byRoot = new Map<string, number[]>();
  for (const [entry, { path, sizeBytes }] of files.entries.entries()) {
    if (sizeBytes > 0 && dayPattern.test(baseName(path)) && folderOf(path) !== '') append(byRoot, rootOf(path), entry);
  }
  const found = new Map<string, number[]>();
  for (const [root, days] of byRoot) {
    const proofs = await Promise.all(days.slice(0, provenDays).map((day) => isDay(files.entries[day]?.open())));
    if (proofs.includes(true)) found.set(root, days);
  }
  const byPath = new Set([...byRoot.values()].flat());
  for (const [entry, file] of candidates(files, /\.json$/i)) {
    if (!byPath.has(entry) && (await isDay(file.open()))) append(found, rootOf(file.path), entry);
  }
  return [...found].map(([root, days]) => [...days, ...listNames.map((name) => files.indexOf(root + name)).filter((at) => at !== -1)]);
}

/** The files of a detection by what they are. */
export function layoutOf(files: FileSet, entries: readonly number[]): SlackLayout {
  const pathOf = (entry: number) => files.entries[entry]?.path ?? '';
  const root = rootOf(pathOf(entries[0] ?? -1));
  const lists = listNames.map((name) => files.indexOf(root + name)).filter((entry) => entries.includes(entry));
  const known = new Set(lists);
  const folders = new Map<string, number[]>();
  for (const entry of entries) if (!known.has(entry)) append(folders, folderOf(pathOf(entry)), entry);
  const sorted = [...folders].map(([path, days]) => ({
    name: path === '' || path === root ? null : baseName(path.slice(0, -1)),
    path,
    days: days.sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1)),
  }));
  return { root, lists, folders: sorted };
}

/** The folder around a conversation's; for a file that is in no folder, its own. */
function rootOf(path: string): string {
  const folder = folderOf(path);
  return dayPattern.test(baseName(path)) && folder !== '' ? folderOf(folder.slice(0, -1)) : folder;
}

/** True where the first message of a file is one of Slack's. Never throws for foreign bytes. */
async function isDay(source: ByteSource | undefined): Promise<boolean> {
  if (source === undefined || !/^(?:\ufeff)?\s*\[\s*\{/.test(new TextDecoder().decode(await source.read(0, 256)))) return false;
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: ['[*]'] })) {
    const first = pieces.find(({ kind }) => kind === 'item');
    const message = first === undefined ? undefined : parseJson(first.text);
    return isObject(message) && message['type'] === 'message' && /^\d{9,10}\.\d{6}$/.test(words(message['ts']) ?? '');
  }
  return false;
}

function append<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

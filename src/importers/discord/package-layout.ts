// Which files of a set are Discord's own data package: `Messages/c<id>/channel.json` with `messages.json` or `messages.csv`,
// `Messages/index.json`, `Account/user.json`. Folders are named in the account's language, so only files' names count.

import type { ByteSource, FileSet } from '../../bytes/source';
import { parseExactJson } from '../exact-json';
import { baseName, candidates, folderOf } from '../archive-files';
import { idOf, objectOf, words } from '../json-fields';

export interface PackageFolder {
  /** The channel's file, or -1. */
  readonly channel: number;
  readonly messages: number;
  /** The id in the folder's name; null where it has none. */
  readonly folderId: string | null;
}

export interface PackageLayout {
  readonly user: number;
  readonly index: number;
  readonly folders: readonly PackageFolder[];
}

/** Of the channels so many are opened before the rest is believed. */
const provenChannels = 3;
const headBytes = 16 * 1024;
/** An empty list is a channel's only where the channel lies beside it. */
const emptyListBytes = 16;
/** The list of the account's messages begins alike in both forms. */
const jsonBeginning = /^(?:\ufeff)?\s*\[\s*(?:\{\s*"ID"\s*:\s*"?\d{1,20}"?\s*,\s*"Timestamp"\s*:|\]\s*$)/;
const csvBeginning = /^(?:\ufeff)?"?ID"?,"?Timestamp"?,"?Contents"?,"?Attachments"?\s*$/m;

/** Entries of a data package; [] where the set holds none. */
export async function findPackage(files: FileSet): Promise<readonly number[]> {
  const messages = new Set<number>();
  const channels = new Map<number, number>();
  for (const [entry, { path, sizeBytes }] of files.entries.entries()) {
    if (sizeBytes === 0 || baseName(path) !== 'channel.json') continue;
    const folder = folderOf(path);
    const list = [files.indexOf(`${folder}messages.json`), files.indexOf(`${folder}messages.csv`)].find((found) => found !== -1);
    if (list !== undefined) channels.set(list, entry);
  }
  const proofs = [...channels].slice(0, provenChannels).map(async ([list, channel]) => {
    const source = files.entries[list]?.open();
    return source !== undefined && (await isMessageList(source)) && (await isChannel(files.entries[channel]?.open()));
  });
  if ((await Promise.all(proofs)).includes(true)) for (const list of channels.keys()) messages.add(list);
  for (const [entry, file] of candidates(files, /\.(?:json|csv)$/i)) {
    if (file.sizeBytes > emptyListBytes && !messages.has(entry) && (await isMessageList(file.open()))) messages.add(entry);
  }
  if (messages.size === 0) return [];
  const lists = [...messages].sort((one, other) => one - other);
  const around = [await findBy(files, 'index.json', isIndex), await findBy(files, 'user.json', isUser)];
  return [...lists.flatMap((list) => [list, channels.get(list) ?? -1]), ...around].filter((entry) => entry !== -1);
}

/** The files of a detection by what they are; a list of messages and its channel lie in one folder. */
export function layoutOf(files: FileSet, entries: readonly number[]): PackageLayout {
  let user = -1;
  let index = -1;
  const channels = new Map<string, number>();
  const lists: number[] = [];
  for (const entry of entries) {
    const path = files.entries[entry]?.path ?? '';
    const name = baseName(path);
    if (name === 'user.json') user = entry;
    else if (name === 'index.json') index = entry;
    else if (name === 'channel.json') channels.set(folderOf(path), entry);
    else lists.push(entry);
  }
  const folders = lists.map((messages) => {
    const folder = folderOf(files.entries[messages]?.path ?? '');
    const folderId = /(?:^|\/)c?(\d{15,20})\/$/.exec(folder)?.[1] ?? null;
    return { channel: channels.get(folder) ?? -1, messages, folderId };
  });
  return { user, index, folders };
}

/** True where a list of messages begins as JSON does. */
export async function isJsonList(source: ByteSource): Promise<boolean> {
  return /^(?:\ufeff)?\s*\[/.test(new TextDecoder().decode(await source.read(0, 64)));
}

async function isMessageList(source: ByteSource): Promise<boolean> {
  const head = new TextDecoder().decode(await source.read(0, 256));
  return jsonBeginning.test(head) || csvBeginning.test(head.slice(0, head.search(/\r?\n|$/)));
}

async function isChannel(source: ByteSource | undefined): Promise<boolean> {
  const fields = source === undefined ? null : await readSmall(source);
  return idOf(fields?.['id']) !== null && idOf(fields?.['type']) !== null;
}

async function findBy(files: FileSet, name: string, isIt: (source: ByteSource) => Promise<boolean>): Promise<number> {
  const found = [...files.entries.entries()].filter(([, { path, sizeBytes }]) => sizeBytes > 0 && baseName(path) === name);
  for (const [entry, file] of found.slice(0, provenChannels)) if (await isIt(file.open())) return entry;
  return -1;
}

async function isIndex(source: ByteSource): Promise<boolean> {
  return /^(?:\ufeff)?\s*\{\s*"\d{15,20}"\s*:\s*(?:"|null)/.test(new TextDecoder().decode(await source.read(0, 256)));
}

async function isUser(source: ByteSource): Promise<boolean> {
  return /"id"\s*:\s*"\d{15,20}"/.test(new TextDecoder().decode(await source.read(0, headBytes)));
}

async function readSmall(source: ByteSource): Promise<ReturnType<typeof objectOf>> {
  return objectOf(parseExactJson(new TextDecoder().decode(await source.read(0, headBytes))));
}

/** What is left of the index's name for a conversation; null where it says nothing. */
export function indexName(value: unknown): string | null {
  const name = typeof value === 'string' ? words(value) : null;
  return name?.replace(/^Direct Message with /, '').replace(/#0$/, '') ?? null;
}

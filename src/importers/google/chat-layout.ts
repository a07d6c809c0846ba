// Which files of a set are Google Chat's: `Groups/<folder>/messages.json`, each with `group_info.json` beside it, and
// `Users/<folder>/user_info.json`. The folders' names follow the account's language, so that only their places count.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { baseName, candidates, folderOf } from '../archive-files';
import { isObject, objectOf, objectsOf, parseJson, words } from '../json-fields';

export const messagePaths: readonly string[] = ['messages[*]'];

export interface ChatMember {
  /** The address in lower case, by which people are known. */
  readonly email: string | null;
  readonly name: string | null;
  readonly isBot: boolean;
}

/** A conversation's two files; -1 for one that is not there. */
export interface ChatGroup {
  readonly messages: number;
  readonly info: number;
}

export interface ChatLayout {
  readonly groups: readonly ChatGroup[];
  /** Files that name the owner. */
  readonly users: readonly number[];
}

const infoName = 'group_info.json';
const userName = 'user_info.json';
const headBytes = 64 * 1024;
const emptyBytes = 1024;

/** Entries of each account's chats in the set, messages first. A conversation may have no messages, or no file of them. */
export async function findAccounts(files: FileSet): Promise<readonly (readonly number[])[]> {
  const byRoot = new Map<string, number[]>();
  const add = (entry: number) => {
    const root = rootOf(files.entries[entry]?.path ?? '');
    byRoot.set(root, [...(byRoot.get(root) ?? []), entry]);
  };
  for (const [entry, file] of candidates(files, /(?:^|\/)messages?[^/]{0,40}\.json$/i)) {
    const info = infoBeside(files, entry);
    const emptyWithInfo = async () => info !== -1 && (await isEmpty(file.open())) && (await isInfo(files, info));
    if ((await isChat(file.open())) || (await emptyWithInfo())) add(entry);
  }
  const taken = new Set([...byRoot.values()].flat().map((entry) => infoBeside(files, entry)));
  for (const [entry, { path, sizeBytes }] of files.entries.entries()) {
    if (sizeBytes > 0 && baseName(path) === infoName && !taken.has(entry) && (await isInfo(files, entry))) add(entry);
  }
  return withUsers(files, byRoot);
}

/** Each account's messages with what says more of them. */
function withUsers(files: FileSet, byRoot: ReadonlyMap<string, readonly number[]>): readonly (readonly number[])[] {
  const users = [...files.entries.entries()].filter(([, { path, sizeBytes }]) => sizeBytes > 0 && baseName(path) === userName);
  const taken = new Set<number>();
  return [...byRoot].map(([root, found]) => {
    const infos = found.map((entry) => infoBeside(files, entry)).filter((entry) => entry !== -1);
    const own = users.filter(([entry, { path }]) => path.startsWith(root) && !taken.has(entry)).map(([entry]) => entry);
    for (const entry of own) taken.add(entry);
    return [...new Set([...found, ...infos]), ...own];
  });
}

/** The files of a detection by what they are. */
export function layoutOf(files: FileSet, entries: readonly number[]): ChatLayout {
  const named = (name: string) => entries.filter((entry) => baseName(files.entries[entry]?.path ?? '') === name);
  const users = named(userName);
  const free = new Set(named(infoName));
  const beside = new Set([...free, ...users]);
  const groups = entries
    .filter((entry) => !beside.has(entry))
    .map((messages): ChatGroup => {
      const info = infoBeside(files, messages);
      return { messages, info: free.delete(info) ? info : -1 };
    });
  return { groups: [...groups, ...[...free].map((info) => ({ messages: -1, info }))], users };
}

/** What a creator, a member or a user is. */
export function memberOf(value: Json | undefined): ChatMember | null {
  if (!isObject(value)) return null;
  const [email, name] = [words(value['email'])?.toLowerCase() ?? null, words(value['name'])];
  return email === null && name === null ? null : { email, name, isBot: value['user_type'] === 'Bot' };
}

/** Members of the root of a JSON file that its first `limitBytes` hold, by default 64 KiB; no more are read once `last` was. */
export async function readHeadMembers(
  files: FileSet,
  entry: number,
  { limitBytes = headBytes, last }: { readonly limitBytes?: number; readonly last: string | null } = { last: null },
): Promise<ReadonlyMap<string, Json>> {
  const members = new Map<string, Json>();
  const source = files.entries[entry]?.open();
  if (source === undefined) return members;
  const head = source.sizeBytes > limitBytes ? sourceOfBytes(await source.read(0, limitBytes)) : source;
  for await (const pieces of readJsonPieces(head, { paths: ['membership_info[*]'] })) {
    for (const { kind, parent, key, text } of pieces) {
      const value = kind === 'member' && parent.length === 0 ? parseJson(text) : undefined;
      if (value !== undefined) members.set(String(key), value);
    }
    if (last !== null && members.has(last)) break;
  }
  return members;
}

/** The first messages of a file. */
export async function readHeadMessages(source: ByteSource): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: messagePaths })) {
    for (const { kind, text } of pieces) found.push(...objectsOf(kind === 'item' ? [parseJson(text) ?? null] : []));
  }
  return found;
}

/** True where a message has a creator and a date in words. Never throws for foreign bytes. */
async function isChat(source: ByteSource): Promise<boolean> {
  if (!/^(?:\ufeff)?\s*\{\s*"messages"\s*:/.test(new TextDecoder().decode(await source.read(0, 256)))) return false;
  const [first] = await readHeadMessages(source);
  const hasCreator = objectOf(first?.['creator']) !== null || first?.['message_state'] !== undefined;
  return first !== undefined && hasCreator && typeof first['created_date'] === 'string';
}

/** True where a list of messages has none. */
async function isEmpty(source: ByteSource): Promise<boolean> {
  return (
    source.sizeBytes <= emptyBytes &&
    /^(?:\ufeff)?\s*\{\s*"messages"\s*:\s*\[\s*\]\s*\}\s*$/.test(new TextDecoder().decode(await source.read(0, emptyBytes)))
  );
}

/** True where a file lists members of a conversation. Never throws for foreign bytes. */
async function isInfo(files: FileSet, entry: number): Promise<boolean> {
  const members = objectsOf((await readHeadMembers(files, entry, { last: 'members' })).get('members'));
  return members.some((member) => memberOf(member) !== null || typeof member['user_type'] === 'string');
}

function infoBeside(files: FileSet, messages: number): number {
  return files.indexOf(`${folderOf(files.entries[messages]?.path ?? '')}${infoName}`);
}

/** The folder around `Groups`; '' where there are not so many. */
function rootOf(path: string): string {
  const parts = path.split('/').slice(0, -3);
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}

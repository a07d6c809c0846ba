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

export interface ChatGroup {
  readonly messages: number;
  /** -1 where there is none. */
  readonly info: number;
}

export interface ChatLayout {
  readonly groups: readonly ChatGroup[];
  /** Files that name the owner. */
  readonly users: readonly number[];
}

const headBytes = 64 * 1024;

/** Entries of each account's chats in the set, messages first. */
export async function findAccounts(files: FileSet): Promise<readonly (readonly number[])[]> {
  const byRoot = new Map<string, number[]>();
  for (const [entry, file] of candidates(files, /(?:^|\/)messages?[^/]{0,40}\.json$/i)) {
    if (!(await isChat(file.open()))) continue;
    const root = rootOf(file.path);
    byRoot.set(root, [...(byRoot.get(root) ?? []), entry]);
  }
  const users = [...files.entries.entries()].filter(([, { path, sizeBytes }]) => sizeBytes > 0 && baseName(path) === 'user_info.json');
  const taken = new Set<number>();
  return [...byRoot].map(([root, messages]) => {
    const infos = messages.map((entry) => infoBeside(files, entry)).filter((entry) => entry !== -1);
    const own = users.filter(([entry, { path }]) => path.startsWith(root) && !taken.has(entry)).map(([entry]) => entry);
    for (const entry of own) taken.add(entry);
    return [...messages, ...new Set(infos), ...own];
  });
}

/** The files of a detection by what they are. */
export function layoutOf(files: FileSet, entries: readonly number[]): ChatLayout {
  const named = (entry: number, name: string) => baseName(files.entries[entry]?.path ?? '') === name;
  const isInfo = new Set(entries.filter((entry) => named(entry, 'group_info.json')));
  const users = entries.filter((entry) => named(entry, 'user_info.json'));
  const taken = new Set<number>();
  const groups = entries.flatMap((messages): ChatGroup[] => {
    if (isInfo.has(messages) || users.includes(messages)) return [];
    const info = infoBeside(files, messages);
    const isOwn = isInfo.has(info) && !taken.has(info);
    taken.add(info);
    return [{ messages, info: isOwn ? info : -1 }];
  });
  return { groups, users };
}

/** What a creator, a member or a user is. */
export function memberOf(value: Json | undefined): ChatMember | null {
  if (!isObject(value)) return null;
  const [email, name] = [words(value['email'])?.toLowerCase() ?? null, words(value['name'])];
  return email === null && name === null ? null : { email, name, isBot: value['user_type'] === 'Bot' };
}

/** Members of the root of a small JSON file, as far as its first bytes hold them. */
export async function readHeadMembers(files: FileSet, entry: number): Promise<ReadonlyMap<string, Json>> {
  const members = new Map<string, Json>();
  const bytes = await files.entries[entry]?.open().read(0, headBytes);
  if (bytes === undefined) return members;
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: ['membership_info[*]'] })) {
    for (const { kind, parent, key, text } of pieces) {
      const value = kind === 'member' && parent.length === 0 ? parseJson(text) : undefined;
      if (value !== undefined) members.set(String(key), value);
    }
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

function infoBeside(files: FileSet, messages: number): number {
  return files.indexOf(`${folderOf(files.entries[messages]?.path ?? '')}group_info.json`);
}

/** The folder around `Groups`; '' where there are not so many. */
function rootOf(path: string): string {
  const parts = path.split('/').slice(0, -3);
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}

// What the lists at the root of an export say: users, channels, groups, direct chats.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, ConversationShape } from '../../model/record';
import { countOf, idOf, membersBeyond, objectOf, words } from '../json-fields';

export interface SlackUser {
  readonly name: string | null;
  readonly extra: JsonObject;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string | null;
  readonly list: string;
  readonly members: readonly string[];
  readonly extra: JsonObject | null;
}

export interface Workspace {
  readonly users: Map<string, SlackUser>;
  /** By the name of its folder: the channel's name, for direct chats the id. */
  readonly byFolder: Map<string, SlackChannel>;
  readonly channelNames: Map<string, string>;
}

export function createWorkspace(): Workspace {
  return { users: new Map(), byFolder: new Map(), channelNames: new Map() };
}

const userKeys = new Set(['id', 'profile', 'color', 'updated']);
const channelKeys = new Set(['id', 'name', 'members']);

/** Takes an element of the list `users.json`, `channels.json` and so on; false where it has no id. */
export function takeListed(workspace: Workspace, list: string, element: JsonObject): boolean {
  const id = idOf(element['id']);
  if (id === null) return false;
  if (list === 'users.json' || list === 'org_users.json') {
    const profile = objectOf(element['profile']);
    workspace.users.set(id, { name: userName(element, profile), extra: userExtra(element, profile) });
    return true;
  }
  const name = words(element['name']);
  const members = Array.isArray(element['members']) ? element['members'].filter((member: Json) => typeof member === 'string') : [];
  const channel = { id, name, list, members, extra: membersBeyond(element, channelKeys) };
  workspace.byFolder.set(id, channel);
  if (name === null) return true;
  workspace.byFolder.set(name, channel);
  workspace.channelNames.set(id, name);
  return true;
}

/** The name under which Slack shows a user. `profile` may also be the `user_profile` of a message. */
export function userName(user: JsonObject | null, profile: JsonObject | null): string | null {
  return words(profile?.['display_name']) ?? words(profile?.['real_name']) ?? words(user?.['real_name']) ?? words(user?.['name']);
}

function userExtra(user: JsonObject, profile: JsonObject | null): JsonObject {
  const kept = ['real_name', 'title', 'email', 'phone'].flatMap((key) => {
    const value = words(profile?.[key]);
    return value === null ? [] : [[key, value] as const];
  });
  return { ...membersBeyond(user, userKeys), ...Object.fromEntries(kept) };
}

/** The name of a user, or the id where the export does not list them. */
export function nameOf({ users }: Workspace, id: string): string {
  return users.get(id)?.name ?? id;
}

/** The conversation of a folder. Channels are known by id; direct chats are named after those who are not the owner. */
export function toConversation(workspace: Workspace, folder: string | null, index: number, owner: string | null): ConversationRecord {
  const channel = folder === null ? undefined : workspace.byFolder.get(folder);
  if (channel === undefined) {
    const isId = folder !== null && /^[CDG][A-Z0-9]{6,20}$/.test(folder);
    return { type: 'conversation', index, sourceId: isId ? folder : null, name: folder, shape: 'unknown' };
  }
  const { id, members, extra } = channel;
  const isNamed = channel.list === 'channels.json' || channel.list === 'groups.json';
  const others = members.filter((member) => member !== owner);
  const name = isNamed || members.length === 0 ? channel.name : namesOf(workspace, others.length === 0 ? members : others);
  const all = { ...extra, ...(members.length > 0 ? { members } : {}), ...(isNamed || channel.name === null ? {} : { name: channel.name }) };
  return { type: 'conversation', index, sourceId: id, name, shape: shapeOf(channel), extra: all };
}

function namesOf(workspace: Workspace, ids: readonly string[]): string {
  return ids.map((id) => nameOf(workspace, id)).join(', ');
}

function shapeOf({ list, members }: SlackChannel): ConversationShape {
  if (list !== 'dms.json') return 'group';
  return new Set(members).size === 1 ? 'self' : 'direct';
}

/** ms since 1970 of a `ts`, such as `1700000000.000100`; null for anything else. Its digits behind the point only tell apart. */
export function timeOf(ts: Json | undefined): number | null {
  const match = typeof ts === 'string' ? /^(\d{1,11})(?:\.(\d{1,9}))?$/.exec(ts) : null;
  const seconds = match === null ? countOf(ts) : Number(match[1]);
  if (seconds === null || seconds === 0 || seconds > greatestSeconds) return null;
  return seconds * 1000 + Number((match?.[2] ?? '').padEnd(3, '0').slice(0, 3));
}

/** The end of the year 9999. */
const greatestSeconds = 253_402_300_799;

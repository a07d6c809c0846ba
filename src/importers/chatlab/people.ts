// The people of a ChatLab file: listed as members before, after or between the messages, or known from messages only.

import type { Json, JsonObject } from '../../model/json';
import type { PersonRecord } from '../../model/record';
import { idOf, words } from '../json-fields';

/** People by `platformId`. */
export interface ChatLabPeople {
  readonly byId: Map<string, Known>;
  readonly ownerId: string | null;
  /** Makes ids unique where one source stands for many platforms. */
  readonly prefix: string;
  /** Gets each person before anything refers to them, and again when more becomes known. */
  readonly emit: (person: PersonRecord) => void;
}

interface Known {
  readonly index: number;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly extra: JsonObject | null;
}

export function createPeople(ownerId: string | null, prefix: string, emit: (person: PersonRecord) => void): ChatLabPeople {
  return { byId: new Map(), ownerId, prefix, emit };
}

/** Takes a member; true where it has an id. */
export function addMember(people: ChatLabPeople, member: JsonObject): boolean {
  const id = idOf(member['platformId']);
  if (id === null) return false;
  const before = people.byId.get(id);
  const { platformId: _id, accountName, _type, ...rest } = member;
  put(people, id, {
    index: before?.index ?? people.byId.size,
    name: words(accountName) ?? before?.name ?? null,
    nickname: words(member['groupNickname']) ?? before?.nickname ?? null,
    extra: withoutPictures(rest),
  });
  return true;
}

/** Index of the message's sender, made known where new; -1 where it names none. */
export function senderIndex(people: ChatLabPeople, message: JsonObject): number {
  const id = idOf(message['sender']);
  if (id === null) return -1;
  const before = people.byId.get(id);
  const name = words(message['accountName']);
  if (before !== undefined && (before.name !== null || name === null)) return before.index;
  const index = before?.index ?? people.byId.size;
  const nickname = words(message['groupNickname']);
  const extra = before?.extra ?? (nickname === null ? null : { groupNickname: nickname });
  put(people, id, { index, name, nickname: before?.nickname ?? nickname, extra });
  return index;
}

/** The names under which this message was sent, where they differ from the person's. */
export function differingNames(people: ChatLabPeople, message: JsonObject): readonly [string, Json][] {
  const person = people.byId.get(idOf(message['sender']) ?? '');
  const differing: [string, Json][] = [];
  const name = words(message['accountName']);
  const nickname = words(message['groupNickname']);
  if (name !== null && name !== (person?.name ?? null)) differing.push(['accountName', name]);
  if (nickname !== null && nickname !== (person?.nickname ?? null)) differing.push(['groupNickname', nickname]);
  return differing;
}

/** Pictures inside the JSON (data URLs) are left out of what is kept beside a person or a conversation; addresses stay. */
export function withoutPictures(fields: JsonObject): JsonObject | null {
  const kept = Object.entries(fields).filter(([, value]) => !(typeof value === 'string' && value.startsWith('data:')));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function put(people: ChatLabPeople, id: string, person: Known): void {
  people.byId.set(id, person);
  const { index, name, extra } = person;
  const record = { type: 'person', index, sourceId: people.prefix + id, name, conversation: null, isOwner: id === people.ownerId } as const;
  people.emit(extra === null ? record : { ...record, extra });
}

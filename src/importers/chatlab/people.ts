// The people of a ChatLab file: listed as members before, after or between the messages, or known from messages only.

import type { Json, JsonObject } from '../../model/json';
import type { PersonRecord } from '../../model/record';

export interface ChatLabPeople {
  /** Takes a member; true where it has an id. */
  addMember(member: JsonObject): boolean;
  /** Index of the message's sender, or -1 where it names none. */
  senderOf(message: JsonObject): number;
  /** The names under which this message was sent, where they differ from the person's. */
  differingNames(message: JsonObject): readonly [string, Json][];
}

interface Known {
  readonly index: number;
  name: string | null;
  nickname: string | null;
  extra: JsonObject | null;
}

/**
 * People by `platformId`; new ones, and those of whom more becomes known, go to `emit` before anything that refers to
 * them. `prefix` makes ids unique where one source stands for many platforms.
 */
export function createPeople(ownerId: string | null, prefix: string, emit: (person: PersonRecord) => void): ChatLabPeople {
  const known = new Map<string, Known>();
  const put = (id: string, person: Known) => {
    known.set(id, person);
    const { index, name, extra } = person;
    const base = { type: 'person', index, sourceId: prefix + id, name, conversation: null, isOwner: id === ownerId } as const;
    emit(extra === null ? base : { ...base, extra });
  };
  return {
    addMember(member) {
      const id = idOf(member['platformId']);
      if (id === null) return false;
      const before = known.get(id);
      const { platformId: _id, accountName: _name, _type, ...rest } = member;
      put(id, {
        index: before?.index ?? known.size,
        name: words(member['accountName']) ?? before?.name ?? null,
        nickname: words(member['groupNickname']) ?? before?.nickname ?? null,
        extra: withoutPictures(rest),
      });
      return true;
    },
    senderOf(message) {
      const id = idOf(message['sender']);
      if (id === null) return -1;
      const before = known.get(id);
      const name = words(message['accountName']);
      if (before !== undefined && (before.name !== null || name === null)) return before.index;
      const index = before?.index ?? known.size;
      const nickname = words(message['groupNickname']);
      const extra = before?.extra ?? (nickname === null ? null : { groupNickname: nickname });
      put(id, { index, name, nickname: before?.nickname ?? nickname, extra });
      return index;
    },
    differingNames(message) {
      const person = known.get(idOf(message['sender']) ?? '');
      const differing: [string, Json][] = [];
      const name = words(message['accountName']);
      const nickname = words(message['groupNickname']);
      if (name !== null && name !== (person?.name ?? null)) differing.push(['accountName', name]);
      if (nickname !== null && nickname !== (person?.nickname ?? null)) differing.push(['groupNickname', nickname]);
      return differing;
    },
  };
}

/** An id as text; null where there is none. */
export function idOf(value: Json | undefined): string | null {
  return typeof value === 'number' ? String(value) : words(value);
}

/** A string with something in it, else null. */
export function words(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Pictures inside the JSON (data URLs) are left out of what is kept beside a person or a conversation; addresses stay. */
export function withoutPictures(fields: JsonObject): JsonObject | null {
  const kept = Object.entries(fields).filter(([, value]) => !(typeof value === 'string' && value.startsWith('data:')));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

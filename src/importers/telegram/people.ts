// The people of an export. One with an id is one person in all its chats; one with a name only belongs to its chat.

import type { Json, JsonObject } from '../../model/json';
import type { PersonRecord } from '../../model/record';
import { senderPeerId } from './peers';

export interface TelegramPeople {
  /** Index of the person, made known where new; -1 for neither id nor name. `conversationPeer` is the chat's own id. */
  indexOf(id: Json | undefined, name: Json | undefined, conversation: number, conversationPeer: string | null): number;
  /** Makes a person known from elsewhere than a message: the account's owner, a contact. */
  add(id: string, name: string | null, extra: JsonObject | null): void;
  /** Says who "me" is, before or after the person is known; the first word counts. */
  setOwner(id: string): void;
  hasOwner(): boolean;
}

interface Known {
  readonly index: number;
  name: string | null;
}

/** An answer to the question `owner` for a person without an id begins with this. */
export const nameAnswerPrefix = 'name:';

/** `emit` gets each person before anything refers to them, and again when their name becomes known. */
export function createPeople(owner: string | null, emit: (person: PersonRecord) => void): TelegramPeople {
  const byId = new Map<string, Known>();
  const byName = new Map<string, Known>();
  let ownerId = owner;
  let count = 0;

  const emitById = (id: string, person: Known, extra: JsonObject | null) => {
    const base = {
      type: 'person',
      index: person.index,
      sourceId: id,
      name: person.name,
      conversation: null,
      isOwner: id === ownerId,
    } as const;
    emit(extra === null ? base : { ...base, extra });
  };
  const indexById = (id: string, name: string | null, extra: JsonObject | null): number => {
    const known = byId.get(id);
    if (known !== undefined && (known.name !== null || name === null)) return known.index;
    const person = known ?? { index: count++, name };
    person.name = name;
    byId.set(id, person);
    emitById(id, person, extra);
    return person.index;
  };
  const indexByName = (name: string, conversation: number): number => {
    const key = `${conversation} ${name}`;
    const known = byName.get(key);
    if (known !== undefined) return known.index;
    const index = count++;
    byName.set(key, { index, name });
    emit({ type: 'person', index, sourceId: null, name, conversation, isOwner: ownerId === nameAnswerPrefix + name });
    return index;
  };

  return {
    indexOf(id, name, conversation, conversationPeer) {
      const peer = senderPeerId(id, conversationPeer);
      const word = typeof name === 'string' && name !== '' ? name : null;
      if (peer !== null) return indexById(peer, word, null);
      return word === null ? -1 : indexByName(word, conversation);
    },
    add: (id, name, extra) => void indexById(id, name, extra),
    setOwner(id) {
      if (ownerId !== null) return;
      ownerId = id;
      const known = byId.get(id);
      if (known !== undefined) emitById(id, known, null);
    },
    hasOwner: () => ownerId !== null,
  };
}

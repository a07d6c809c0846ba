// The people of an export. One with an id is one person in all its chats; one with a name only belongs to its chat.

import type { Json, JsonObject } from '../../model/json';
import type { PersonRecord } from '../../model/record';
import { senderPeerId } from './peers';

export interface TelegramPeople {
  readonly byId: Map<string, Known>;
  /** By number of the conversation and name. */
  readonly byName: Map<string, Known>;
  /** Gets each person before anything refers to them, and again when more becomes known. */
  readonly emit: (person: PersonRecord) => void;
  /** Who "me" is, by what answers the question `owner`; null while nobody knows. */
  owner: string | null;
}

interface Known {
  readonly index: number;
  name: string | null;
}

/** An answer to the question `owner` for a person without an id begins with this. */
export const nameAnswerPrefix = 'name:';

export function createPeople(owner: string | null, emit: (person: PersonRecord) => void): TelegramPeople {
  return { byId: new Map(), byName: new Map(), emit, owner };
}

/**
 * Index of the person with this `from_id` and `from`, made known where new; -1 for neither id nor name. `conversationPeer`
 * is the chat's own id.
 */
export function personIndex(
  people: TelegramPeople,
  id: Json | undefined,
  name: Json | undefined,
  conversation: number,
  conversationPeer: string | null,
): number {
  const peer = senderPeerId(id, conversationPeer);
  const word = typeof name === 'string' && name !== '' ? name : null;
  if (peer !== null) return addPerson(people, peer, word, null);
  return word === null ? -1 : addNamed(people, word, conversation);
}

/** Index of the person with this id. Emits them where they or their name are new. */
export function addPerson(people: TelegramPeople, id: string, name: string | null, extra: JsonObject | null): number {
  const known = people.byId.get(id);
  if (known !== undefined && (known.name !== null || name === null)) return known.index;
  const person = known ?? { index: people.byId.size + people.byName.size, name };
  person.name = name;
  people.byId.set(id, person);
  emitPerson(people, id, person, extra);
  return person.index;
}

/** Says who "me" is, before or after the person is known; the first word counts. */
export function setOwner(people: TelegramPeople, id: string): void {
  if (people.owner !== null) return;
  people.owner = id;
  const known = people.byId.get(id);
  if (known !== undefined) emitPerson(people, id, known, null);
}

function addNamed(people: TelegramPeople, name: string, conversation: number): number {
  const key = `${conversation} ${name}`;
  const known = people.byName.get(key);
  if (known !== undefined) return known.index;
  const index = people.byId.size + people.byName.size;
  people.byName.set(key, { index, name });
  people.emit({ type: 'person', index, sourceId: null, name, conversation, isOwner: people.owner === nameAnswerPrefix + name });
  return index;
}

function emitPerson(people: TelegramPeople, id: string, { index, name }: Known, extra: JsonObject | null): void {
  const person = { type: 'person', index, sourceId: id, name, conversation: null, isOwner: id === people.owner } as const;
  people.emit(extra === null ? person : { ...person, extra });
}

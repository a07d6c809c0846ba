// What people and conversations are called on the screen: the owner's name for them first, else the newest of the archives.

import type { ConversationId, PersonId } from './ids';
import { conversationSubject, personSubject } from './overlay-index';
import type { OverlayIndex } from './overlay-index';
import { chosenOwner } from './owners';

interface NamedPerson {
  readonly id: PersonId;
  readonly names: readonly string[];
}

interface NamedConversation {
  readonly id: ConversationId;
  readonly name: string | null;
  readonly people: readonly PersonId[];
  readonly ownerPeople: readonly PersonId[];
}

/** People named in place of a conversation without a name. */
const namedPeopleLimit = 3;

/** '' where nothing is known. */
export function personName(person: NamedPerson, overlays: OverlayIndex): string {
  return overlays.value('person-name', personSubject(person.id)) ?? person.names[0] ?? '';
}

/** A conversation without a name is called after those in it, the owner apart; '' where there is nobody. */
export function conversationName(
  conversation: NamedConversation,
  overlays: OverlayIndex,
  people: ReadonlyMap<PersonId, NamedPerson>,
): string {
  const given = overlays.value('conversation-name', conversationSubject(conversation.id)) ?? conversation.name;
  if (given !== null && given !== '') return given;
  const chosen = chosenOwner(conversation.id, overlays);
  const others = conversation.people.filter((id) => (chosen === null ? !conversation.ownerPeople.includes(id) : id !== chosen));
  const names = others.map((id) => people.get(id)).map((person) => (person ? personName(person, overlays) : ''));
  return names.filter((name) => name !== '').slice(0, namedPeopleLimit).join(', '); // prettier-ignore
}

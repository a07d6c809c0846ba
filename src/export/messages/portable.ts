// What docs/format.md calls a message, a person and a conversation, with ids that hold within one export. The encoding itself is
// the backup's, handed in by workers/export.

import type { PortableConversation, PortableId, PortableMessage, PortablePerson } from '../../model/portable';
import type { Message } from '../../model/message';
import type { PersonId } from '../../model/ids';
import type { WrittenConversation, WrittenMessage, WrittenPerson } from './message-writer';

export interface PortableEncoding {
  /** As `encodeMessage` of the backup. */
  message(message: Message, personOf: (person: PersonId) => PortableId): PortableMessage;
  /** An id by its key (docs/format.md, Ids). */
  id(key: readonly (string | number)[]): PortableId;
  /** JSON in the one spelling of docs/format.md. */
  writeJson(value: unknown): string;
}

/** By the source's id where there is one, else by the number in this export. */
export function conversationIdOf({ source, sourceId, number }: WrittenConversation, { id }: PortableEncoding): PortableId {
  return id(sourceId === null ? ['conversation', source, 'export', number] : ['conversation', source, 'id', sourceId]);
}

/** Made once for each of them: a hash costs more than a message. */
const personIds = new WeakMap<WrittenPerson, PortableId>();

export function personIdOf(person: WrittenPerson, { id }: PortableEncoding): PortableId {
  const known = personIds.get(person);
  if (known !== undefined) return known;
  const { entry, sourceId, number } = person;
  const made = id(sourceId === null ? ['person', entry.source, 'export', number] : ['person', entry.source, 'id', sourceId]);
  personIds.set(person, made);
  return made;
}

export function portablePerson(person: WrittenPerson, conversation: PortableId, encoding: PortableEncoding): PortablePerson {
  const { entry, sourceId, name, isOwner } = person;
  return {
    id: personIdOf(person, encoding),
    source: entry.source,
    ...(sourceId === null ? { conversation } : { sourceId }),
    names: name === '' ? [] : [name],
    ...(isOwner && { isOwner }),
  };
}

export function portableConversation(
  conversation: WrittenConversation,
  encoding: PortableEncoding,
): Omit<PortableConversation, 'messages' | 'months'> {
  const { source, sourceId, name, shape, people, entry } = conversation;
  const ids = (list: readonly WrittenPerson[]): PortableId[] => list.map((person) => personIdOf(person, encoding)).sort();
  return {
    id: conversationIdOf(conversation, encoding),
    source,
    ...(sourceId !== null && { sourceId }),
    names: name === '' ? [] : [name],
    shape,
    people: ids(people),
    ownerPeople: ids(people.filter(({ isOwner }) => isOwner)),
    ...(entry.zone !== null && { zone: entry.zone }),
  };
}

/** The message as a line of a month has it, and where its files lie beside. */
export function portableMessage(
  { message, sender, files, isChosen }: WrittenMessage,
  encoding: PortableEncoding,
): PortableMessage & { readonly paths?: readonly (string | null)[]; readonly chosen?: true } {
  const encoded = encoding.message(sender === null ? { ...message, sender: null } : message, () =>
    sender === null ? '' : personIdOf(sender, encoding),
  );
  const paths = files.some(({ path }) => path !== null) && { paths: files.map(({ path }) => path) };
  return paths || isChosen ? { ...encoded, ...paths, ...(isChosen && { chosen: true }) } : encoded;
}

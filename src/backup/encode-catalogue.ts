// people.jsonl, conversation.json and manifest.json.

import type { Manifest, PortableConversation, PortableId, PortablePerson } from '../model/portable';
import { portableFormatVersion } from '../model/portable';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { type Naming, sortedIds } from './naming';

export function encodePerson(id: PortableId, person: PersonEntry, naming: Naming): PortablePerson {
  const { source, sourceId, conversation, names, isOwner } = person;
  const within = conversation === null ? null : naming.conversation(conversation);
  return {
    id,
    source,
    ...(sourceId !== null && { sourceId }),
    ...(within !== null && { conversation: within }),
    names,
    ...(isOwner && { isOwner }),
  };
}

/** `months`: how many messages each month holds, in order of time. */
export function encodeConversation(
  id: PortableId,
  entry: ConversationEntry,
  months: PortableConversation['months'],
  naming: Naming,
): PortableConversation {
  const { source, sourceId, names, shape, people, ownerPeople, zone } = entry;
  return {
    id,
    source,
    ...(sourceId !== null && { sourceId }),
    names,
    shape,
    people: sortedIds(people, naming.person),
    ownerPeople: sortedIds(ownerPeople, naming.person),
    ...(zone !== null && { zone }),
    messages: months.reduce((sum, [, messages]) => sum + messages, 0),
    months,
  };
}

export function encodeManifest(counts: Omit<Manifest, 'format' | 'version' | 'readableBy'>): Manifest {
  return { format: 'camphor', version: portableFormatVersion, readableBy: portableFormatVersion, ...counts };
}

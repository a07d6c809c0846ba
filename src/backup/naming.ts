// Portable names of what a vault holds; null for what it does not hold (any more).

import type { ConversationId, PersonId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { Places } from './places';

export interface Naming {
  conversation(id: ConversationId): PortableId | null;
  person(id: PersonId): PortableId | null;
  places(id: ConversationId): Places | null;
}

/** Ids of those that have one, without repetitions, sorted. */
export function sortedIds<Id>(ids: readonly Id[], name: (id: Id) => PortableId | null): PortableId[] {
  return [...new Set(ids.flatMap((id) => name(id) ?? []))].sort();
}

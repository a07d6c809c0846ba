// The people of one archive: with ids of their source, or known by name in one conversation.

import type { JsonObject } from '../model/json';
import type { NeutralRecord } from '../model/record';

export interface People {
  /** Index of the person with this id. Appends them to `out` where they are new, or get their first name. */
  withId(id: string, name: string | null, out: NeutralRecord[], extra?: JsonObject | null): number;
  /** Index of the person of this name, or of no name, in one conversation. Appends them to `out` where they are new. */
  named(name: string | null, conversation: number, out: NeutralRecord[]): number;
  /** The name that the person with this id has so far; null where there is none. */
  nameOf(id: string): string | null;
}

/** `isOwner` is asked with an id for a person who has one, else with a name, which is '' for none. */
export function createPeople(isOwner: (idOrName: string) => boolean): People {
  const byId = new Map<string, { readonly index: number; readonly name: string | null }>();
  const byConversation = new Map<number, Map<string, number>>();
  let count = 0;
  return {
    nameOf: (id) => byId.get(id)?.name ?? null,
    withId(id, name, out, extra = null) {
      const known = byId.get(id);
      if (known !== undefined && (known.name !== null || name === null)) return known.index;
      const index = known?.index ?? count++;
      byId.set(id, { index, name });
      const person = { type: 'person', index, sourceId: id, name, conversation: null, isOwner: isOwner(id) } as const;
      out.push(extra === null ? person : { ...person, extra });
      return index;
    },
    named(name, conversation, out) {
      const byName = byConversation.get(conversation) ?? new Map<string, number>();
      byConversation.set(conversation, byName);
      const key = name ?? '';
      const known = byName.get(key);
      if (known !== undefined) return known;
      const index = count++;
      // A slice of a line keeps the whole chunk that the line was cut from in memory.
      const kept = [...key].join('');
      byName.set(kept, index);
      out.push({ type: 'person', index, sourceId: null, name: name === null ? null : kept, conversation, isOwner: isOwner(kept) });
      return index;
    },
  };
}

// The conversations and people of a table: known by the names that its cells give them.

import type { NeutralRecord } from '../../model/record';

/** More than these are no conversations and no people, but a column that was taken for them. */
const conversationsLimit = 20_000;
const peopleLimit = 200_000;

export interface RowPeople {
  /** Number of the conversation of this name, made known where new; null beyond the limit. */
  conversation(name: string, out: NeutralRecord[]): number | null;
  /** Number of the person of this name (null: the owner, or the others, whom the table does not name); -1 beyond the limit. */
  person(conversation: number, name: string | null, isOwner: boolean, out: NeutralRecord[]): number;
}

export function createRowPeople(): RowPeople {
  const conversations = new Map<string, number>();
  const people = new Map<string, { readonly index: number; readonly isOwner: boolean }>();
  return {
    conversation(name, out) {
      const known = conversations.get(name);
      if (known !== undefined || conversations.size === conversationsLimit) return known ?? null;
      const index = conversations.size;
      conversations.set(name, index);
      out.push({ type: 'conversation', index, sourceId: null, name, shape: 'unknown' });
      return index;
    },
    person(conversation, name, isOwner, out) {
      const key = name === null ? `${conversation}\n${isOwner}` : `${conversation} ${name}`;
      const known = people.get(key);
      if (known === undefined && people.size === peopleLimit) return -1;
      if (known !== undefined && (known.isOwner || !isOwner)) return known.index;
      const index = known?.index ?? people.size;
      people.set(key, { index, isOwner });
      out.push({ type: 'person', index, sourceId: null, name, conversation, isOwner });
      return index;
    },
  };
}

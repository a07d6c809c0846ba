// The people of a QQ archive. Whoever has a number, an address or a uid is one person in all chats; whoever has a name only
// belongs to their chat.

import type { JsonObject } from '../../model/json';
import type { PersonRecord } from '../../model/record';

export interface QqPeople {
  /** Index of the person with this id, made known where new, and told again under each new name. */
  byId(id: string, name: string | null, extra?: JsonObject | null): number;
  /** Index of the person who has no id, in the conversation of this number. */
  byName(name: string | null, conversation: number): number;
  /** The archive itself shows that this is "me". */
  markOwner(index: number): void;
  /** The name on a message, where it is not the first that the person had; null where there is nothing to say. */
  otherName(index: number, name: string | null): string | null;
}

interface Known {
  record: PersonRecord;
  /** In order of appearance; the person's name is the latest. */
  readonly names: string[];
}

/** Names that are kept of one person. */
const namesLimit = 50;

/** Answers to the question `owner`. */
export const ownerById = (id: string): string => `id:${id}`;
export const ownerByName = (name: string | null): string => `name:${name ?? ''}`;

/** The answer that names this person. */
export function ownerAnswer({ sourceId, name }: Pick<PersonRecord, 'sourceId' | 'name'>): string {
  return sourceId === null ? ownerByName(name) : ownerById(sourceId);
}

/** No people yet. `owner` is an answer as above, or null; `emit` gets each person before anything can refer to them. */
export function createPeople(owner: string | null, emit: (person: PersonRecord) => void): QqPeople {
  const known: Known[] = [];
  const indexes = new Map<string, number>();

  const tell = (person: Known, record: PersonRecord): void => {
    person.record = record;
    emit(record);
  };
  const find = (key: string, person: Omit<PersonRecord, 'type' | 'index' | 'isOwner'>): Known => {
    const index = indexes.get(key) ?? known.length;
    const before = known[index];
    if (before !== undefined) return before;
    const record: PersonRecord = { type: 'person', index, ...person, isOwner: owner === ownerAnswer(person) };
    const made: Known = { record, names: record.name === null ? [] : [record.name] };
    known.push(made);
    indexes.set(key, index);
    emit(record);
    return made;
  };
  return {
    byId(id, name, extra = null) {
      const person = find(`id:${id}`, { sourceId: id, name, conversation: null, ...(extra === null ? {} : { extra }) });
      const { record, names } = person;
      if (name !== null && !names.includes(name) && names.length < namesLimit) {
        names.push(name);
        tell(person, { ...record, name, ...(names.length > 1 ? { extra: { ...record.extra, names: [...names] } } : {}) });
      }
      return record.index;
    },
    byName: (name, conversation) => find(`${conversation}/${name ?? ''}`, { sourceId: null, name, conversation }).record.index,
    markOwner(index) {
      const person = known[index];
      if (person !== undefined && !person.record.isOwner) tell(person, { ...person.record, isOwner: true });
    },
    otherName: (index, name) => (name === null || name === known[index]?.names[0] ? null : name),
  };
}

// Who of an archive's people is who in the vault: by the source's id, else by what they sent over the overlap, else by name.

import type { PersonId } from '../model/ids';
import type { PersonRecord } from '../model/record';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { freezeText } from './frozen-text';
import type { Overlap } from './overlap';

/** People of the archive (by index) who continue a person of `conversation`. Who is missing is new. */
export function matchPeople(
  people: readonly PersonRecord[],
  conversation: ConversationEntry,
  known: ReadonlyMap<PersonId, PersonEntry>,
  overlap: Overlap | null,
): Map<number, PersonId> {
  const matched = new Map<number, PersonId>();
  const free = new Set(conversation.people.filter((id) => known.get(id)?.sourceId === null));
  const unmatched = people.filter((person) => person.sourceId === null);
  const take = (index: number, person: PersonId): void => {
    matched.set(index, person);
    free.delete(person);
  };
  const byVotes = [...(overlap?.votes ?? [])].flatMap(([index, votes]) =>
    [...votes].map(([person, count]) => ({ index, person, count, all: sum(votes) })),
  );
  // What was sent outweighs names, unless it is a single text.
  for (const isSingle of [false, true]) {
    for (const { index, person, count, all } of byVotes.toSorted((a, b) => b.count - a.count)) {
      if (matched.has(index) || !free.has(person) || count < all * 0.6 || (count === 1) !== isSingle) continue;
      take(index, person);
    }
    for (const person of unmatched) {
      const named = matched.has(person.index) ? undefined : [...free].find((id) => hasName(known.get(id), person.name));
      if (named !== undefined) take(person.index, named);
    }
  }
  const left = unmatched.filter(({ index }) => !matched.has(index));
  const [lastLeft] = left;
  const [lastFree] = free;
  const isPair = overlap !== null && unmatched.length === 2 && conversation.people.length === 2;
  if (isPair && left.length === 1 && free.size === 1 && lastLeft !== undefined && lastFree !== undefined) take(lastLeft.index, lastFree);
  return matched;
}

function sum(votes: ReadonlyMap<PersonId, number>): number {
  return [...votes.values()].reduce((all, count) => all + count, 0);
}

function hasName(person: PersonEntry | undefined, name: string | null): boolean {
  return name !== null && person !== undefined && person.names.some((each) => freezeText(each) === freezeText(name));
}

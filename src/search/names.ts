// The names of people and conversations, as a search looks through them: every name ever seen, the owner's first; as a piece
// of the normalised name, or by pinyin (whole syllables, initials, or a mixture: "zhangsan", "zs", "zhs").

import { conversationName, personName } from '../model/display-names';
import type { ConversationId, PersonId } from '../model/ids';
import type { OverlayIndex } from '../model/overlay-index';
import { chosenOwner, isOwnerAnywhere } from '../model/owners';
import type { SearchUpdate } from '../model/view';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { normaliseText } from './normalise';

/** Pinyin without tones, a syllable a character; other characters as they are. */
export type PinyinOf = (name: string) => readonly string[];

export interface Names {
  /** Those who are "me" in a conversation. */
  ownersOf(conversation: ConversationEntry): ReadonlySet<PersonId>;
  personName(id: PersonId): string;
  conversationName(id: ConversationId): string;
  /** People one of whose names matches. */
  people(query: string): ReadonlySet<PersonId>;
  conversations(query: string): ReadonlySet<ConversationId>;
  /** Conversations first, at most `limit` of each; for '' the first ones there are. */
  matches(query: string, limit: number): SearchUpdate['names'];
}

interface Named<Id> {
  readonly id: Id;
  readonly display: string;
  readonly normalised: readonly string[];
  syllables: readonly (readonly string[])[] | null;
}

const hasHan = /\p{Script=Han}/u;

export function createNames(
  conversations: readonly ConversationEntry[],
  people: ReadonlyMap<PersonId, PersonEntry>,
  overlays: OverlayIndex,
  pinyinOf: PinyinOf | null,
): Names {
  const namedPeople = [...people.values()].map((person) => named(person.id, personName(person, overlays), person.names));
  const namedConversations = conversations.map((entry) => named(entry.id, conversationName(entry, overlays, people), entry.names));
  const personNames = new Map(namedPeople.map(({ id, display }) => [id, display]));
  const conversationNames = new Map(namedConversations.map(({ id, display }) => [id, display]));

  const find = <Id>(list: readonly Named<Id>[], query: string): Named<Id>[] => {
    const normalised = normaliseText(query).trim();
    if (normalised === '') return query === '' ? [...list] : [];
    const letters = /^[a-z' ]+$/.test(normalised) ? normalised.replace(/[' ]/g, '') : '';
    return list.filter((item) => {
      if (item.normalised.some((name) => name.includes(normalised))) return true;
      return pinyinOf !== null && letters !== '' && syllablesOf(item, pinyinOf).some((syllables) => matchesPinyin(letters, syllables));
    });
  };
  return {
    ownersOf: createOwners([...people.values()], overlays),
    personName: (id) => personNames.get(id) ?? '',
    conversationName: (id) => conversationNames.get(id) ?? '',
    people: (query) => new Set(find(namedPeople, query).map(({ id }) => id)),
    conversations: (query) => new Set(find(namedConversations, query).map(({ id }) => id)),
    matches: (query, limit) => [
      ...find(namedConversations, query)
        .slice(0, limit)
        .map(({ id, display }) => ({ kind: 'conversation' as const, id, name: display })),
      ...find(namedPeople, query).slice(0, limit).map(({ id, display }) => ({ kind: 'person' as const, id, name: display })), // prettier-ignore
    ],
  };
}

function named<Id>(id: Id, display: string, names: readonly string[]): Named<Id> {
  const normalised = [...new Set([display, ...names].map(normaliseText))].filter((name) => name !== '');
  return { id, display, normalised, syllables: null };
}

function syllablesOf<Id>(item: Named<Id>, pinyinOf: PinyinOf): readonly (readonly string[])[] {
  item.syllables ??= item.normalised.filter((name) => hasHan.test(name)).map(pinyinOf);
  return item.syllables;
}

/** Whether `letters` is made of beginnings of consecutive syllables. */
function matchesPinyin(letters: string, syllables: readonly string[]): boolean {
  /** Numbers of letters that the syllables so far can have used, starting at any syllable. */
  let used = new Set<number>();
  for (const syllable of syllables) {
    const next = new Set<number>();
    for (const start of [0, ...used]) {
      for (let length = 1; length <= syllable.length && letters.startsWith(syllable.slice(0, length), start); length++) {
        if (start + length === letters.length) return true;
        next.add(start + length);
      }
    }
    used = next;
  }
  return false;
}

/** Worked out once a conversation, however many segments ask. */
function createOwners(people: readonly PersonEntry[], overlays: OverlayIndex): Names['ownersOf'] {
  const idsOf = (isMe: (person: PersonEntry) => boolean): PersonId[] => people.filter(isMe).map(({ id }) => id);
  const anywhere = idsOf((person) => isOwnerAnywhere(person, overlays));
  const known = new Map<ConversationId, ReadonlySet<PersonId>>();
  return ({ id, ownerPeople }) => {
    const chosen = chosenOwner(id, overlays);
    const owners =
      known.get(id) ??
      new Set(chosen === null ? [...ownerPeople, ...anywhere] : idsOf((person) => person.id === chosen || person.one === chosen));
    known.set(id, owners);
    return owners;
  };
}

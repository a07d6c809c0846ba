// Everyone in the conversations that are shown, merged as the owner has it, and who might be one person too.

import { numberKeyOf } from '../../model/contact-names';
import { differentPeople } from '../../model/different-people';
import { personName } from '../../model/display-names';
import type { EveryoneView, OneOfEveryone } from '../../model/everyone';
import type { ConversationId, PersonId } from '../../model/ids';
import type { ConversationEntry, PersonEntry } from '../../vault/archive';
import { personView } from '../person-views';
import { hueOf } from '../hues';
import type { PageContext } from '../pages';

const alikeLimit = 50;
/** More people of one name are a name that many have. */
const namesakesLimit = 4;
const leastNameLength = 2;

type Draft = { readonly members: PersonEntry[]; readonly conversations: Map<ConversationId, number>; isOwner: boolean };

/** `entries`: the conversations that count; the people of others are not shown. */
export function everyoneIn(
  { people, overlays, given }: Pick<PageContext, 'people' | 'overlays' | 'given'>,
  entries: readonly ConversationEntry[],
): EveryoneView {
  const drafts = new Map<PersonId, Draft>();
  for (const entry of entries) {
    for (const id of entry.people) {
      const person = people.get(id);
      if (person === undefined) continue;
      const head = person.one ?? id;
      const draft = drafts.get(head) ?? { members: [], conversations: new Map<ConversationId, number>(), isOwner: false };
      drafts.set(head, draft);
      if (!draft.members.some((member) => member.id === id)) draft.members.push(person);
      draft.conversations.set(entry.id, entry.lastAtMs ?? 0);
      draft.isOwner ||= personView(person, entry, overlays).isOwner;
    }
  }
  const found = [...drafts].map(([id, draft]): OneOfEveryone => {
    const first = people.get(id) ?? draft.members[0];
    return {
      id,
      name: first === undefined ? '' : personName(first, overlays),
      names: first?.names ?? [],
      isOwner: draft.isOwner,
      hue: hueOf(id),
      members: draft.members.map((member) => ({
        id: member.id,
        name: member.ownNames?.[0] ?? member.names[0] ?? '',
        source: member.source,
        number: numberKeyOf({ ...member, names: member.ownNames ?? member.names }),
      })),
      conversations: [...draft.conversations].sort(([, a], [, b]) => b - a).map(([conversation]) => conversation),
    };
  });
  const sorted = found.sort((a, b) => b.conversations.length - a.conversations.length || (a.name < b.name ? -1 : 1));
  return { people: sorted, alike: findAlike(sorted, differentPeople(given)) };
}

const foldName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * The owner first, then by number; who has the same name counts where they are of different apps and not many. The owner is never
 * among others, and those of whom it was said that no two are one are not asked about.
 */
function findAlike(people: readonly OneOfEveryone[], areDifferent: ReturnType<typeof differentPeople>): EveryoneView['alike'] {
  const owners = people.filter(({ isOwner }) => isOwner).map(({ id }) => id).toSorted(); // prettier-ignore
  const others = people.filter(({ isOwner }) => !isOwner);
  const byNumber = gather(others, ({ members }) => members.flatMap(({ number }) => number ?? []));
  const told = new Set(byNumber.map((ids) => ids.join()));
  const byId = new Map(others.map((one) => [one.id, one]));
  const byName = gather(others, ({ names }) =>
    names.map(foldName).filter((name) => [...name].length >= leastNameLength && !/^[+\d\s()-]+$/u.test(name)),
  )
    .filter((ids) => ids.length <= namesakesLimit && !told.has(ids.join()))
    .filter((ids) => new Set(ids.flatMap((id) => byId.get(id)?.members.map(({ source }) => source) ?? [])).size > 1);
  const all = [
    ...(owners.length > 1 ? [{ by: 'owner' as const, people: owners }] : []),
    ...byNumber.map((ids) => ({ by: 'number' as const, people: ids })),
    ...byName.map((ids) => ({ by: 'name' as const, people: ids })),
  ];
  const members = new Map(people.map((one) => [one.id, one.members.map(({ id }) => id)]));
  const isSaid = (one: PersonId, other: PersonId): boolean =>
    (members.get(one) ?? []).some((mine) => (members.get(other) ?? []).some((theirs) => areDifferent(mine, theirs)));
  const isOpen = (ids: readonly PersonId[]): boolean => ids.some((one, at) => ids.slice(at + 1).some((other) => !isSaid(one, other)));
  return all.filter((group) => isOpen(group.people)).slice(0, alikeLimit);
}

/** Groups of two or more who have a key in common, each group once. */
function gather(people: readonly OneOfEveryone[], keysOf: (one: OneOfEveryone) => readonly string[]): PersonId[][] {
  const groups = new Map<string, Set<PersonId>>();
  for (const one of people) for (const key of new Set(keysOf(one))) groups.set(key, (groups.get(key) ?? new Set()).add(one.id));
  const found = [...groups.values()].filter((ids) => ids.size > 1).map((ids) => [...ids].sort());
  return [...new Map(found.map((ids) => [ids.join(), ids])).values()];
}

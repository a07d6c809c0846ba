// Who of one conversation is who of another, when both are joined: by what they sent at the same time, by being the owner, by
// number, by name; in a chat of two, the last one left on both sides.

import { numberKeyOf } from '../model/contact-names';
import type { PersonId } from '../model/ids';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { freezeText } from './frozen-text';
import type { Overlap } from './overlap';

interface Matching {
  readonly known: ReadonlyMap<PersonId, PersonEntry>;
  readonly free: Set<PersonId>;
  readonly matched: Map<PersonId, PersonId>;
}

/** People of `part` who are people of `whole`; whoever is missing is someone else. The overlap's senders are places in `part.people`. */
export function matchParts(
  part: ConversationEntry,
  whole: ConversationEntry,
  known: ReadonlyMap<PersonId, PersonEntry>,
  overlap: Overlap | null,
): Map<PersonId, PersonId> {
  const own = new Set(part.people);
  // Someone with an id of the source is the same person in both already.
  const matching: Matching = { known, free: new Set(whole.people.filter((id) => !own.has(id))), matched: new Map() };
  const open = (): PersonId[] => part.people.filter((id) => !whole.people.includes(id) && !matching.matched.has(id));
  for (const [index, votes] of overlap?.votes ?? []) takeBest(matching, part.people[index], votes);
  for (const id of open()) if (part.ownerPeople.includes(id)) take(matching, id, (other) => whole.ownerPeople.includes(other));
  for (const id of open()) {
    const key = numberOf(known.get(id));
    if (key !== null) take(matching, id, (other) => numberOf(known.get(other)) === key);
  }
  for (const id of open()) {
    const names = new Set(known.get(id)?.names.map(freezeText));
    take(matching, id, (other) => known.get(other)?.names.some((name) => names.has(freezeText(name))) === true);
  }
  const [last, ...more] = open();
  const isPair = overlap !== null && part.people.length === 2 && whole.people.length === 2;
  if (isPair && last !== undefined && more.length === 0 && matching.free.size === 1) take(matching, last, () => true);
  return matching.matched;
}

/** Most of what they sent, and more than once. */
function takeBest(matching: Matching, id: PersonId | undefined, votes: ReadonlyMap<PersonId, number>): void {
  const all = [...votes.values()].reduce((sum, count) => sum + count, 0);
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  if (id === undefined || best === undefined || best[1] < 2 || best[1] < all * 0.6) return;
  take(matching, id, (other) => other === best[0]);
}

function take({ free, matched }: Matching, id: PersonId, accept: (other: PersonId) => boolean): void {
  if (matched.has(id)) return;
  const found = [...free].find(accept);
  if (found === undefined) return;
  free.delete(found);
  matched.set(id, found);
}

function numberOf(person: PersonEntry | undefined): string | null {
  return person === undefined ? null : numberKeyOf(person);
}

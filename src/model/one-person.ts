// People whom the owner has merged: one person in several apps. An overlay on one of them names another; taking it back shows
// both as they were. Nothing in the archive is changed.

import type { PersonId } from './ids';
import type { Overlay } from './overlay';
import { indexOverlays, personSubject } from './overlay-index';

const prefix = 'person:';
const longestChain = 16;

interface NamedPerson {
  readonly id: PersonId;
  readonly names: readonly string[];
  readonly isOwner: boolean;
  /** The person as whom they are shown. */
  readonly one?: PersonId;
  /** Their names without those of the others. */
  readonly ownNames?: readonly string[];
}

/** By each merged person the one that stands for all of them. Circles, which two devices can make, merge nobody. */
export function headsOf(overlays: readonly Overlay[]): ReadonlyMap<PersonId, PersonId> {
  const into = new Map<PersonId, PersonId>();
  for (const { kind, subject, fields } of overlays) {
    if (kind !== 'merged-people' || !subject.startsWith(prefix)) continue;
    const value = Object.values(fields).find((field) => field.value?.startsWith(prefix))?.value;
    const [from, to] = [subject.slice(prefix.length) as PersonId, (value ?? '').slice(prefix.length) as PersonId];
    if (to !== '' && from !== to) into.set(from, to);
  }
  const heads = new Map<PersonId, PersonId>();
  for (const from of into.keys()) {
    let head: PersonId | undefined = from;
    for (let step = 0; step < longestChain && head !== undefined && into.has(head); step++) head = into.get(head);
    if (head !== undefined && !into.has(head)) heads.set(from, head).set(head, head);
  }
  return heads;
}

const made = new WeakMap<object, { readonly overlays: readonly Overlay[]; readonly people: ReadonlyMap<PersonId, NamedPerson> }>();

/** Everyone, those who are merged under one name and with the names of all; the same map for the same people and overlays. */
export function asOnePerson<Person extends NamedPerson>(
  people: ReadonlyMap<PersonId, Person>,
  overlays: readonly Overlay[],
): ReadonlyMap<PersonId, Person> {
  const known = made.get(people);
  if (known?.overlays === overlays) return known.people as ReadonlyMap<PersonId, Person>;
  const index = indexOverlays(overlays);
  const groups = new Map<PersonId, Person[]>();
  for (const [id, head] of headsOf(overlays)) {
    const person = people.get(id);
    if (person === undefined || !people.has(head)) continue;
    groups.set(head, [...(groups.get(head) ?? []), person]);
  }
  const merged = new Map(people);
  for (const [head, members] of groups) {
    const own = people.get(head)?.names ?? [];
    const given = index.value('person-name', personSubject(head));
    const names = [...new Set([...(given === null ? [] : [given]), ...own, ...members.flatMap((member) => member.names)])];
    const isOwner = members.some((member) => member.isOwner);
    for (const member of members) merged.set(member.id, { ...member, names, ownNames: member.names, isOwner, one: head });
  }
  made.set(people, { overlays, people: merged });
  return merged;
}

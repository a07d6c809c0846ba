// People of whom the owner has said that they are not one, whatever their names and numbers: nobody proposes it again.

import type { PersonId } from './ids';
import type { Overlay } from './overlay';
import { personSubject } from './overlay-index';

/** What is set for a group of whom no two are one: on each of them a field for every later one, named after their id. */
export function sayDifferent(
  people: readonly PersonId[],
  value: 'yes' | null,
): readonly { readonly subject: string; readonly fields: Readonly<Record<string, 'yes' | null>> }[] {
  const sorted = people.toSorted();
  return sorted.slice(0, -1).map((id, at) => ({
    subject: personSubject(id),
    fields: Object.fromEntries(sorted.slice(at + 1).map((other) => [other, value])),
  }));
}

/** Whether it was said of these two, by either of them. */
export function differentPeople(overlays: readonly Overlay[]): (one: PersonId, other: PersonId) => boolean {
  const pairs = new Set<string>();
  for (const { kind, subject, fields } of overlays) {
    if (kind !== 'different-people') continue;
    for (const [other, { value }] of Object.entries(fields)) if (value !== null) pairs.add(`${subject} ${other}`);
  }
  return (one, other) => pairs.has(`${personSubject(one)} ${other}`) || pairs.has(`${personSubject(other)} ${one}`);
}

// People by what was typed of a name.

import type { OneOfEveryone } from '../../model/everyone';

/** Those one of whose names holds it; all where nothing was typed. */
export function peopleNamed(people: readonly OneOfEveryone[], typed: string): readonly OneOfEveryone[] {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' ? people : people.filter(({ name, names }) => [name, ...names].some((one) => one.toLowerCase().includes(wanted)));
}

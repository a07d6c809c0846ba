// People by what was typed of a name.

import type { OneOfEveryone } from '../../model/everyone';

/** True for what is a number or nothing: a person is better called otherwise. */
export const isNumber = (name: string): boolean => /^[+\d\s()-]*$/u.test(name);

/** Those one of whose names holds it; all where nothing was typed. */
export function peopleNamed(people: readonly OneOfEveryone[], typed: string): readonly OneOfEveryone[] {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' ? people : people.filter(({ name, names }) => [name, ...names].some((one) => one.toLowerCase().includes(wanted)));
}

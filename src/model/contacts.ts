// Names that the owner's contacts give to numbers. Contacts are people of the source `contacts`, whose id there is a number or
// an address (docs/decisions/0005-contacts.md); whoever shows people asks here, and pays nothing where there are none.

import type { ContactNames, KnownPerson } from './contact-names';
import type { PersonId } from './ids';

const made = new WeakMap<object, Promise<unknown>>();

/** People and conversations under the names that contacts give them; the same promise for the same map. */
export function throughContacts<Person extends KnownPerson>(people: ReadonlyMap<PersonId, Person>): Promise<ContactNames<Person>> {
  const known = made.get(people) as Promise<ContactNames<Person>> | undefined;
  if (known !== undefined) return known;
  const has = [...people.values()].some(({ source }) => source === 'contacts');
  const names = has
    ? import('./contact-names').then(({ nameByContacts }) => nameByContacts(people))
    : Promise.resolve({ people, conversation: <Entry>(entry: Entry): Entry => entry });
  made.set(people, names);
  return names;
}

// Names that the owner's contacts give to numbers. Contacts are people of the source `contacts`, whose id there is a number or
// an address (docs/decisions/0005-contacts.md); whoever shows people asks here, and loads nothing where there are none.

import type { ContactNames, KnownPerson } from './contact-names';
import type { PersonId } from './ids';

const made = new WeakMap<object, Promise<unknown>>();

async function look<Person extends KnownPerson>(people: ReadonlyMap<PersonId, Person>): Promise<ContactNames<Person>> {
  for (const { source } of people.values()) if (source === 'contacts') return (await import('./contact-names')).nameByContacts(people);
  return { people, conversation: (entry) => entry };
}

/** People and conversations under the names that contacts give them; the same promise for the same map. */
export function throughContacts<Person extends KnownPerson>(people: ReadonlyMap<PersonId, Person>): Promise<ContactNames<Person>> {
  const known = (made.get(people) as Promise<ContactNames<Person>> | undefined) ?? look(people);
  made.set(people, known);
  return known;
}

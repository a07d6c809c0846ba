// Who is known by a number only, and what the contacts call that number.

import type { PersonId } from './ids';
import { callingCodeOf, normaliseMail, normalisePhone } from './phone';
import type { SourceApp } from './source';

export interface KnownPerson {
  readonly id: PersonId;
  readonly source: SourceApp;
  readonly sourceId: string | null;
  readonly names: readonly string[];
}

export interface KnownConversation {
  readonly source: SourceApp;
  readonly name: string | null;
  readonly names: readonly string[];
}

export interface ContactNames<Person> {
  /** Everyone but the contacts themselves; who is known by a number only has the contact's name before it. */
  readonly people: ReadonlyMap<PersonId, Person>;
  /** One that is called after a number has the contact's name before it. */
  conversation<Entry extends KnownConversation>(entry: Entry): Entry;
}

/** In these a person's id is, or begins with, their number or address. */
const numberSources: ReadonlySet<SourceApp> = new Set<SourceApp>(['whatsapp', 'sms', 'imessage', 'signal', 'viber', 'google-voice']);
const whatsappId = /^(\d{5,15})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/;

export const telKey = (number: string): string => `tel:${number}`;
export const mailKey = (address: string): string => `mailto:${address}`;

/** What the contacts are looked up by; null for what is neither a number nor an address. `home`: calling code of numbers without one. */
function keyOf(text: string, source: SourceApp, home: string | null): string | null {
  const jid = whatsappId.exec(text)?.[1];
  if (jid !== undefined) return source === 'whatsapp' ? telKey(`+${jid}`) : null;
  if (!numberSources.has(source) && !/^[\u200e\u200f\u202a-\u202e\u2066-\u2069]*\+/.test(text)) return null;
  const number = normalisePhone(text, home);
  if (number !== null) return telKey(number);
  const address = normaliseMail(text);
  return address === null ? null : mailKey(address);
}

/** The number or address that a person is known by, in one form; null where there is none, or where its country is not told. */
export function numberKeyOf({ source, sourceId, names }: Pick<KnownPerson, 'source' | 'sourceId' | 'names'>): string | null {
  return firstOf([sourceId ?? '', ...names], (text) => keyOf(text, source, null) ?? undefined) ?? null;
}

/** The calling code that most of the contacts have: numbers without one are read in it. Null where none has one. */
function homeOf(contacts: Iterable<string>): string | null {
  const counts = new Map<string, number>();
  for (const key of contacts) {
    const code = key.startsWith('tel:') ? callingCodeOf(key.slice(4)) : null;
    if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [home] = [...counts].sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1));
  return home?.[0] ?? null;
}

/** Reads all people once. */
export function nameByContacts<Person extends KnownPerson>(people: ReadonlyMap<PersonId, Person>): ContactNames<Person> {
  const contacts = new Map<string, string>();
  for (const { source, sourceId, names } of people.values()) {
    if (source === 'contacts' && sourceId !== null && names[0] !== undefined) contacts.set(sourceId, names[0]);
  }
  const home = homeOf(contacts.keys());
  const nameOf = (text: string, source: SourceApp): string | undefined => contacts.get(keyOf(text, source, home) ?? '');
  const isNumber = (text: string, source: SourceApp): boolean => text === '' || keyOf(text, source, home) !== null;
  const named = new Map<PersonId, Person>();
  for (const [id, person] of people) {
    const { source, sourceId, names } = person;
    if (source === 'contacts') continue;
    const isKnown = names.some((name) => name !== sourceId && !isNumber(name, source));
    const name = isKnown ? undefined : firstOf([sourceId ?? '', ...names], (text) => nameOf(text, source));
    named.set(id, name === undefined ? person : { ...person, names: [name, ...names] });
  }
  return {
    people: named,
    conversation(entry) {
      const name = entry.name === null ? undefined : nameOf(entry.name, entry.source);
      return name === undefined ? entry : { ...entry, name, names: [name, ...entry.names] };
    },
  };
}

function firstOf<Item, Value>(items: readonly Item[], find: (item: Item) => Value | undefined): Value | undefined {
  for (const item of items) {
    const value = find(item);
    if (value !== undefined) return value;
  }
  return undefined;
}

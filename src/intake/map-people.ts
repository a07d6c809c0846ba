// Who of a snapshot's people is who in the vault: by the source's id; by an import that both know, in which a name is one person;
// else as for any archive.

import type { PersonId, ReceiptId } from '../model/ids';
import type { PortableId, PortablePerson } from '../model/portable';
import type { PersonRecord } from '../model/record';
import type { SourceApp } from '../model/source';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import type { ImportNote } from './import-note';
import type { LoadedSnapshot } from './load-snapshot';
import { matchPeople } from './match-people';
import type { CommonPart, SnapshotMatch } from './match-snapshot';
import type { Overlap } from './overlap';

export interface MapPeopleInput {
  readonly loaded: LoadedSnapshot;
  readonly match: SnapshotMatch;
  readonly entry: ConversationEntry | null;
  /** Imports of this conversation that both know, and what they said here. */
  readonly parts: readonly CommonPart[];
  readonly notes: ReadonlyMap<ReceiptId, ImportNote>;
  readonly persons: ReadonlyMap<PersonId, PersonEntry>;
  readonly overlap: Overlap | null;
}

/** Names that are tried for someone whom nothing else tells. */
const namesTried = 8;

export function mapPeople(input: MapPeopleInput): Map<PortableId, PersonId> {
  const { loaded, entry, persons } = input;
  const mapped = new Map<PortableId, PersonId>();
  const bySourceId = new Map<string, PersonId>();
  for (const person of persons.values()) if (person.sourceId !== null) bySourceId.set(keyOf(person.source, person.sourceId), person.id);
  for (const { id, source, sourceId } of loaded.people.values()) {
    const known = sourceId === undefined ? undefined : bySourceId.get(keyOf(source, sourceId));
    if (known !== undefined) mapped.set(id, known);
  }
  if (entry === null) return mapped;
  mapByImports(input, mapped);
  mapByMessagesAndNames(input, entry, mapped);
  return mapped;
}

function keyOf(source: SourceApp, sourceId: string): string {
  return `${source} ${sourceId}`;
}

function mapByImports({ loaded, parts, notes, match }: MapPeopleInput, mapped: Map<PortableId, PersonId>): void {
  for (const { receipt, here } of parts) {
    const saidHere = notes.get(receipt)?.people.filter(({ conversation }) => conversation === here.conversation) ?? [];
    const saidThere = loaded.receipts.heads.find(({ id }) => id === receipt)?.people ?? [];
    for (const { person, name, conversation } of saidThere) {
      if (conversation !== match.conversation.id || mapped.has(person)) continue;
      const same = saidHere.find((said) => said.name === (name ?? null));
      if (same !== undefined) mapped.set(person, same.person);
    }
  }
}

function mapByMessagesAndNames(
  { loaded, match, persons, overlap }: MapPeopleInput,
  entry: ConversationEntry,
  mapped: Map<PortableId, PersonId>,
): void {
  const own = [...loaded.people.values()].map((person, index) => ({ person, index }));
  const here = own.filter(({ person }) => person.conversation === match.conversation.id);
  for (let name = 0; name < namesTried; name++) {
    const left = here.filter(({ person }) => !mapped.has(person.id) && (name === 0 || person.names[name] !== undefined));
    if (left.length === 0) continue;
    const taken = new Set(mapped.values());
    const rest = { ...entry, people: entry.people.filter((id) => !taken.has(id)) };
    const records = left.map(({ person, index }) => recordOf(person, index, name, match.conversation.index));
    for (const [index, id] of matchPeople(records, rest, persons, overlap)) {
      const found = own[index];
      if (found !== undefined) mapped.set(found.person.id, id);
    }
  }
}

function recordOf({ names, isOwner }: PortablePerson, index: number, name: number, conversation: number): PersonRecord {
  return { type: 'person', index, sourceId: null, name: names[name] ?? null, conversation, isOwner: isOwner === true };
}

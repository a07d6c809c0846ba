// Entries of conversations and people after an import, worked out of what all imports say; written where they changed.

import type { ConversationId, PersonId } from '../model/ids';
import type { Receipt } from '../model/receipt';
import type { SourceApp } from '../model/source';
import type { ArchiveWriter } from '../vault/archive';
import { isSameJson } from './image';
import type { ImportNote, SaidOfConversation, SaidOfPerson } from './import-note';
import { importNoteName, loadImportNotes, makeConversationEntry, makePersonEntry, readLast } from './import-note';
import type { Target } from './target';

export interface CatalogueInput {
  readonly writer: ArchiveWriter;
  readonly receipts: readonly Receipt[];
  readonly receipt: Receipt;
  readonly targets: readonly Target[];
  readonly people: readonly SaidOfPerson[];
}

export async function keepCatalogue(input: CatalogueInput): Promise<void> {
  const { writer, receipts, receipt, targets, people } = input;
  const note: ImportNote = { conversations: targets.map(sayOf), people };
  await writer.putNote(importNoteName(receipt.id), note);
  const notes = [...(await loadImportNotes(writer.base, receipts, receipt.source)), note];
  const owners = await keepPeople(writer, receipt.source, notes, new Set(people.map(({ person }) => person)));
  const byConversation = indexSaid(notes);
  for (const target of targets) {
    const { id, entry, segments, nextSeq } = target;
    const endsAsBefore = entry !== null && segments.at(-1)?.id === entry.segments.at(-1)?.id;
    const last = endsAsBefore ? entry.last : await readLast(writer.next, segments);
    const said = byConversation.get(id) ?? [];
    const made = makeConversationEntry(id, receipt.source, said, (person) => owners.has(person), { segments, nextSeq, last });
    if (!isSameJson(made, entry)) writer.setConversation(made);
  }
}

function sayOf({ id, importing, surveyed, reading, people }: Target): SaidOfConversation {
  const { sourceId, name, shape } = surveyed.record;
  return {
    conversation: id,
    asOfMs: importing.asOfMs,
    sourceId,
    name,
    shape,
    zone: surveyed.isZoneless ? reading.zone : null,
    people: [...people],
  };
}

/** What is said of every conversation: accounts hold thousands, and each is asked for. */
function indexSaid(notes: readonly ImportNote[]): ReadonlyMap<ConversationId, readonly SaidOfConversation[]> {
  const index = new Map<ConversationId, SaidOfConversation[]>();
  for (const said of notes.flatMap(({ conversations }) => conversations)) {
    const list = index.get(said.conversation);
    if (list === undefined) index.set(said.conversation, [said]);
    else list.push(said);
  }
  return index;
}

export function saidOf(notes: readonly ImportNote[], id: ConversationId): SaidOfConversation[] {
  return notes.flatMap(({ conversations }) => conversations.filter(({ conversation }) => conversation === id));
}

/** Writes entries of the people named, and gives all owners of the source. */
export async function keepPeople(
  writer: ArchiveWriter,
  source: SourceApp,
  notes: readonly ImportNote[],
  named: ReadonlySet<PersonId>,
): Promise<Set<PersonId>> {
  const known = await writer.next.people();
  const said = new Map<PersonId, SaidOfPerson[]>();
  const owners = new Set<PersonId>();
  for (const each of notes.flatMap(({ people }) => people)) {
    if (each.isOwner) owners.add(each.person);
    if (!named.has(each.person)) continue;
    const list = said.get(each.person) ?? [];
    list.push(each);
    said.set(each.person, list);
  }
  for (const [person, list] of said) {
    const entry = makePersonEntry(source, list);
    if (entry !== null && !isSameJson(entry, known.get(person))) writer.setPerson(entry);
  }
  return owners;
}

// Contacts of a snapshot: imports that are in no conversation and so come in by no conversation's way.

import type { PersonId, ReceiptId } from '../model/ids';
import type { PortableReceipt } from '../model/portable';
import type { Receipt } from '../model/receipt';
import type { ImportNote, SaidOfPerson } from './import-note';
import { importNoteName, loadImportNotes } from './import-note';
import { keepPeople } from './keep-catalogue';
import type { Restore } from './restore-state';

/** Receipts of the imports that came in: those that are neither known here nor were taken back. `make` gives a receipt without conversations. */
export async function restoreContacts(restore: Restore, make: (portable: PortableReceipt) => Receipt): Promise<Receipt[]> {
  const { snapshot, receipts, writer, chosen } = restore;
  const heads = snapshot.loaded.receipts.heads.filter(
    ({ id, source, isUndone }) => source === 'contacts' && !isUndone && receipts.get(id) === undefined,
  );
  if (heads.length === 0 || (chosen.destinations.length === 0 && chosen.matches.length > 0)) return [];
  const bySourceId = new Map<string, PersonId>();
  for (const { id, source, sourceId } of (await writer.next.people()).values())
    if (source === 'contacts' && sourceId !== null) bySourceId.set(sourceId, id);
  const kept: Receipt[] = [];
  const notes: ImportNote[] = await loadImportNotes(writer.base, [...receipts.values()], 'contacts');
  const named = new Set<PersonId>();
  for (const { id } of heads) {
    const portable = await snapshot.loaded.receipts.load(id);
    const people = portable.people.flatMap((said) => sayOf(said, bySourceId, () => writer.newPersonId()));
    const note: ImportNote = { conversations: [], people };
    await writer.putNote(importNoteName(id as ReceiptId), note);
    notes.push(note);
    for (const { person } of people) named.add(person);
    const receipt = { ...make(portable), contacts: people.length };
    writer.setReceipt(receipt);
    kept.push(receipt);
  }
  await keepPeople(writer, 'contacts', notes, named);
  return kept;
}

function sayOf(
  { asOfMs, sourceId, name }: PortableReceipt['people'][number],
  bySourceId: Map<string, PersonId>,
  newId: () => PersonId,
): SaidOfPerson[] {
  if (sourceId === undefined) return [];
  const person = bySourceId.get(sourceId) ?? newId();
  bySourceId.set(sourceId, person);
  return [{ person, asOfMs: asOfMs ?? -Infinity, sourceId, conversation: null, name: name ?? null, isOwner: false }];
}

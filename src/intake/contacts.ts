// Archives of contacts: people without conversations, each known by a number or an address. docs/decisions/0005-contacts.md
// says where they live; imports say of them what they say of anyone, so that undo and backups need nothing of their own.

import type { PersonId } from '../model/ids';
import type { PlannedArchive } from '../model/view';
import type { ArchiveWriter } from '../vault/archive';
import type { ArchiveJob } from './archive-job';
import type { ImportNote } from './import-note';
import type { Survey } from './survey';

const previewed = 5;

export function isContacts({ detection }: Pick<ArchiveJob, 'detection'>): boolean {
  return detection.source === 'contacts';
}

/** When the file was last written: of two files that name a number differently, the newer one holds. */
export function modifiedAtMs({ set, detection }: Pick<ArchiveJob, 'set' | 'detection'>): number {
  return set.entries[detection.entries[0] ?? -1]?.modifiedAtMs ?? -Infinity;
}

export function viewContacts({ people }: Survey): NonNullable<PlannedArchive['contacts']> {
  const first = [...people.values()].slice(0, previewed);
  return { count: people.size, first: first.map(({ name, sourceId }) => ({ name: name ?? '', number: shownKey(sourceId ?? '') })) };
}

/** The number or the address of a contact's id. */
export function shownKey(sourceId: string): string {
  return sourceId.slice(sourceId.indexOf(':') + 1);
}

/** Whom no other import names any more is a contact no more. */
export async function forgetContacts(writer: ArchiveWriter, note: ImportNote | null, others: readonly ImportNote[]): Promise<void> {
  const named = new Set<PersonId>(others.flatMap(({ people }) => people.map(({ person }) => person)));
  const known = await writer.next.people();
  for (const { person } of note?.people ?? []) {
    const entry = known.get(person);
    if (entry !== undefined && !named.has(person)) writer.setPerson({ ...entry, names: [] });
  }
}

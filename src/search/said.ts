// What the owner has said, as a search needs it: who is one person, and what is kept on messages. Loaded where anything was said.

import type { PersonId } from '../model/ids';
import { asOnePerson } from '../model/one-person';
import type { Overlay } from '../model/overlay';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import { createMarked, type Marked } from './marked';

export interface Said {
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly marked: Marked | null;
}

export async function applySaid(
  reader: ArchiveReader,
  conversations: readonly ConversationEntry[],
  people: ReadonlyMap<PersonId, PersonEntry>,
  overlays: readonly Overlay[],
): Promise<Said> {
  return { people: asOnePerson(people, overlays), marked: await createMarked(reader, conversations, overlays) };
}

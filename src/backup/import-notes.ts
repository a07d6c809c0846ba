// What imports leave in the vault for merging (docs/merging.md, "What is kept for it"), as far as a snapshot tells it on.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { SeqRun } from '../model/receipt';
import type { ConversationShape } from '../model/record';
import type { SourceApp } from '../model/source';
import type { ArchiveReader } from '../vault/archive';

export interface SaidOfConversation {
  readonly conversation: ConversationId;
  /** Null where the archive's last tick is not known. */
  readonly asOfMs: number | null;
  readonly sourceId: string | null;
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly zone: string | null;
  readonly people: readonly PersonId[];
}

export interface SaidOfPerson {
  readonly person: PersonId;
  readonly asOfMs: number | null;
  readonly sourceId: string | null;
  readonly conversation: ConversationId | null;
  readonly name: string | null;
  readonly isOwner: boolean;
}

/** The note `import/<receipt>`. */
export interface ImportNote {
  readonly conversations: readonly SaidOfConversation[];
  readonly people: readonly SaidOfPerson[];
}

/** The note `images/<receipt>/<conversation>`. */
export interface KeptImages {
  readonly coarse: readonly SeqRun[];
  readonly other: readonly Message[];
  readonly places: readonly (readonly [seq: number, place: number])[];
}

/** An item of the note `removed-conversations`. */
export interface RemovedConversation {
  readonly conversation: ConversationId;
  readonly source: SourceApp;
  readonly sourceId: string | null;
  readonly name: string | null;
  readonly hashes: readonly number[];
}

type NoteReader = Pick<ArchiveReader, 'readNote'>;

const noSaid: ImportNote = { conversations: [], people: [] };

export async function readImportNote(reader: NoteReader, receipt: ReceiptId): Promise<ImportNote> {
  return ((await reader.readNote(`import/${receipt}`)) as ImportNote | null) ?? noSaid;
}

const noImages: KeptImages = { coarse: [], other: [], places: [] };

export async function readImages(reader: NoteReader, receipt: ReceiptId, conversation: ConversationId): Promise<KeptImages> {
  return ((await reader.readNote(`images/${receipt}/${conversation}`)) as KeptImages | null) ?? noImages;
}

export async function readRemoved(reader: NoteReader): Promise<readonly RemovedConversation[]> {
  return ((await reader.readNote('removed-conversations')) as readonly RemovedConversation[] | null) ?? [];
}

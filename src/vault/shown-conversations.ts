// Conversations as they are shown; where none are joined, which is nearly always, nothing is loaded for it.

import type { ConversationId } from '../model/ids';
import { seqsOfPart } from '../model/joined';
import type { Overlay } from '../model/overlay';
import type { ArchiveReader, ConversationEntry } from './archive';

/** Those that are joined as one, under the id of the first of them. */
export async function shownConversations(reader: ArchiveReader, overlays: readonly Overlay[]): Promise<readonly ConversationEntry[]> {
  if ((await reader.joined()).length === 0) return reader.conversations();
  return (await import('./apply-joinings')).applyJoinings(reader, overlays);
}

/** The conversation of that id, or the joined one that it is part of; null where there is none. */
export async function shownConversation(
  reader: ArchiveReader,
  overlays: readonly Overlay[],
  id: ConversationId,
): Promise<ConversationEntry | null> {
  if ((await reader.joined()).length === 0) return reader.conversation(id);
  const shown = await shownConversations(reader, overlays);
  return shown.find((entry) => entry.id === id || entry.parts?.includes(id) === true) ?? null;
}

/** What an overlay is to speak of: a message of a joined conversation is spoken of where it stands. */
export async function overlaySubject(reader: () => Promise<ArchiveReader>, subject: string): Promise<string> {
  const [, conversation = '', seq = '0'] = /^message:([^/]+)\/(\d+)$/.exec(subject) ?? [];
  if (Number(seq) < seqsOfPart) return subject;
  return (await import('./apply-joinings')).subjectInPart(await reader(), conversation as ConversationId, Number(seq));
}

// Conversations as they are shown; where none are joined, which is nearly always, nothing is loaded for it.

import type { ConversationId } from '../model/ids';
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

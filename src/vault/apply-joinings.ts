// What the owner sees as conversations: those that are joined as one, under the id of the first.

import type { ConversationId } from '../model/ids';
import { addressIn, groupsOf } from '../model/joined';
import type { Overlay } from '../model/overlay';
import { messageSubject } from '../model/overlay-index';
import type { ArchiveReader, ConversationEntry } from './archive';

/** All of them. A joining of which nothing is made yet, or which the owner has taken back, shows its parts. */
export async function applyJoinings(reader: ArchiveReader, overlays: readonly Overlay[]): Promise<readonly ConversationEntry[]> {
  const [own, joined] = await Promise.all([reader.conversations(), reader.joined()]);
  const groups = groupsOf(overlays);
  const inForce = joined.filter(({ parts = [] }) => groups.get(parts[0] as ConversationId)?.join() === parts.join());
  const hidden = new Set(inForce.flatMap(({ parts = [] }) => parts));
  return [...own.filter(({ id }) => !hidden.has(id)), ...inForce.map((entry) => ({ ...entry, id: entry.parts?.[0] ?? entry.id }))];
}

/** Those that were joined to each joined conversation, by its id. */
export async function listParts(
  reader: ArchiveReader,
  shown: readonly ConversationEntry[],
): Promise<ReadonlyMap<ConversationId, readonly ConversationEntry[]>> {
  const own = new Map((await reader.conversations()).map((entry) => [entry.id, entry]));
  return new Map(shown.map(({ id, parts = [] }) => [id, parts.slice(1).flatMap((part) => own.get(part) ?? [])]));
}

/** A message that is spoken of by its number in a joined conversation, as its part knows it. */
export async function subjectInPart(reader: ArchiveReader, conversation: ConversationId, seq: number): Promise<string> {
  const joined = (await reader.joined()).find(({ parts }) => parts?.[0] === conversation);
  return messageSubject(addressIn(joined?.parts ?? [], seq) ?? { conversation, seq });
}

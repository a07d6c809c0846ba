// What the owner sees as conversations: those that are joined as one, under the id of the first.

import type { ConversationId } from '../model/ids';
import { addressIn, groupsOf } from '../model/joined';
import { markedMessage, marksOf } from '../model/marks';
import type { Overlay } from '../model/overlay';
import { messageSubject } from '../model/overlay-index';
import type { ConversationView } from '../model/view';
import type { ArchiveReader, ConversationEntry } from './archive';
import { twinsOf } from './marks-in';

/** All of them. A joining of which nothing is made yet, or which the owner has taken back, shows its parts. */
export async function applyJoinings(reader: ArchiveReader, overlays: readonly Overlay[]): Promise<readonly ConversationEntry[]> {
  const [own, joined] = await Promise.all([reader.conversations(), reader.joined()]);
  const groups = groupsOf(overlays);
  const inForce = joined.filter(({ parts = [] }) => groups.get(parts[0] as ConversationId)?.join() === parts.join());
  const hidden = new Set(inForce.flatMap(({ parts = [] }) => parts));
  return [...own.filter(({ id }) => !hidden.has(id)), ...inForce.map((entry) => ({ ...entry, id: entry.parts?.[0] ?? entry.id }))];
}

/** The views, with what was joined to each joined conversation. */
export async function tellParts(
  reader: ArchiveReader,
  shown: readonly ConversationEntry[],
  views: readonly ConversationView[],
): Promise<readonly ConversationView[]> {
  const own = new Map((await reader.conversations()).map((entry) => [entry.id, entry]));
  const parts = new Map(shown.flatMap(({ id, parts: ids }) => (ids === undefined ? [] : [[id, ids.slice(1)] as const])));
  return views.map((view) => {
    const joined = parts.get(view.id)?.flatMap((part) => own.get(part) ?? []);
    return joined === undefined ? view : { ...view, joined: joined.map(({ id, name, source }) => ({ id, name: name ?? '', source })) };
  });
}

/**
 * What an overlay is to speak of: a message of a joined conversation is spoken of where it stands, in its part. Those that
 * follow are the same message in other parts, where something is said of it: what is taken back is taken back there too.
 */
export async function overlaySubjects(
  reader: ArchiveReader,
  overlays: readonly Overlay[],
  subject: string,
): Promise<readonly [string, ...string[]]> {
  const address = markedMessage(subject);
  const joined = address === null ? undefined : (await applyJoinings(reader, overlays)).find(({ id, parts }) => parts !== undefined && id === address.conversation); // prettier-ignore
  if (address === null || joined === undefined) return [subject];
  const twins = await twinsOf(reader, joined, marksOf(overlays), address.seq);
  return [messageSubject(addressIn(joined.parts ?? [], address.seq) ?? address), ...twins.map(messageSubject)];
}

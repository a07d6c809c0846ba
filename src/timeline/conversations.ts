// The list of conversations, as the screen shows it: overlays applied, the removed left out.

import { conversationName, personName } from '../model/display-names';
import type { ConversationId, PersonId } from '../model/ids';
import { conversationSubject } from '../model/overlay-index';
import type { OverlayIndex } from '../model/overlay-index';
import type { Receipt } from '../model/receipt';
import { messageKinds } from '../model/record';
import { demoArchiveName } from '../model/source';
import type { ConversationView } from '../model/view';
import type { ConversationEntry, PersonEntry } from '../vault/archive';

type People = ReadonlyMap<PersonId, PersonEntry>;

/** Pinned ones first, then those with the latest message. */
export function conversationViews(
  entries: readonly ConversationEntry[],
  people: People,
  overlays: OverlayIndex,
  demos: ReadonlySet<ConversationId>,
): readonly ConversationView[] {
  const views = entries
    .filter(({ id }) => !overlays.has('removed', conversationSubject(id)))
    .map((entry) => ({ ...conversationView(entry, people, overlays), demo: demos.has(entry.id) }));
  return views.toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned) || (b.lastAtMs ?? -Infinity) - (a.lastAtMs ?? -Infinity) || compareIds(a.id, b.id),
  );
}

/** Those that came with the demo archive and with nothing else. */
export function demoConversations(receipts: readonly Receipt[]): ReadonlySet<ConversationId> {
  const demos = new Set<ConversationId>();
  const others = new Set<ConversationId>();
  for (const { files, conversations, undoneAtMs } of receipts) {
    if (undoneAtMs !== null) continue;
    const isDemo = files.length > 0 && files.every(({ path }) => path === demoArchiveName);
    for (const { conversation } of conversations) (isDemo ? demos : others).add(conversation);
  }
  return new Set([...demos].filter((id) => !others.has(id)));
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function conversationView(entry: ConversationEntry, people: People, overlays: OverlayIndex): Omit<ConversationView, 'demo'> {
  const subject = conversationSubject(entry.id);
  const senderId = entry.last?.sender ?? null;
  const sender = senderId === null ? undefined : people.get(senderId);
  const kind = messageKinds.find((known) => known === entry.last?.kind) ?? 'unknown';
  return {
    id: entry.id,
    name: conversationName(entry, overlays, people),
    source: entry.source,
    shape: entry.shape,
    messageCount: entry.messageCount,
    firstAtMs: entry.firstAtMs,
    lastAtMs: entry.lastAtMs,
    last: entry.last === null ? null : { text: entry.last.text, senderName: sender ? personName(sender, overlays) : null, kind },
    pinned: overlays.has('pinned', subject),
    hidden: overlays.has('hidden', subject),
    zone: entry.zone,
  };
}

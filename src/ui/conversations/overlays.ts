// What the owner sets on conversations and messages, as overlays.

import type { ConversationId } from '../../model/ids';
import type { Session } from '../../session/session';

/** Pins or hides a conversation, or takes that back. */
export function markConversation(session: Session, kind: 'pinned' | 'hidden', id: ConversationId, on: boolean): Promise<void> {
  return session.vault.setOverlay(kind, `conversation:${id}`, { [kind]: on ? 'yes' : null });
}

/** Bookmarks a message, or takes that back. */
export function bookmarkMessage(
  session: Session,
  message: { readonly conversation: ConversationId; readonly seq: number },
  on: boolean,
): Promise<void> {
  return session.vault.setOverlay('bookmark', `message:${message.conversation}/${message.seq}`, { bookmark: on ? 'yes' : null });
}

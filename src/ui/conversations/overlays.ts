// What the owner sets on conversations and messages, as overlays.

import type { ConversationId, MessageAddress } from '../../model/ids';
import { conversationSubject, messageSubject } from '../../model/overlay-index';
import type { Session } from '../../session/session';

/** Pins or hides a conversation, or takes that back. */
export function markConversation(session: Session, kind: 'pinned' | 'hidden', id: ConversationId, on: boolean): Promise<void> {
  return session.vault.setOverlay(kind, conversationSubject(id), { [kind]: on ? 'yes' : null });
}

/** Bookmarks a message, or takes that back. */
export function bookmarkMessage(session: Session, message: MessageAddress, on: boolean): Promise<void> {
  return session.vault.setOverlay('bookmark', messageSubject(message), { bookmark: on ? 'yes' : null });
}

// What the owner sets on conversations, as overlays.

import type { ConversationId } from '../../model/ids';
import { conversationSubject } from '../../model/overlay-index';
import type { Session } from '../../session/session';

/** Pins or hides a conversation, or takes that back. */
export function markConversation(session: Session, kind: 'pinned' | 'hidden', id: ConversationId, on: boolean): Promise<void> {
  return session.vault.setOverlay(kind, conversationSubject(id), { [kind]: on ? 'yes' : null });
}

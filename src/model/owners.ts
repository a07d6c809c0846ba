// Whose phone it was: who "me" is in a conversation.

import type { ConversationId, PersonId } from './ids';
import { conversationSubject, type OverlayIndex, personSubject } from './overlay-index';

interface OwnedConversation {
  readonly id: ConversationId;
  /** As archives, or the owner at an import, said it. */
  readonly ownerPeople: readonly PersonId[];
}

interface MaybeOwner {
  readonly id: PersonId;
  readonly isOwner: boolean;
  /** Of merged people, the one that they are shown as. */
  readonly one?: PersonId;
}

/** Whom the owner has said to be themselves in this conversation; null where archives tell. */
export function chosenOwner(id: ConversationId, overlays: OverlayIndex): PersonId | null {
  return overlays.value('owner', conversationSubject(id)) as PersonId | null;
}

/** True for the owner wherever nothing else was chosen. */
export function isOwnerAnywhere({ id, isOwner }: MaybeOwner, overlays: OverlayIndex): boolean {
  return isOwner || overlays.has('owner', personSubject(id));
}

export function isOwnerIn(person: MaybeOwner, { id, ownerPeople }: OwnedConversation, overlays: OverlayIndex): boolean {
  const chosen = chosenOwner(id, overlays);
  if (chosen !== null) return person.id === chosen || person.one === chosen;
  return ownerPeople.includes(person.id) || isOwnerAnywhere(person, overlays);
}

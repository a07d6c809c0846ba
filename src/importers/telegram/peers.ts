// Ids of users, groups and channels. Exports since 2021 write `user123`, `chat123`, `channel123`; those of 2018 to 2020
// write bare integers, and as ids of conversations 64-bit ones whose upper half tells the kind: 1 a user, 2 a group or a
// channel (tdesktop, export_data_types.cpp of those years). All are brought to the newer form, so that an old and a new
// export of one chat have the same ids.

import type { Json } from '../../model/json';
import type { ConversationShape } from '../../model/record';

type PeerKind = 'user' | 'chat' | 'channel';

interface ConversationType {
  readonly shape: ConversationShape;
  readonly peer: PeerKind;
}

/** By the export's `type`. Whether a group or a channel is public may change; its kind of id does not. */
const conversationTypes = new Map<string, ConversationType>([
  ['saved_messages', { shape: 'self', peer: 'user' }],
  ['replies', { shape: 'direct', peer: 'user' }],
  ['verification_codes', { shape: 'direct', peer: 'user' }],
  ['personal_chat', { shape: 'direct', peer: 'user' }],
  ['bot_chat', { shape: 'direct', peer: 'user' }],
  ['private_group', { shape: 'group', peer: 'chat' }],
  ['private_supergroup', { shape: 'group', peer: 'channel' }],
  ['public_supergroup', { shape: 'group', peer: 'channel' }],
  ['private_channel', { shape: 'channel', peer: 'channel' }],
  ['public_channel', { shape: 'channel', peer: 'channel' }],
]);

const upperHalf = 2 ** 32;

/** True for a word that `type` is known to have. */
export function isConversationType(type: Json | undefined): boolean {
  return typeof type === 'string' && conversationTypes.has(type);
}

/** The shape of a conversation of this `type`; `unknown` for a word that is not in the list. */
export function shapeOf(type: string | null): ConversationShape {
  return (type === null ? undefined : conversationTypes.get(type)?.shape) ?? 'unknown';
}

/**
 * The id of a conversation in the newer form, such as `user4444`; the bare id where its type is unknown, null where it has
 * none. `integerIds` says that the export is of the years of integer ids, whose upper half is taken off.
 */
export function conversationPeerId(type: string | null, id: Json | undefined, integerIds: boolean): string | null {
  if ((typeof id !== 'number' && typeof id !== 'string') || id === '') return null;
  const bare = typeof id === 'number' && integerIds && id >= upperHalf && id < 3 * upperHalf ? id % upperHalf : id;
  const peer = type === null ? undefined : conversationTypes.get(type)?.peer;
  return peer === undefined ? String(bare) : peer + String(bare);
}

/**
 * The id of whoever wrote a message, in the newer form; null where there is none. A bare integer is a user's, unless it is
 * the conversation's own, as in posts signed by a group or a channel.
 */
export function senderPeerId(id: Json | undefined, conversation: string | null): string | null {
  if (typeof id === 'string') return id === '' ? null : id;
  if (typeof id !== 'number') return null;
  const bare = String(id);
  if (conversation === `channel${bare}` || conversation === `chat${bare}`) return conversation;
  return `user${bare}`;
}

/** True where the chat's type tells that this sender is the owner: in direct chats, and in messages saved to oneself. */
export function isOwnSide(senderId: string, conversationPeer: string | null, type: string | null): boolean {
  if (conversationPeer === null || !senderId.startsWith('user')) return false;
  const shape = shapeOf(type);
  return shape === 'self' ? senderId === conversationPeer : shape === 'direct' && senderId !== conversationPeer;
}

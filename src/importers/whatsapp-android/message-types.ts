// What WhatsApp's numbers mean (formats/international.md §1.3).

import type { AttachmentRecord, MessageKind } from '../../model/record';

export interface MessageType {
  readonly kind: MessageKind;
  readonly attachment?: AttachmentRecord['kind'];
  /** Could be seen once. */
  readonly isOnce?: true;
}

/** `message.message_type` and `messages.media_wa_type`; a number that is not here is unknown. */
export const messageTypes: ReadonlyMap<number, MessageType> = new Map<number, MessageType>([
  [0, { kind: 'text' }],
  [1, { kind: 'image', attachment: 'image' }],
  [2, { kind: 'voice', attachment: 'voice' }],
  [3, { kind: 'video', attachment: 'video' }],
  [4, { kind: 'contact' }],
  [5, { kind: 'location' }],
  [7, { kind: 'system' }],
  [9, { kind: 'file', attachment: 'file' }],
  [10, { kind: 'call' }],
  [13, { kind: 'video', attachment: 'animation' }],
  [15, { kind: 'text' }],
  [16, { kind: 'location' }],
  [20, { kind: 'sticker', attachment: 'sticker' }],
  [42, { kind: 'image', attachment: 'image', isOnce: true }],
  [43, { kind: 'video', attachment: 'video', isOnce: true }],
  [66, { kind: 'poll' }],
  [90, { kind: 'call' }],
]);

export const systemType = 7;
export const deletedType = 15;
export const missedCallType = 10;
export const liveLocationType = 16;
export const callTypes: ReadonlySet<number> = new Set([missedCallType, 90]);
/** Only in `messages`: a call made or received. */
export const legacyCallType = 8;

/** `message_system.action_type`, and of old rows `messages.media_size`; a number that is not here is kept as `action_<number>`. */
export const systemActions: ReadonlyMap<number, string> = new Map([
  [1, 'edit_group_title'],
  [4, 'invite_members'],
  [5, 'leave_group'],
  [6, 'edit_group_photo'],
  [7, 'remove_members'],
  [9, 'create_broadcast'],
  [10, 'change_number'],
  [11, 'create_group'],
  [12, 'invite_members'],
  [14, 'remove_members'],
  [15, 'promote_members'],
  [18, 'security_code_changed'],
  [19, 'end_to_end_notice'],
  [20, 'join_group_by_link'],
  [27, 'edit_group_description'],
  [28, 'change_number'],
  [46, 'business_notice'],
  [47, 'official_business_notice'],
  [50, 'business_became_standard'],
  [56, 'set_messages_ttl'],
  [57, 'security_code_changed'],
  [58, 'block_contact'],
  [59, 'unset_messages_ttl'],
  [67, 'privacy_provider_notice'],
  [69, 'business_state'],
  [129, 'is_a_contact'],
]);

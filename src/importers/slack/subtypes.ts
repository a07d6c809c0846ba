// Subtypes of messages (Slack's public API reference of the `message` event, and what exports hold).

/** What people and bots wrote. */
const contentSubtypes = new Set([
  'bot_message',
  'me_message',
  'file_comment',
  'file_share',
  'file_mention',
  'thread_broadcast',
  'reply_broadcast',
  'slackbot_response',
  'assistant_app_thread',
  'document_mention',
]);

const systemSubtypes = new Set([
  'app_conversation_join',
  'app_conversation_leave',
  'bot_add',
  'bot_remove',
  'bot_enable',
  'bot_disable',
  'pinned_item',
  'unpinned_item',
  'reminder_add',
  'reminder_delete',
  'ekm_access_denied',
  'joiner_notification',
  'joiner_notification_for_inviter',
  'channel_canvas_updated',
  'tabbed_canvas_updated',
  'huddle_invite_message',
]);

/** What happened in source-neutral words, where one fits. */
const actions: ReadonlyMap<string, string> = new Map([
  ['join', 'join_group'],
  ['leave', 'leave_group'],
  ['name', 'edit_group_title'],
  ['topic', 'edit_group_topic'],
  ['purpose', 'edit_group_purpose'],
  ['archive', 'archive_group'],
  ['unarchive', 'unarchive_group'],
]);

export type SlackKind = 'content' | 'system' | 'call' | 'deleted' | 'unknown';

/** What a message of this subtype is; null stands for none. */
export function kindOfSubtype(subtype: string | null): SlackKind {
  if (subtype === null || contentSubtypes.has(subtype)) return 'content';
  if (subtype === 'huddle_thread' || subtype === 'sh_room_created') return 'call';
  if (subtype === 'tombstone' || subtype === 'message_deleted') return 'deleted';
  return systemSubtypes.has(subtype) || /^(?:channel|group)_[a-z_]{1,40}$/.test(subtype) ? 'system' : 'unknown';
}

/** The word for what happened: ours where one fits, else Slack's. */
export function actionOf(subtype: string): string {
  if (subtype === 'pinned_item') return 'pin_message';
  return actions.get(/^(?:channel|group)_([a-z_]+)$/.exec(subtype)?.[1] ?? '') ?? subtype;
}

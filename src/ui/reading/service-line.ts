// What a system line says: the source's own words where it has them, else ours for the actions we know, else the action's name.

import type { MessageView } from '../../model/view';
import type { Format } from '../format';
import type { StringKey, Translate } from '../strings/strings';

/** Telegram's actions (formats/international.md §3) and the neutral ones that have words in both languages. */
const spoken: ReadonlyMap<string, StringKey> = new Map<string, StringKey>([
  ['create_group', 'service.createGroup'],
  ['create_channel', 'service.createChannel'],
  ['edit_group_title', 'service.title'],
  ['edit_group_photo', 'service.photo'],
  ['delete_group_photo', 'service.photoRemoved'],
  ['invite_members', 'service.invited'],
  ['remove_members', 'service.removed'],
  ['join_group_by_link', 'service.joinedByLink'],
  ['join_group_by_request', 'service.joinedByRequest'],
  ['migrate_to_supergroup', 'service.upgraded'],
  ['migrate_from_group', 'service.upgraded'],
  ['pin_message', 'service.pinned'],
  ['clear_history', 'service.cleared'],
  ['phone_call', 'service.call'],
  ['group_call', 'service.groupCall'],
  ['group_call_scheduled', 'service.groupCallScheduled'],
  ['invite_to_group_call', 'service.invitedToCall'],
  ['joined_telegram', 'service.joinedApp'],
  ['set_messages_ttl', 'service.timer'],
  ['take_screenshot', 'service.screenshot'],
  ['edit_chat_theme', 'service.theme'],
  ['topic_created', 'service.topic'],
  ['topic_edit', 'service.topicEdited'],
  ['score_in_game', 'service.game'],
  ['set_chat_wallpaper', 'service.wallpaper'],
]);

/** The words of a system message. Names stand in isolates, since they may run the other way. */
export function serviceLine(message: MessageView, t: Translate, format: Format): string {
  if (message.text !== '') return message.text;
  const service = message.facts?.service;
  if (service === undefined) return t('kind.system');
  const key = spoken.get(service.action);
  const actor = isolate(message.senderView?.name ?? t('service.someone'));
  const members = format.list((service.members ?? []).map(isolate));
  if (key !== undefined) return t(key, { actor, members: members === '' ? t('service.someone') : members });
  return members === '' ? service.action : `${service.action}: ${members}`;
}

function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}

// Types of Discord messages. DiscordChatExporter writes a word for those it knows and the API's number for the others
// (Tyrrrz/DiscordChatExporter, MessageKind.cs; numbers: Discord's public API reference, "Message Types").

import type { MessageKind } from '../../model/record';

export interface DiscordType {
  readonly kind: MessageKind;
  /** For system lines. */
  readonly action?: string;
}

const content: DiscordType = { kind: 'text' };
const system = (action: string): DiscordType => ({ kind: 'system', action });

/** By word and by number; what is not here is unknown. */
export const discordTypes: ReadonlyMap<string, DiscordType> = new Map([
  ...['Default', '0', 'Reply', '19', '20', '21', '23'].map((word) => [word, content] as const),
  ...['Call', '3'].map((word) => [word, { kind: 'call' }] as const),
  ...['RecipientAdd', '1'].map((word) => [word, system('invite_members')] as const),
  ...['RecipientRemove', '2'].map((word) => [word, system('remove_members')] as const),
  ...['ChannelNameChange', '4'].map((word) => [word, system('edit_group_title')] as const),
  ...['ChannelIconChange', '5'].map((word) => [word, system('edit_group_photo')] as const),
  ...['ChannelPinnedMessage', '6'].map((word) => [word, system('pin_message')] as const),
  ...['GuildMemberJoin', '7'].map((word) => [word, system('join_group')] as const),
  ...['ThreadCreated', '18'].map((word) => [word, system('topic_created')] as const),
  ...['8', '9', '10', '11'].map((word) => [word, system('boost_apply')] as const),
  ['12', system('channel_follow_add')],
  ...['14', '15', '16', '17'].map((word) => [word, system('discovery_notice')] as const),
  ['22', system('invite_reminder')],
  ['24', system('moderation_action')],
  ...['25', '26', '32', '44'].map((word) => [word, system('purchase')] as const),
  ...['27', '28', '29', '31'].map((word) => [word, system('stage')] as const),
  ...['36', '37', '38', '39'].map((word) => [word, system('incident_notice')] as const),
  ['46', system('poll_result')],
]);

// Guild and channel at the head of an export, as a conversation.

import type { JsonObject } from '../../model/json';
import type { ConversationRecord, ConversationShape } from '../../model/record';
import { idOf, membersBeyond, words } from '../json-fields';

export interface Channel {
  readonly id: string;
  readonly name: string | null;
  readonly shape: ConversationShape;
  /** Null for direct messages. */
  readonly guildName: string | null;
  readonly extra: JsonObject;
}

/** Kinds of channels by the exporter's word (ChannelKind.cs) and by the data package's; all others are groups. */
const shapes: ReadonlyMap<string, ConversationShape> = new Map<string, ConversationShape>([
  ['DirectTextChat', 'direct'],
  ['DM', 'direct'],
  ['1', 'direct'],
  ['GuildNews', 'channel'],
  ['GUILD_NEWS', 'channel'],
  ['GUILD_ANNOUNCEMENT', 'channel'],
  ['5', 'channel'],
]);

/** The shape of a conversation of this type of channel; `unknown` where there is no type. */
export function shapeOf(type: string | null): ConversationShape {
  return type === null ? 'unknown' : (shapes.get(type) ?? 'group');
}

const ownKeys = new Set(['id', 'name']);

/** The members `guild` and `channel` of an export; null where they are not what DiscordChatExporter writes. */
export function readChannel(guild: JsonObject | null, channel: JsonObject | null): Channel | null {
  const id = idOf(channel?.['id']);
  const type = words(channel?.['type']);
  if (guild === null || channel === null || id === null || type === null || idOf(guild['id']) === null) return null;
  const isDirect = idOf(guild['id']) === '0';
  return {
    id,
    name: words(channel['name']),
    shape: shapeOf(type),
    guildName: isDirect ? null : words(guild['name']),
    extra: { ...membersBeyond(channel, ownKeys), ...(isDirect ? {} : { guild }) },
  };
}

/** The name under which a channel is shown: a guild's channels are often called alike. */
export function titleOf({ name, guildName }: Pick<Channel, 'name' | 'guildName'>): string | null {
  return guildName === null || name === null ? (name ?? guildName) : `${guildName} / ${name}`;
}

/** The conversation; known by the channel's id. */
export function toConversation(channel: Channel | null, index: number): ConversationRecord {
  if (channel === null) return { type: 'conversation', index, sourceId: null, name: null, shape: 'unknown' };
  const { id, shape, extra } = channel;
  return { type: 'conversation', index, sourceId: id, name: titleOf(channel), shape, extra };
}

/** Ids are decimal numbers beyond 2^53 that grow with time: the longer is the greater. Null, of a part without messages, comes last. */
export function compareIds(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}

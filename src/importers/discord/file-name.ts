// Names that DiscordChatExporter gives its files: `Guild - Category - channel [id].csv`, `… [id] [part 2].csv`; for direct
// chats the guild is `Direct Messages`.

import type { ConversationShape } from '../../model/record';
import { baseName } from '../archive-files';
import { titleOf } from './channel';

export interface NamedChannel {
  readonly id: string | null;
  /** As titleOf gives it; null where the name is not of this form. */
  readonly name: string | null;
  readonly channelName: string | null;
  readonly shape: ConversationShape;
  /** Number of the part, from 1. */
  readonly part: number;
}

const pattern = /^(.{1,300}) \[(\d{15,20})\](?: \[part (\d{1,6})\])?\.[a-z]{3,4}$/;

export function channelOfName(path: string): NamedChannel {
  const match = pattern.exec(baseName(path));
  if (match === null) return { id: null, name: null, channelName: null, shape: 'unknown', part: 1 };
  const words = (match[1] ?? '').split(' - ');
  const channelName = words.at(-1) ?? null;
  const isDirect = words[0] === 'Direct Messages';
  const guildName = isDirect || words.length < 2 ? null : (words[0] ?? null);
  const shape = isDirect ? 'unknown' : 'group';
  return { id: match[2] ?? null, name: titleOf({ name: channelName, guildName }), channelName, shape, part: Number(match[3] ?? 1) };
}

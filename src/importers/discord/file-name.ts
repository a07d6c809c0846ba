// Names that DiscordChatExporter gives its files: `Guild - Category - channel [id].csv`, `… [id] [part 2].csv`; for direct
// chats the guild is `Direct Messages`.

import type { FileSet } from '../../bytes/source';
import type { ConversationShape } from '../../model/record';
import { baseName } from '../archive-files';
import type { Detection } from '../importer';
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

/** Files in the order of their channels, the parts of one by number; what a detection of them says. A file whose name does not tell is a channel of its own. */
export function orderChannels(files: FileSet, entries: readonly number[]): Pick<Detection, 'entries' | 'title' | 'isSingle'> {
  const channels = entries.map((entry) => channelOfName(files.entries[entry]?.path ?? ''));
  const place = new Map([...channels.entries()].reverse().map(([at, { id }]) => [id, at]));
  const sorted = channels
    .map((channel, at) => ({ entry: entries[at] ?? -1, at: channel.id === null ? at : (place.get(channel.id) ?? at), part: channel.part }))
    .sort((one, other) => one.at - other.at || one.part - other.part);
  const isSingle = channels.length === 1 || (channels[0]?.id !== null && place.size === 1);
  return { entries: sorted.map(({ entry }) => entry), title: isSingle ? (channels[0]?.name ?? null) : null, isSingle };
}

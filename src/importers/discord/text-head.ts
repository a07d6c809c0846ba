// What the beginning of a text of DiscordChatExporter says: guild and channel between two rules, then messages.

import type { FileEntry } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import { titleOf } from './channel';
import { channelOfName } from './file-name';
import { readTextHeader } from './text-message';
import type { Writers } from './owner';

export interface TextHead extends Writers {
  /** The channel's id, by the file's name only. */
  readonly channelId: string | null;
  /** As titleOf gives it. */
  readonly name: string | null;
  /** Times as written, in the order of the file. */
  readonly times: readonly string[];
}

export const rule = /^={40,80}$/;
const beginning = /^\ufeff?={40,80}\r?\n(?:Guild|Channel): /;
const directGuild = 'Direct Messages';
const timesLimit = 20_000;

/** Reads so many bytes of a file; null where they are not of such a text. Never throws for foreign bytes. */
export async function readTextHead({ path, open }: FileEntry, headBytes: number): Promise<TextHead | null> {
  const text = decodeHead(await open().read(0, headBytes));
  if (!beginning.test(text)) return null;
  const lines = text.split(/\r?\n/);
  const named = channelOfName(path);
  const end = lines.findIndex((line, at) => at > 0 && rule.test(line));
  const valueOf = (key: string) =>
    lines
      .slice(0, end)
      .find((line) => line.startsWith(`${key}: `))
      ?.slice(key.length + 2) ?? null;
  const guild = valueOf('Guild');
  const isDirect = guild === directGuild;
  const channel = channelName(valueOf('Channel'), isDirect);
  const headers = lines.flatMap((line, at) => (lines[at - 1] === '' ? (readTextHeader(line) ?? []) : []));
  const authors = new Map(headers.map(({ author }) => [author, author]));
  const namesakes = [...authors.keys()].filter((author) => author.replace(/#\d{4}$/, '') === channel);
  return {
    channelId: named.id,
    name: channel === null ? named.name : titleOf({ name: channel, guildName: isDirect ? null : guild }),
    shape: isDirect ? 'unknown' : guild === null ? named.shape : 'group',
    authors,
    namesakes: new Set(namesakes),
    times: headers.slice(0, timesLimit).map(({ time }) => time),
  };
}

/** Behind the category; of a direct chat the whole, since its name may be anything. */
function channelName(path: string | null, isDirect: boolean): string | null {
  if (path === null) return null;
  return isDirect ? path.replace(/^Private \/ /, '') : (path.split(' / ').at(-1) ?? path);
}

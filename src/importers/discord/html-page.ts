// Pages that DiscordChatExporter writes as HTML: which elements of one hold messages, and what its beginning says.

import { readHtmlPieces, type HtmlElement, type IsWanted } from '../../bytes/html-elements';
import { attributeOf, findElements, hasClass, shownTextOf } from '../../bytes/html-query';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import { detectBytes } from '../archive-files';
import { titleOf } from './channel';
import { channelOfName, type NamedChannel } from './file-name';
import { findAuthor } from './html-author';
import type { Writers } from './owner';

export interface HtmlHead extends Writers {
  /** The channel's id, by the file's name only. */
  readonly channelId: string | null;
  /** As titleOf gives it. */
  readonly name: string | null;
  /** Null for direct messages. */
  readonly guildName: string | null;
  /** Lines below guild and channel: the topic, the dates between which was exported. */
  readonly lines: readonly string[];
  /** Id of the first message; null where there is none. */
  readonly firstId: string | null;
}

/** Attributes have no quotation marks where the exporter shortened its pages. */
const signatures = [/class="?preamble["\s>]/, /class="?chatlog["\s>]/] as const;
const directGuild = 'Direct Messages';

/** Messages, the names above them in pages of before 2022, and what stands before and behind all of them. */
export const isWanted: IsWanted = (tag) =>
  tag.attributes.has('data-message-id') || hasClass(tag, 'chatlog__author-name') || hasClass(tag, 'preamble') || hasClass(tag, 'postamble');

/** Reads the first 256 KiB, of which styles take a part; null where they are not of such a page. Never throws for foreign bytes. */
export async function readHtmlHead(source: ByteSource, path: string): Promise<HtmlHead | null> {
  const bytes = await source.read(0, detectBytes);
  const text = decodeHead(bytes);
  if (!signatures.every((signature) => signature.test(text))) return null;
  const authors = new Map<string, string>();
  const names = new Map<string, readonly string[]>();
  let firstId: string | null = null;
  let preamble: Preamble = { guild: null, channel: null, lines: [] };
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted })) {
    for (const { element } of pieces) {
      if (element === null) continue;
      if (hasClass(element, 'preamble')) preamble = readPreamble(element);
      firstId ??= attributeOf(element, 'data-message-id');
      const author = findAuthor(element);
      if (author === null || authors.has(author.id)) continue;
      authors.set(author.id, author.nickname ?? author.name ?? author.id);
      names.set(author.id, [author.nickname ?? '', author.name ?? '']);
    }
  }
  return { ...channelOf(preamble, channelOfName(path)), lines: preamble.lines, firstId, authors, namesakes: namesakesOf(preamble, names) };
}

interface Preamble {
  readonly guild: string | null;
  readonly channel: string | null;
  readonly lines: readonly string[];
}

/** The guild, the channel behind its category, then smaller lines. */
function readPreamble(element: HtmlElement): Preamble {
  const [guild = null, path = null, ...lines] = findElements(element, '.preamble__entry').map(shownTextOf);
  const isDirect = guild === directGuild;
  const channel = path === null ? null : isDirect ? path.replace(/^Private \/ /, '') : (path.split(' / ').at(-1) ?? null);
  return { guild, channel, lines: lines.filter((line) => line !== '') };
}

function channelOf({ guild, channel }: Preamble, named: NamedChannel): Pick<HtmlHead, 'channelId' | 'name' | 'guildName' | 'shape'> {
  const isDirect = guild === directGuild;
  const guildName = isDirect ? null : guild;
  const name = channel === null ? named.name : titleOf({ name: channel, guildName });
  return { channelId: named.id, name, guildName, shape: guild === null ? named.shape : isDirect ? 'unknown' : 'group' };
}

function namesakesOf({ channel }: Preamble, names: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  return new Set(channel === null ? [] : [...names].filter(([, own]) => own.includes(channel)).map(([id]) => id));
}

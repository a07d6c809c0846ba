// One message of DiscordChatExporter's text: `[time] author`, text, then blocks such as `{Attachments}`.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, Reaction } from '../../model/record';
import { baseName } from '../archive-files';
import { attach, messageKindOf } from '../file-kind';
import { joinLines } from '../text-pieces';
import { parseWrittenTime } from '../written-time';
import { isCustomEmoji } from './html-markdown';

export interface TextHeader {
  /** The time as written. */
  readonly time: string;
  readonly author: string;
  readonly isPinned: boolean;
}

const header = /^\[([^\][]{6,80})\] (.{1,200}?)( \(pinned\))?$/;

/** `[11/30/2023 8:18 PM] ann_demo (pinned)`; null for any other line. */
export function readTextHeader(line: string): TextHeader | null {
  const [, time, author, pinned] = header.exec(line.slice(0, 400)) ?? [];
  if (time === undefined || author === undefined || parseWrittenTime(time) === null) return null;
  return { time, author, isPinned: pinned !== undefined };
}

const block = /^\{(Attachments|Embed|Stickers|Reactions|Forwarded Message)\}$/;

export interface TextPlace {
  readonly files: FileSet;
  /** Where the text lies: '' or ending in `/`. */
  readonly folder: string;
}

type Body = Pick<MessageRecord, 'kind' | 'text' | 'attachments' | 'facts'>;

/** The lines below a message's header. */
export function readTextBody(lines: readonly string[], isPinned: boolean, place: TextPlace): Body {
  const { text, blocks } = divide(lines);
  const linesOf = (name: string) =>
    blocks.filter((one) => one.name === name).flatMap((one) => one.lines.filter((line) => line.trim() !== ''));
  const urls = linesOf('Attachments');
  const stickers = linesOf('Stickers');
  const files = [...urls.map((url) => toAttachment(url, null, place)), ...stickers.map((url) => toAttachment(url, 'sticker', place))];
  const embeds = blocks.filter(({ name }) => name === 'Embed').map((one) => joinLines(one.lines));
  const forwarded = blocks.filter(({ name }) => name === 'Forwarded Message').map((one) => joinLines(one.lines));
  const extra: JsonObject = {
    ...(isPinned ? { isPinned } : {}),
    ...(urls.length > 0 ? { attachments: urls } : {}),
    ...(stickers.length > 0 ? { stickers } : {}),
    ...(embeds.length > 0 ? { embeds } : {}),
  };
  const reactions = linesOf('Reactions').flatMap(readReactions);
  const facts: MessageFacts = {
    ...(forwarded.length > 0 ? { forward: { fromName: null } } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
  const [first] = files;
  return {
    kind: first === undefined ? 'text' : messageKindOf(first.kind),
    text: [text, ...forwarded, ...(text === '' ? embeds : [])].filter((part) => part !== '').join('\n'),
    attachments: files.length === 0 ? noAttachments : files,
    facts: Object.keys(facts).length === 0 ? null : facts,
  };
}

interface Block {
  readonly name: string;
  readonly lines: string[];
}

function divide(lines: readonly string[]): { readonly text: string; readonly blocks: readonly Block[] } {
  const text: string[] = [];
  const blocks: Block[] = [];
  for (const line of lines) {
    const name = block.exec(line)?.[1];
    if (name === undefined) (blocks.at(-1)?.lines ?? text).push(line);
    else blocks.push({ name, lines: [] });
  }
  return { text: joinLines(text), blocks };
}

function toAttachment(url: string, kind: AttachmentRecord['kind'] | null, { files, folder }: TextPlace): AttachmentRecord {
  const name = baseName((/^[^?#]*/.exec(url)?.[0] ?? url).replaceAll('\\', '/'));
  const known = kind ?? (name === 'voice-message.ogg' ? 'voice' : null);
  return attach(files, folder, { path: url, name, ...(known === null ? {} : { kind: known }) });
}

/** `👍 (2) party`: one of each where no number follows. */
function readReactions(line: string): Reaction[] {
  return [...line.matchAll(/([^\s()]{1,100})(?: \((\d{1,9})\))?/g)].map(([, name = '', count = '1']) => ({
    emoji: isCustomEmoji(name) ? `:${name}:` : name,
    count: Number(count),
    by: [],
  }));
}

// The plain texts in which exporters write WeChat messages. Each begins a message with a header; what follows, up to the next
// header, is the message.

import type { Clock } from '../../model/record';
import { readExported, splitQuote } from './exported-text';
import type { ExportedBody } from './exported-text';
import type { ExportedChat } from './ledger';
import { chatlogBlock } from './chatlog-text';
import { readWallClock } from './identity';
import { bodyOf } from './message-body';
import type { WeChatBody } from './message-body';
import { replyTo } from './app-message';
import { baseTypes, splitType } from './message-types';
import { isNotice, readNotice } from './notices';
import { readBody } from './read-body';
import { typeOfPlaceholder } from './type-words';

export interface TextHeader {
  readonly name: string;
  /** WeChat's id of who writes; null where the form has none. */
  readonly senderId: string | null;
  /** The chat that the message is of, where a file may hold several; null for the file's own. */
  readonly chat: Pick<ExportedChat, 'id' | 'name'> | null;
  /** Null where the date has no year, and nobody said it. */
  readonly sentAtMs: number | null;
  readonly clock: Clock;
  /** What of the message stands in the header's own line; null where the message begins in the next one. */
  readonly rest: string | null;
  /** WeChat's number of the type, where the form has it. */
  readonly type: number | null;
}

export interface TextForm {
  /** What `formatVersion` says. */
  readonly version: string;
  /** True where messages are lines below a header and end with an empty one. */
  readonly isBlock: boolean;
  /** The name that stands for the owner in every file; null where the owner has a name. */
  readonly ownName: string | null;
  /** `year` is what a date without one is read with. */
  readHeader(line: string, year: number | null): TextHeader | null;
  readContent(header: TextHeader, text: string): ExportedBody;
}

const nameLimit = 128;
const clockPattern = String.raw`\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}`;

function headerOf(name: string, clock: string, rest: string | null, type: number | null = null): TextHeader | null {
  const time = readWallClock(clock);
  return time === null || name.length > nameLimit ? null : { name, senderId: null, chat: null, ...time, rest, type };
}

/** `2024-01-01 08:00:00 name`, the message below it. */
const block: TextForm = {
  version: 'memotrace-2',
  isBlock: true,
  ownName: null,
  readHeader(line) {
    const match = blockPattern.exec(line);
    return match === null ? null : headerOf((match[2] ?? '').trimEnd(), match[1] ?? '', null);
  },
  readContent: (_, text) => readShown(text),
};
const blockPattern = new RegExp(`^(${clockPattern}) (\\S.{0,${nameLimit}})$`);

/** The same with the name in single quotes. */
const quotedBlock: TextForm = {
  ...block,
  version: 'weflow',
  readHeader(line) {
    const header = block.readHeader(line, null);
    const name = header?.name ?? '';
    return header !== null && name.length > 2 && name.startsWith("'") && name.endsWith("'") ? { ...header, name: name.slice(1, -1) } : null;
  },
};

/** `name (2024-01-01 08:00:00):text`; lines without a header go on. */
const inline: TextForm = {
  version: 'wechatexporter',
  isBlock: false,
  ownName: null,
  readHeader(line) {
    const match = inlinePattern.exec(line);
    const name = match === null ? '' : line.slice(0, match.index);
    return match === null || name === '' ? null : headerOf(name, match[1] ?? '', line.slice(match.index + match[0].length));
  },
  readContent: (_, text) => readShown(text),
};
const inlinePattern = new RegExp(String.raw` \((${clockPattern})\):`);

/** `type|name:2024-01-01 08:00:00:text`, `me` for the owner, and at the end `|img:` with the name of a picture. */
const numbered: TextForm = {
  version: 'wechat-dump',
  isBlock: false,
  ownName: 'me',
  readHeader(line) {
    const type = /^(-?\d{1,10})\|/.exec(line);
    const match = type === null ? null : numberedPattern.exec(line);
    if (type === null || match === null || match.index <= type[0].length) return null;
    const name = line.slice(type[0].length, match.index);
    return headerOf(name, match[1] ?? '', line.slice(match.index + match[0].length), Number(type[1]));
  },
  readContent({ type }, text) {
    const at = text.lastIndexOf('|img:');
    const mediaPath = at < 0 ? null : text.slice(at + 5).trim();
    return { body: readNumbered(type ?? -1, at < 0 ? text : text.slice(0, at)), mediaPath };
  },
};
const numberedPattern = new RegExp(`:(${clockPattern}):`);

export const textForms: readonly TextForm[] = [quotedBlock, block, chatlogBlock, inline, numbered];

/** Words that this form writes for types, before what it kept of the message. */
const numberedWords: readonly (readonly [words: RegExp, type: number, sub: number])[] = [
  [/^FILE:/, baseTypes.app, 6],
  [/^URL:/, baseTypes.app, 5],
  [/^\[RED ENVELOPE\]\s?/, baseTypes.app, 2001],
  [/^(?:VIDEO FILE|WeChat VIDEO)$/, baseTypes.video, 0],
  [/^REQUEST VIDEO CHAT$/, baseTypes.call, 0],
  [/^LOCATION SHARING$/, baseTypes.app, 17],
];

function readNumbered(number: number, text: string): WeChatBody {
  const type = splitType(number);
  for (const [words, base, sub] of numberedWords) {
    if (words.test(text)) return readBody({ base, sub }, text.replace(words, ''));
  }
  const place = type.base === baseTypes.location ? /^LOCATION:([\s\S]{0,2000}) \((-?[\d.]{1,12}),(-?[\d.]{1,12})\)$/.exec(text) : null;
  if (place !== null) {
    const [, name = '', x = '', y = ''] = place;
    return bodyOf('location', '', { facts: { location: { latitude: Number(x) || 0, longitude: Number(y) || 0, name } } });
  }
  // An app message whose sub-type did not come with it, of which the title is left.
  if (type.base === baseTypes.app && type.sub === 0 && !text.startsWith('<')) return bodyOf('text', text);
  return readBody(type, text.replace(/^NAMECARD: /, ''));
}

/** A message as it is shown: text, a word in brackets, the path of a file, an answer. */
export function readShown(text: string): ExportedBody {
  const type = typeOfPlaceholder(text);
  if (type !== null) return readExported(type, text);
  const quote = readBracketedQuote(text) ?? splitQuote(text);
  if (quote !== null) return { body: bodyOf('text', quote.text, { facts: { replyTo: replyTo(null, quote.quoted) } }), mediaPath: null };
  const notice = isNotice(text) ? readNotice(text) : null;
  return notice === null ? readFileLine(text) : { body: notice, mediaPath: null };
}

/** `「name：text」`, a line of `- -`, then the answer. */
function readBracketedQuote(text: string): { readonly text: string; readonly quoted: string } | null {
  const end = text.startsWith('「') ? text.indexOf('」') : -1;
  const ruled = end < 0 ? null : /^\s{0,4}(?:- ){3,40}-?\s{0,4}/.exec(text.slice(end + 1));
  return ruled === null ? null : { quoted: text.slice(1, end), text: text.slice(end + 1 + ruled[0].length) };
}

const mediaFolders: readonly (readonly [path: RegExp, type: number, sub: number])[] = [
  [/^media\/images\/[^\n]{1,500}\.\w{2,5}$/, baseTypes.image, 0],
  [/^media\/voices\/[^\n]{1,500}\.\w{2,5}$/, baseTypes.voice, 0],
  [/^media\/videos\/[^\n]{1,500}\.\w{2,5}$/, baseTypes.video, 0],
  [/^media\/emojis\/[^\n]{1,500}\.\w{2,5}$/, baseTypes.sticker, 0],
  [/^media\/file[^\n]{1,500}\.\w{2,5}$/, baseTypes.app, 6],
];

/** One tool writes the path of an exported file in place of the text. */
function readFileLine(text: string): ExportedBody {
  const found = mediaFolders.find(([path]) => path.test(text));
  return found === undefined ? { body: bodyOf('text', text), mediaPath: null } : readExported({ base: found[1], sub: found[2] }, text);
}

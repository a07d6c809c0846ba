// Pages into which exporters write WeChat messages as an array for a script to show. Which one a page is, is seen by the name
// of the array and by what its first element holds.

import type { Json, JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { idOf, words } from '../json-fields';
import { replyTo } from './app-message';
import { withExtra } from './exported-text';
import type { ExportedBody } from './exported-text';
import { textOfHtml } from './html-text';
import { instantOf } from './identity';
import type { ExportedChat, ExportedMessage } from './ledger';
import { bodyOf } from './message-body';
import { baseKinds, baseTypes } from './message-types';
import { isPageLine, readPageMessage } from './page-messages';
import { messageIdOf } from './table-rows';
import { readShown } from './text-forms';

export interface HtmlForm {
  /** What `formatVersion` says. */
  readonly version: string;
  /** What stands before the array's bracket. */
  readonly marker: string;
  /** True where elements are literals of JavaScript that JSON does not know. */
  readonly isLiteral: boolean;
  isElement(element: JsonObject): boolean;
  /** The message, why it is none, or null for a line of the page alone. */
  toMessage(element: JsonObject, chat: ExportedChat): ExportedMessage | ProblemCode | null;
}

const hasKeys = (element: JsonObject, ...keys: readonly string[]): boolean => keys.every((key) => element[key] !== undefined);

const page = {
  marker: 'const chatMessages =',
  toMessage: (element: JsonObject, chat: ExportedChat) => (isPageLine(element) ? null : readPageMessage(element, { chat, isHtml: true })),
};

const forms: readonly HtmlForm[] = [
  {
    ...page,
    version: 'memotrace-3',
    isLiteral: false,
    isElement: (element) => hasKeys(element, 'type', 'is_send', 'timestamp', 'server_id'),
  },
  {
    ...page,
    version: 'memotrace-2',
    isLiteral: true,
    isElement: (element) => hasKeys(element, 'type', 'timestamp', 'displayname', 'is_chatroom'),
  },
  {
    version: 'echotrace',
    marker: 'const messagesData =',
    isLiteral: false,
    isElement: (element) => hasKeys(element, 'isSend', 'content', 'timestamp', 'senderName'),
    toMessage: readDataMessage,
  },
  {
    version: 'weflow',
    marker: 'window.WEFLOW_DATA =',
    isLiteral: false,
    isElement: (element) => hasKeys(element, 'i', 't', 's', 'b'),
    toMessage: readBubble,
  },
];

/** The forms whose array the page's beginning has, with the place of the bracket in letters. */
export function formsIn(head: string): readonly (readonly [form: HtmlForm, at: number])[] {
  return forms.flatMap((form) => {
    const marker = head.indexOf(form.marker);
    const at = marker < 0 ? -1 : head.indexOf('[', marker + form.marker.length);
    const isNext = at >= 0 && head.slice(marker + form.marker.length, at).trim() === '';
    return isNext ? [[form, at] as const] : [];
  });
}

/** The page's title, without what a tool adds to it. */
export function titleOf(head: string): string | null {
  const title = /<title>([^<]{1,300})<\/title>/i.exec(head)?.[1];
  const text =
    title === undefined
      ? ''
      : textOfHtml(title)
          .replace(/ - 聊天记录$/, '')
          .trim();
  return text === '' ? null : text;
}

function readDataMessage(element: JsonObject, chat: ExportedChat): ExportedMessage | ProblemCode {
  const sentAtMs = instantOf(element['timestamp']);
  if (sentAtMs === null) return 'bad-time';
  const { body, mediaPath } = readShown(words(element['content']) ?? '');
  const sender = { id: null, name: words(element['senderName']), isOwn: element['isSend'] === true };
  return { chat, sender, sourceId: null, sentAtMs, clock: 'absolute', body, mediaPath };
}

/** A bubble as it is shown: `t` when, `s` whether sent, `b` its HTML, `p` its id, `r` what it answers. */
function readBubble(element: JsonObject, chat: ExportedChat): ExportedMessage | ProblemCode {
  const sentAtMs = instantOf(element['t']);
  if (sentAtMs === null) return 'bad-time';
  const html = words(element['b']) ?? '';
  const { body, mediaPath } = bubbleBody(html);
  const answers = messageIdOf(idOf(element['r']));
  const quoted = part(html, 'quoted-text');
  const quotedBy = part(html, 'quoted-sender');
  const isAnswer = answers !== null || quoted !== null;
  const whole = isAnswer ? { ...body, facts: { ...body.facts, replyTo: replyTo(answers, quoted) } } : body;
  return {
    chat,
    sender: { id: null, name: part(html, 'sender-name') ?? (element['s'] === 1 ? null : chat.name), isOwn: element['s'] === 1 },
    sourceId: messageIdOf(idOf(element['p'])),
    sentAtMs,
    clock: 'absolute',
    body: quotedBy === null ? whole : withExtra(whole, 'quoted', { sender: quotedBy } satisfies Json),
    mediaPath,
  };
}

const bubbleMedia: ReadonlyMap<string, number> = new Map([
  ['image', baseTypes.image],
  ['emoji', baseTypes.sticker],
  ['audio', baseTypes.voice],
  ['video', baseTypes.video],
]);

function bubbleBody(html: string): ExportedBody {
  const text = part(html, 'message-text') ?? '';
  const tag = /<(?:img|audio|video) class="message-media (\w{1,16})[^"]{0,64}"[^<>]{0,65536}?\ssrc="([^"<>]{1,2048})"/.exec(html);
  const known = baseKinds.get(bubbleMedia.get(tag?.[1] ?? '') ?? -1);
  if (tag !== null && known?.media !== undefined) {
    const shown = readShown(text).body.text;
    return {
      body: bodyOf(known.kind, shown, { media: [{ kind: known.media, name: null, md5: null, sizeBytes: null }] }),
      mediaPath: textOfHtml(tag[2] ?? ''),
    };
  }
  const link = /<a class="message-link-card" href="([^"<>]{1,4096})"/.exec(html)?.[1];
  if (link !== undefined) return { body: bodyOf('link', `${text}\n${textOfHtml(link)}`), mediaPath: null };
  return readShown(text);
}

/** The text of the element of that class, which holds none of its own kind; null where there is none. */
function part(html: string, name: string): string | null {
  const marker = `<div class="${name}">`;
  const from = html.indexOf(marker);
  const end = from < 0 ? -1 : html.indexOf('</div>', from);
  if (from < 0) return null;
  const text = textOfHtml(html.slice(from + marker.length, end < 0 ? undefined : end));
  return text === '' ? null : text;
}

// One message on a page of DiscordChatExporter, as an element of the exporter's JSON; message.ts makes the record of it.

import type { HtmlElement } from '../../bytes/html-elements';
import { attributeOf, childElements, elementsIn, findElement, hasClass, shownTextOf } from '../../bytes/html-query';
import type { JsonObject } from '../../model/json';
import { readContent } from './html-markdown';
import { readAttachments, readEmbeds, readReactions, readStickers, type PagePlace } from './html-parts';
import { snowflakeTime } from './snowflake';

export interface HtmlMessage {
  /** As the exporter's JSON has it, without the author. */
  readonly fields: JsonObject;
  /** When it was edited, in words of the exporter's language; null where it was not. */
  readonly editedWords: string | null;
  /** True where it shows something that was not understood. */
  readonly isUnknown: boolean;
}

/** Parts of a message that are read, or show nothing of their own. */
const knownParts =
  /^chatlog__(?:header|content|attachment|embed|sticker|reactions|reply|reference|referenced-message|edited-timestamp|system-notification|author|timestamp|short-timestamp|forwarded)/;

/** The page shows times in the exporter's language and to the minute: the id tells the millisecond. Null for an id that does not. */
export function readHtmlMessage(element: HtmlElement, place: PagePlace): HtmlMessage | null {
  const id = attributeOf(element, 'data-message-id');
  const sentAtMs = id === null ? null : snowflakeTime(id);
  if (id === null || sentAtMs === null) return null;
  const part = (name: string) => findElement(element, `.chatlog__${name}`);
  const notice = part('system-notification-content');
  const edited = part('edited-timestamp');
  const content = part('content');
  const type = notice === null ? null : noticeType(element, notice);
  const fields: JsonObject = {
    id,
    type: type ?? 'Default',
    timestamp: new Date(sentAtMs).toISOString(),
    ...(type === 'Call' ? { callEndedTimestamp: callEnd(sentAtMs, shownTextOf(notice ?? '')) } : {}),
    content: notice === null ? (content === null ? '' : readContent(content)) : shownTextOf(notice),
    attachments: readAttachments(element, place),
    embeds: readEmbeds(element),
    stickers: readStickers(element, place),
    reactions: readReactions(element),
    ...readReference(element, notice),
    ...(isPinned(element) ? { isPinned: true } : {}),
  };
  const editedWords = edited === null ? null : (attributeOf(edited, 'title') ?? shownTextOf(edited));
  return { fields, editedWords, isUnknown: type === 'unknown' || holdsUnknownPart(element) };
}

/** Words of notices, which are English always, with the exporter's words for their types. */
const notices: readonly (readonly [RegExp, string])[] = [
  [/^started a call/, 'Call'],
  [/^added .* to the group\.?$/, 'RecipientAdd'],
  [/^(?:left the group|removed .* from the group)\.?$/, 'RecipientRemove'],
  [/^changed the channel name/, 'ChannelNameChange'],
  [/^changed the channel icon/, 'ChannelIconChange'],
  [/^pinned a message/, 'ChannelPinnedMessage'],
  [/^started a thread/, 'ThreadCreated'],
  [/^joined the server/, 'GuildMemberJoin'],
];

function noticeType(element: HtmlElement, notice: HtmlElement): string {
  const text = shownTextOf(notice).slice(0, 1000);
  const known = notices.find(([pattern]) => pattern.test(text))?.[1];
  if (known !== undefined) return known;
  const isJoin = findElement(element, (part) => attributeOf(part, 'href') === '#join-icon') !== null;
  return isJoin ? 'GuildMemberJoin' : 'unknown';
}

/** `started a call that lasted 5 minutes.` */
function callEnd(sentAtMs: number, words: string): string | null {
  const minutes = /lasted (\d{1,6})(?:[.,]\d+)? min/.exec(words)?.[1];
  return minutes === undefined ? null : new Date(sentAtMs + Number(minutes) * 60_000).toISOString();
}

/** What a message answers, pins or forwards. A command that somebody used for a bot stands in the place of an answer. */
function readReference(element: HtmlElement, notice: HtmlElement | null): JsonObject {
  const isOfReply = (part: HtmlElement) => /(?:^|\s)chatlog__(?:reply|reference)/.test(attributeOf(part, 'class') ?? '');
  const reply = findElement(element, (part) => isOfReply(part) && !hasClass(part, 'chatlog__reply-symbol'));
  const links = [...elementsIn(notice ?? reply ?? { children: [] })];
  const messageId = links.map(linkedId).find((id) => id !== null) ?? null;
  const forwarded = findElement(element, '.chatlog__forwarded');
  if (forwarded !== null) return { reference: { messageId, type: 'Forward' } };
  if (messageId !== null) return { reference: { messageId } };
  if (reply === null) return {};
  const words = shownTextOf(reply);
  return findElement(reply, '.chatlog__reply-content') === null ? { reference: { messageId } } : { interaction: words };
}

function linkedId(link: HtmlElement): string | null {
  const target = attributeOf(link, 'onclick') ?? attributeOf(link, 'href') ?? '';
  return /(?:scrollToMessage\(event, ?'|#(?:chatlog__message-container|message)-)(\d{15,20})/.exec(target)?.[1] ?? null;
}

function isPinned(element: HtmlElement): boolean {
  return hasClass(element, 'chatlog__message-container--pinned') || hasClass(element, 'chatlog__message--pinned');
}

function holdsUnknownPart(element: HtmlElement): boolean {
  const primary = findElement(element, '.chatlog__message-primary') ?? element;
  return childElements(primary).some((part) => !isKnownPart(part) && shownTextOf(part) !== '');
}

function isKnownPart(part: HtmlElement): boolean {
  const classes = (attributeOf(part, 'class') ?? '').split(/\s+/);
  return classes.some((name) => knownParts.test(name));
}

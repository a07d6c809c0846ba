// One message of the HTML form to a record.

import type { HtmlElement } from '../../../bytes/html-elements';
import { childElements, hasClass, shownTextOf } from '../../../bytes/html-query';
import type { FileSet } from '../../../bytes/source';
import type { Json, JsonObject } from '../../../model/json';
import { noAttachments, type MessageFacts, type MessageKind, type MessageRecord, type Span } from '../../../model/record';
import { readMedia, type HtmlMedia } from './media';
import { readFromName, readReactions, readReply, readText } from './message-parts';
import { readTime, type HtmlTime } from './time';

/** What the page says of a message beside its body. */
export interface MessagePlace {
  readonly files: FileSet;
  /** Where the page lies. */
  readonly folder: string;
  readonly conversation: number;
  readonly sender: number;
  readonly sourceId: string | null;
  readonly time: HtmlTime;
  readonly span: Span;
  /** The message as it stands in the file. */
  readonly raw: string;
}

/** Parts of a body that are read, or hold nothing but pictures. */
const knownParts = [
  'date',
  'from_name',
  'text',
  'reply_to',
  'media_wrap',
  'forwarded',
  'reactions',
  'signature',
  'userpic_wrap',
  'bot_buttons_table',
];

/** The record of a `.message.default` whose body is given. */
export function toMessage(body: HtmlElement, place: MessagePlace): MessageRecord {
  const forwarded = childElements(body, (element) => hasClass(element, 'forwarded') && hasClass(element, 'body'))[0];
  const content = forwarded ?? body;
  const media = childElements(content, '.media_wrap').flatMap((wrap) => readMedia(wrap, place.files, place.folder));
  const { text, entities } = readText(content);
  const isUnknown =
    media.some(({ kind }) => kind === 'unknown') || [body, content].some(holdsUnknownPart) || (text === '' && media.length === 0);
  const reactions = readReactions(content) ?? readReactions(body);
  const reply = readReply(body) ?? readReply(content);
  const replyWords = reply?.replyTo.sourceId === null ? reply.words : null;
  const extra = { ...readExtra(body, content, media, replyWords), ...(isUnknown ? { raw: place.raw } : {}) };
  const facts: MessageFacts = {
    ...Object.assign({}, ...media.map((one) => one.facts)),
    ...(reply === null ? {} : { replyTo: reply.replyTo }),
    ...(forwarded === undefined ? {} : { forward: readForward(forwarded) }),
    ...(entities === null ? {} : { entities }),
    ...(reactions === null ? {} : { reactions }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  const attachments = media.flatMap((one) => one.attachments);
  return {
    type: 'message',
    conversation: place.conversation,
    sender: place.sender,
    sourceId: place.sourceId,
    sentAtMs: place.time.sentAtMs,
    clock: place.time.clock,
    kind: kindOf(media, text),
    text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...place.span,
  };
}

function kindOf(media: readonly HtmlMedia[], text: string): MessageKind {
  return media[0]?.kind ?? (text === '' ? 'unknown' : 'text');
}

function holdsUnknownPart(body: HtmlElement): boolean {
  return childElements(body).some((part) => !knownParts.some((name) => hasClass(part, name)) && shownTextOf(part) !== '');
}

function readForward(forwarded: HtmlElement): NonNullable<MessageFacts['forward']> {
  const name = childElements(forwarded, '.from_name')[0];
  const time = name === undefined ? null : readTime(name);
  const fromName = readFromName(forwarded)?.name ?? null;
  return time?.clock === 'absolute' ? { fromName, sentAtMs: time.sentAtMs } : { fromName };
}

/** What has no neutral field: signature, bots and their buttons, words of cards, the wall clock of what was forwarded. */
function readExtra(body: HtmlElement, content: HtmlElement, media: readonly HtmlMedia[], replyWords: string | null): JsonObject {
  const extra: [string, Json][] = [];
  const wordsOf = (name: string) =>
    childElements(content, name)
      .map(shownTextOf)
      .filter((text) => text !== '');
  const bots = new Set([body, content].flatMap((one) => readFromName(one)?.viaBot ?? []));
  const signatures = wordsOf('.signature');
  const buttons = wordsOf('.bot_buttons_table');
  const cards = media.flatMap(({ words }) => words);
  const forwardName = content === body ? undefined : childElements(content, '.from_name')[0];
  const forwardTime = forwardName === undefined ? null : readTime(forwardName);
  if (bots.size > 0) extra.push(['via_bot', [...bots].join(' ')]);
  if (signatures.length > 0) extra.push(['author', signatures.join('\n')]);
  if (buttons.length > 0) extra.push(['inline_bot_buttons', buttons.flatMap((text) => text.split('\n'))]);
  if (cards.length > 0) extra.push(['media', cards]);
  if (replyWords !== null) extra.push(['reply', replyWords]);
  if (forwardTime?.clock === 'second') extra.push(['forwarded_date', new Date(forwardTime.sentAtMs).toISOString().slice(0, 19)]);
  return Object.fromEntries(extra);
}

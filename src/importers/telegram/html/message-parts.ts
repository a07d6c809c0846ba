// Parts of a message's body: who, the text, what it answers, reactions.

import type { HtmlElement } from '../../../bytes/html-elements';
import { attributeOf, childElements, findElement, findElements, hasClass, shownTextOf, textOf } from '../../../bytes/html-query';
import type { MessageFacts, Reaction } from '../../../model/record';
import { markOf, readMarkedHtml, type Mark, type MarkedHtml } from '../../html-text';

/** Name and, where a bot wrote for somebody, the bot. */
export interface FromName {
  readonly name: string;
  readonly viaBot: string | null;
}

/** The `.from_name` of a body itself, without the clock that stands in that of a forwarded message. Null where there is none. */
export function readFromName(body: HtmlElement): FromName | null {
  const element = childElements(body, '.from_name')[0];
  if (element === undefined) return null;
  const own = element.children.filter((child) => typeof child === 'string' || !hasClass(child, 'date'));
  const text = textOf(own).trim();
  const via = text.lastIndexOf(' via @');
  const name = via === -1 ? text : text.slice(0, via).trim();
  return name === '' ? null : { name, viaBot: via === -1 ? null : text.slice(via + ' via '.length) };
}

/** The `.text` of a body, or '' . */
export function readText(body: HtmlElement): MarkedHtml {
  const texts = childElements(body, '.text');
  return readMarkedHtml(
    texts.flatMap(({ children }, at) => (at === 0 ? children : ['\n', ...children])),
    markOfTelegram,
  );
}

/** What a click does tells hashtags, commands and mentions apart. */
function markOfTelegram(element: HtmlElement): Mark {
  if (element.name === 'span') return hasClass(element, 'spoiler') ? { type: 'spoiler' } : null;
  const click = element.name === 'a' ? attributeOf(element, 'onclick') : null;
  if (click === null) return markOf(element);
  if (/Show(?:Hashtag|Cashtag)/.test(click)) return { type: 'hashtag' };
  if (click.includes('ShowMentionName')) return { type: 'mention' };
  return click.includes('ShowBotCommand') ? { type: 'other' } : markOf(element);
}

const goTo = /#go_to_message(\d{1,18})$/;

/** What it answers: the id of a message, or the words that stand in its place. */
export function readReply(body: HtmlElement): { readonly replyTo: NonNullable<MessageFacts['replyTo']>; readonly words: string } | null {
  const reply = childElements(body, '.reply_to')[0];
  if (reply === undefined) return null;
  const link = findElement(reply, 'a');
  return { replyTo: { sourceId: goTo.exec(link?.attributes.get('href') ?? '')?.[1] ?? null }, words: shownTextOf(reply) };
}

/** Reactions with their counts; those who reacted are known by initials or name. */
export function readReactions(body: HtmlElement): readonly Reaction[] | null {
  const found = childElements(body, '.reactions').flatMap((group) => findElements(group, '.reaction'));
  const reactions = found.flatMap((reaction) => {
    const emoji = findElement(reaction, '.emoji');
    const users = findElements(reaction, (element) => hasClass(element, 'initials'));
    const names = users.flatMap((user) => attributeOf(user, 'title') ?? []);
    const count = Number((findElement(reaction, '.count') ?? { children: [] }).children.map(textOf).join('').trim());
    const text = emoji === null ? '' : textOf(emoji).trim();
    return text === '' ? [] : [{ emoji: text, count: count > 0 && Number.isInteger(count) ? count : Math.max(1, users.length), by: names }];
  });
  return reactions.length === 0 ? null : reactions;
}

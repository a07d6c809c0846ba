// Who wrote a message on a page of DiscordChatExporter: id, user name, the name shown.

import type { HtmlElement } from '../../bytes/html-elements';
import { attributeOf, elementsIn, hasClass, shownTextOf } from '../../bytes/html-query';
import type { JsonObject } from '../../model/json';

export interface HtmlAuthor {
  readonly id: string;
  /** Name of the account, with its number where it has one. */
  readonly name: string | null;
  /** The name shown, which may be that of one guild only. */
  readonly nickname: string | null;
  readonly isBot: boolean;
}

const authorClasses = ['chatlog__author', 'chatlog__author-name', 'chatlog__system-notification-author'];

/** The author whom the element is or holds; null where a message goes on with the one before. */
export function findAuthor(element: HtmlElement): HtmlAuthor | null {
  const candidates = [element, ...elementsIn(element)];
  const author = candidates.find((one) => authorClasses.some((name) => hasClass(one, name)) && attributeOf(one, 'data-user-id') !== null);
  if (author === undefined) return null;
  const isBot = candidates.some((one) => hasClass(one, 'chatlog__author-tag') && /^(?:bot|app)$/i.test(shownTextOf(one)));
  const nickname = shownTextOf(author) || null;
  return { id: author.attributes.get('data-user-id') ?? '', name: attributeOf(author, 'title'), nickname, isBot };
}

/** The author as the exporter's JSON has them. */
export function toJsonAuthor({ id, name, nickname, isBot }: HtmlAuthor): JsonObject {
  const [, username = name, discriminator = '0000'] = /^(.*)#(\d{4})$/.exec(name ?? '') ?? [];
  return { id, name: username, discriminator, nickname, isBot };
}

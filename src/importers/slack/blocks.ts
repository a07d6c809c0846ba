// Text out of Slack's blocks, for messages that have none of their own.

import type { Json, JsonObject } from '../../model/json';
import { isObject, objectOf, objectsOf, words } from '../json-fields';
import { readMarkup } from './markup';
import type { Names } from './markup';

const depthLimit = 50;

/** The text of all blocks, one below the other; '' where they hold none. */
export function textOfBlocks(blocks: Json | undefined, names: Names): string {
  return objectsOf(blocks)
    .map((block) => textOfElement(block, names, 0))
    .filter((text) => text !== '')
    .join('\n');
}

/** Elements whose whole text is one of their members, tried in this order. */
const plainMembers: ReadonlyMap<string, readonly string[]> = new Map([
  ['text', ['text']],
  ['plain_text', ['text']],
  ['link', ['text', 'url']],
  ['date', ['fallback']],
  ['image', ['alt_text']],
]);

function textOfElement(element: JsonObject, names: Names, depth: number): string {
  if (depth > depthLimit) return '';
  const type = words(element['type']) ?? '';
  const plain = plainMembers.get(type);
  if (plain !== undefined) return plain.map((member) => words(element[member])).find((text) => text !== null) ?? '';
  switch (type) {
    case 'mrkdwn':
      return readMarkup(words(element['text']) ?? '', names).text;
    case 'user':
      return `@${names.user(words(element['user_id']) ?? '')}`;
    case 'channel':
      return `#${names.channel(words(element['channel_id']) ?? '')}`;
    case 'usergroup':
      return `@${words(element['usergroup_id']) ?? ''}`;
    case 'broadcast':
      return `@${words(element['range']) ?? ''}`;
    case 'emoji':
      return emojiOf(element);
    default:
      return textOfContainer(element, names, depth);
  }
}

function textOfContainer(element: JsonObject, names: Names, depth: number): string {
  const { type, text } = element;
  const children = childrenOf(element, names, depth);
  if (type === 'rich_text_list') return children.map((item) => `• ${item}`).join('\n');
  if (type === 'rich_text') return children.join('\n');
  const parts = [
    isObject(text) ? textOfElement(text, names, depth + 1) : (words(text) ?? ''),
    ...objectsOf(element['fields']).map((field) => textOfElement(field, names, depth + 1)),
    children.join(''),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function childrenOf(element: JsonObject, names: Names, depth: number): string[] {
  return objectsOf(element['elements']).map((child) => textOfElement(child, names, depth + 1));
}

/** By code points in hex (`1f44b-1f3fb`) where the element has them, else by name. */
function emojiOf(element: JsonObject): string {
  const points = words(element['unicode'])
    ?.split('-')
    .map((hex) => (/^[0-9a-f]{1,6}$/i.test(hex) ? Number.parseInt(hex, 16) : Infinity));
  if (points?.every((point) => point <= 0x10ffff)) return String.fromCodePoint(...points);
  return `:${words(element['name']) ?? ''}:`;
}

/** True where blocks hold more than the text that stands beside them. */
export function areRichBlocks(blocks: Json | undefined): boolean {
  return objectsOf(blocks).some((block) => block['type'] !== 'rich_text');
}

/** What old bots and links wrote instead of text. */
export function textOfAttachments(attachments: Json | undefined, names: Names): string {
  return objectsOf(attachments)
    .map((card) => {
      const parts = [card['pretext'], card['title'], card['text']].map((part) => readMarkup(words(part) ?? '', names).text);
      const text = parts.filter((part) => part !== '').join('\n');
      return text === '' ? (words(card['fallback']) ?? textOfBlocks(objectOf(card['message_blocks'])?.['blocks'], names)) : text;
    })
    .filter((text) => text !== '')
    .join('\n');
}

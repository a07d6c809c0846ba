// Text and its marked ranges. `text` is a string, or an array that mixes strings and parts; `text_entities` (since 2022)
// is an array of parts only; `rich_message` is a tree of blocks that replaces both.

import type { Json, JsonObject } from '../../model/json';
import type { TextEntity } from '../../model/record';
import { isObject } from '../json-fields';

export interface MarkedText {
  readonly text: string;
  /** Null where nothing is marked. */
  readonly entities: readonly TextEntity[] | null;
  /** True where parts hold more than an entity can: languages of code, ids of emoji. */
  readonly richer: boolean;
}

const entityTypes = new Map<string, TextEntity['type']>([
  ['mention', 'mention'],
  ['mention_name', 'mention'],
  ['hashtag', 'hashtag'],
  ['cashtag', 'hashtag'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['link', 'link'],
  ['text_link', 'link'],
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['underline', 'underline'],
  ['strikethrough', 'strikethrough'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['spoiler', 'spoiler'],
]);

const depthLimit = 200;

/** A message's text with its entities, offsets in UTF-16 code units. */
export function readText(text: Json | undefined, entities: Json | undefined): MarkedText {
  if (typeof text === 'string') {
    if (!Array.isArray(entities) || isPlain(entities)) return { text, entities: null, richer: false };
    const marked = joinParts(entities);
    return marked.text === text ? marked : { text, entities: null, richer: true };
  }
  if (Array.isArray(entities) && entities.length > 0) return joinParts(entities);
  return Array.isArray(text) ? joinParts(text) : { text: '', entities: null, richer: text !== undefined && text !== null };
}

/** The plain text of what may be a string or an array of parts, such as the question of a poll. */
export function plainText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? joinParts(value).text : '';
}

/** Every `text` of a tree of blocks, in order; the blocks at the top on lines of their own. */
export function collectRichText(value: Json | undefined): string {
  const blocks = isObject(value) && Array.isArray(value['blocks']) ? value['blocks'] : value;
  if (!Array.isArray(blocks)) return collectText(blocks, 0);
  return blocks
    .map((block) => collectText(block, 0))
    .filter((line) => line !== '')
    .join('\n');
}

function collectText(value: Json | undefined, depth: number): string {
  if (depth > depthLimit || typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) return value.map((item: Json) => (typeof item === 'string' ? item : collectText(item, depth + 1))).join('');
  let collected = '';
  for (const [key, inner] of Object.entries(value)) {
    collected += key === 'text' && typeof inner === 'string' ? inner : collectText(inner, depth + 1);
  }
  return collected;
}

function isPlain(entities: readonly Json[]): boolean {
  if (entities.length === 0) return true;
  const first = entities[0];
  return entities.length === 1 && isObject(first) && first['type'] === 'plain';
}

function joinParts(parts: readonly Json[]): MarkedText {
  let text = '';
  let richer = false;
  const entities: TextEntity[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
    } else if (isObject(part) && typeof part['text'] === 'string') {
      const partText = part['text'];
      if (part['type'] !== 'plain' && partText !== '') entities.push(toEntity(part, text.length, partText.length));
      richer ||= holdsMore(part);
      text += partText;
    } else {
      richer = true;
    }
  }
  return { text, entities: entities.length === 0 ? null : entities, richer };
}

function toEntity(part: JsonObject, offset: number, length: number): TextEntity {
  const type = (typeof part['type'] === 'string' ? entityTypes.get(part['type']) : undefined) ?? 'other';
  if (typeof part['href'] === 'string') return { type, offset, length, href: part['href'] };
  const user = part['user_id'];
  if (typeof user === 'number' || typeof user === 'string') return { type, offset, length, href: `tg://user?id=${user}` };
  return { type, offset, length };
}

/** True where a part says more than its kind, text and address. */
function holdsMore(part: JsonObject): boolean {
  for (const key in part) {
    if (key === 'type') {
      const type = part[key];
      if (type !== 'plain' && !(typeof type === 'string' && entityTypes.has(type))) return true;
    } else if (key !== 'text' && key !== 'href' && key !== 'user_id' && part[key] !== '' && part[key] !== false) {
      return true;
    }
  }
  return false;
}

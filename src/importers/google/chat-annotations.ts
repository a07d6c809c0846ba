// Annotations of Google Chat's messages: ranges of the text, some with a card.

import type { Json, JsonObject } from '../../model/json';
import type { TextEntity } from '../../model/record';
import { countOf, objectOf, objectsOf, words } from '../json-fields';

const formats = new Map<string, TextEntity['type']>([
  ['BOLD', 'bold'],
  ['ITALIC', 'italic'],
  ['STRIKE', 'strikethrough'],
  ['UNDERLINE', 'underline'],
  ['MONOSPACE', 'code'],
  ['INLINE_CODE', 'code'],
  ['MONOSPACE_BLOCK', 'pre'],
  ['CODE_BLOCK', 'pre'],
]);

/** The name of Google's field for an address, which says what not to do with it. */
const addressKey = 'private_do_not_access_or_else_safe_url_wrapped_value';

/** The ranges inside of `text`, and those annotations that say more than a range. */
export function readAnnotations(
  annotations: Json | undefined,
  text: string,
): { readonly entities: readonly TextEntity[]; readonly cards: readonly JsonObject[] } {
  const entities: TextEntity[] = [];
  const cards: JsonObject[] = [];
  for (const annotation of objectsOf(annotations)) {
    const entity = readRange(annotation, text);
    if (entity !== null) entities.push(entity);
    if (entity === null || objectOf(annotation['format_metadata']) === null) cards.push(annotation);
  }
  return { entities, cards };
}

function readRange(annotation: JsonObject, text: string): TextEntity | null {
  const [offset, length] = [countOf(annotation['start_index']), countOf(annotation['length'])];
  if (offset === null || length === null || length === 0 || offset + length > text.length) return null;
  const format = objectOf(annotation['format_metadata']);
  const type = formats.get(words(format?.['format_type']) ?? '');
  if (type !== undefined) return { type, offset, length };
  if (objectOf(annotation['user_mention_metadata']) !== null) return { type: 'mention', offset, length };
  const address = addressOf(objectOf(annotation['url_metadata']));
  if (address === null) return null;
  return { type: 'link', offset, length, ...(text.slice(offset, offset + length) === address ? {} : { href: address }) };
}

function addressOf(metadata: JsonObject | null): string | null {
  const url = metadata?.['url'];
  return words(url) ?? words(objectOf(url)?.[addressKey]);
}

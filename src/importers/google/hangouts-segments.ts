// The text of a Hangouts message: segments one after the other.

import type { Json } from '../../model/json';
import type { TextEntity } from '../../model/record';
import { objectOf, objectsOf, words } from '../json-fields';

const formats: readonly (readonly [key: string, type: TextEntity['type']])[] = [
  ['bold', 'bold'],
  ['italics', 'italic'],
  ['strikethrough', 'strikethrough'],
  ['underline', 'underline'],
];

/** Offsets of entities are in UTF-16 code units; null where nothing is marked. */
export function readSegments(segments: Json | undefined): { readonly text: string; readonly entities: readonly TextEntity[] | null } {
  const entities: TextEntity[] = [];
  let text = '';
  for (const segment of objectsOf(segments)) {
    const own = words(segment['text']) ?? (segment['type'] === 'LINE_BREAK' ? '\n' : '');
    const range = { offset: text.length, length: own.length };
    text += own;
    if (own.length === 0) continue;
    for (const [key, type] of formats) if (objectOf(segment['formatting'])?.[key] === true) entities.push({ type, ...range });
    const target = words(objectOf(segment['link_data'])?.['link_target']);
    if (segment['type'] === 'LINK')
      entities.push({ type: 'link', ...range, ...(target === null || target === own ? {} : { href: target }) });
  }
  return { text, entities: entities.length === 0 ? null : entities };
}

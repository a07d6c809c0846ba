// A text with its marked ranges, as parts: each a string, or an object that says what it is.

import type { TextEntity } from '../../../model/record';

export interface TextPart {
  readonly type: string;
  readonly text: string;
  readonly href?: string;
  readonly user_id?: number;
}

/** What cannot be said there stays plain. */
function partOf({ type, href }: TextEntity, text: string): TextPart {
  if (type === 'other') return { type: 'plain', text };
  const user = /^tg:\/\/user\?id=(\d{1,15})$/.exec(href ?? '')?.[1];
  if (user !== undefined) return { type: 'mention_name', text, user_id: Number(user) };
  return type === 'link' && href !== undefined ? { type: 'text_link', text, href } : { type, text };
}

/** The whole text in parts; one plain part where ranges overlap or lie outside of it. */
export function partsOf(text: string, entities: readonly TextEntity[] = []): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const entity of entities.toSorted((a, b) => a.offset - b.offset)) {
    const { offset, length } = entity;
    if (offset < from || length <= 0 || offset + length > text.length) return text === '' ? [] : [{ type: 'plain', text }];
    if (offset > from) parts.push({ type: 'plain', text: text.slice(from, offset) });
    parts.push(partOf(entity, text.slice(offset, offset + length)));
    from = offset + length;
  }
  if (from < text.length) parts.push({ type: 'plain', text: text.slice(from) });
  return parts;
}

/** As `text` has it: a string where nothing is marked. */
export function textOf(parts: readonly TextPart[]): string | readonly (string | TextPart)[] {
  const mixed = parts.map((part) => (part.type === 'plain' ? part.text : part));
  return mixed.every((part) => typeof part === 'string') ? mixed.join('') : mixed;
}

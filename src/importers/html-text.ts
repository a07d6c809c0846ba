// The text of a message that is HTML, with its marked ranges.

import { attributeOf } from '../bytes/html-query';
import type { HtmlElement, HtmlNode } from '../bytes/html-elements';
import type { TextEntity } from '../model/record';

export interface MarkedHtml {
  readonly text: string;
  /** Null where nothing is marked. */
  readonly entities: readonly TextEntity[] | null;
}

/** What an element makes of its text; 'skip' leaves the text out. */
export type Mark = Pick<TextEntity, 'type' | 'href'> | 'skip' | null;

const marks = new Map<string, TextEntity['type']>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['del', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
]);

/** The mark of an element by its name; links with their address. */
export function markOf(element: HtmlElement): Mark {
  const type = marks.get(element.name);
  if (type !== undefined) return { type };
  const href = element.name === 'a' ? attributeOf(element, 'href') : null;
  if (href === null) return null;
  if (href.startsWith('mailto:')) return { type: 'email' };
  return href.startsWith('tel:') ? { type: 'phone' } : { type: 'link', href };
}

/**
 * The text with white space as it stands, `<br>` as a line feed, without white space around it. Offsets of entities are in
 * UTF-16 code units. A link whose text is its address needs no other.
 */
export function readMarkedHtml(nodes: readonly HtmlNode[], mark: (element: HtmlElement) => Mark = markOf): MarkedHtml {
  const entities: TextEntity[] = [];
  const whole = gather(nodes, '', entities, mark);
  const text = whole.trim();
  const skipped = whole.length - whole.trimStart().length;
  const inside = entities.flatMap(({ offset, length, ...rest }) => {
    const from = Math.max(0, offset - skipped);
    const to = Math.min(text.length, offset + length - skipped);
    return to > from ? [{ ...rest, offset: from, length: to - from }] : [];
  });
  return { text, entities: inside.length === 0 ? null : inside };
}

function gather(nodes: readonly HtmlNode[], before: string, entities: TextEntity[], mark: (element: HtmlElement) => Mark): string {
  let text = before;
  for (const node of nodes) {
    if (typeof node === 'string') text += node;
    else if (node.name === 'br') text += '\n';
    else text = gatherElement(node, text, entities, mark);
  }
  return text;
}

function gatherElement(element: HtmlElement, before: string, entities: TextEntity[], mark: (element: HtmlElement) => Mark): string {
  const made = mark(element);
  if (made === 'skip') return before;
  const at = entities.length;
  const text = gather(element.children, before, entities, mark);
  const length = text.length - before.length;
  if (made === null || length === 0) return text;
  const { type, href } = made;
  const needsHref = href !== undefined && href !== text.slice(before.length);
  entities.splice(at, 0, needsHref ? { type, offset: before.length, length, href } : { type, offset: before.length, length });
  return text;
}

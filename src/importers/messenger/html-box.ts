// One box of a page of Meta's downloads: a name, a body, a time. Names of classes change from year to year, the order does not.

import type { HtmlElement, HtmlTag } from '../../bytes/html-elements';
import { attributeOf, childElements, hasClass, textOf } from '../../bytes/html-query';
import { parseWrittenTime, type WrittenTime } from '../written-time';

/** What lies in the page's main element: messages, and at the beginning who takes part. */
export function isBox(tag: HtmlTag, around: readonly HtmlTag[]): boolean {
  const parent = around.at(-1);
  return (parent !== undefined && attributeOf(parent, 'role') === 'main') || (hasClass(tag, 'pam') && hasClass(tag, 'uiBoxWhite'));
}

export interface MessageBox {
  /** Null for an account that is gone. */
  readonly sender: string | null;
  readonly body: HtmlElement;
  /** As it is written. */
  readonly timeText: string;
  /** Null where that is no time. */
  readonly time: WrittenTime | null;
}

/** The parts of a box; null for a box of another form. */
export function readBox(box: HtmlElement): MessageBox | null {
  const parts = childElements(box);
  const [body, last] = parts.slice(-2);
  if (body === undefined || last === undefined || parts.length > 3) return null;
  const timeText = textOf(last).trim();
  const time = parseWrittenTime(timeText);
  if (time === null && parts.length < 3) return null;
  const name = parts.length === 3 && parts[0] !== undefined ? textOf(parts[0]).trim() : '';
  return { sender: name === '' ? null : name, body, timeText, time };
}

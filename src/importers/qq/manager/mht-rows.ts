// The rows of the table that an MHT file of the message manager is: headings, days, messages.
//
//   <tr><td><div style=…>消息分组:我的群聊</div></td></tr>
//   <tr><td style=…>日期: 2012/4/11</td></tr>
//   <tr><td><div style=color:#006EFE;…><div style=…>NAME</div>12:28:18</div><div style=…>BODY</div></td></tr>

import { isElement, shownTextOf, childElements, textOf } from '../../../bytes/html-query';
import type { HtmlElement, HtmlNode } from '../../../bytes/html-tree';
import { readDay, readTime } from '../clock';
import { readHeading } from './text-lines';

export type MhtRow =
  | { readonly kind: 'heading'; readonly part: 'group' | 'object'; readonly name: string }
  /** Midnight of the messages that follow, read as UTC. */
  | { readonly kind: 'day'; readonly dayAtMs: number }
  | MhtMessage
  /** 消息记录, the title, and rows without text. */
  | { readonly kind: 'blank' };

export interface MhtMessage {
  readonly kind: 'message';
  /** The sender as written: name, and number or address. */
  readonly sender: string;
  readonly isOwn: boolean;
  readonly timeMs: number;
  readonly body: readonly HtmlNode[];
}

const dayPattern = /^日期[:：] ?([\d/-]{8,10})$/;
/** The colour of the owner's own messages; the others' are #006EFE. */
const ownColour = /color:\s*#42b475/i;

/** What a row says; null where it is not understood. */
export function readRow(row: HtmlElement): MhtRow | null {
  const [cell] = childElements(row, 'td');
  const divs = cell === undefined ? [] : childElements(cell, 'div');
  const [head, body] = divs;
  if (head !== undefined && body !== undefined) return readMessage(head, body);
  const text = shownTextOf(row).replaceAll('\u00a0', '').trim();
  if (text === '' || text === '消息记录') return { kind: 'blank' };
  const heading = readHeading(text);
  if (heading !== null) return { kind: 'heading', ...heading };
  const day = readDay(dayPattern.exec(text)?.[1] ?? '');
  return day === null ? null : { kind: 'day', dayAtMs: day };
}

function readMessage(head: HtmlElement, body: HtmlElement): MhtMessage | null {
  const [name] = childElements(head, 'div');
  const time = textOf(head.children.filter((node) => !isElement(node))).trim();
  const timeMs = readTime(time);
  if (name === undefined || timeMs === null) return null;
  const isOwn = ownColour.test(head.attributes.get('style') ?? '');
  return { kind: 'message', sender: textOf(name).trim(), isOwn, timeMs, body: body.children };
}

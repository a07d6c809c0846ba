// Merged forwards: a message that holds a piece of another chat, whose messages may be merged forwards again. The piece is
// `<recordinfo>`, in `<recorditem>` as elements, as CDATA or escaped; one inside another stands in `<recordxml>`.

import type { Json, JsonObject } from '../../model/json';
import type { MessageKind } from '../../model/record';
import { readLooseXml } from './loose-xml';
import type { XmlNode } from './loose-xml';
import { extraOf, joinLines, md5Of } from './message-body';
import { attributeOf, findNode, nodeAt, textAt, wholeNumber } from './xml-fields';

/** Messages that are kept of one forward, those inside others included; WeChat itself allows 100 to a level. */
const itemLimit = 5_000;
export const forwardDepth = 8;

export interface ForwardedRecords {
  /** One line a message, those inside others indented. */
  readonly lines: readonly string[];
  /** As they are kept in `extra.records`: from, at, kind, text, and what is known of a file. */
  readonly records: readonly JsonObject[];
}

interface ItemKind {
  readonly kind: MessageKind;
  /** What the app shows in place of a file. */
  readonly shown: string;
}

/** By `<dataitem datatype>`. */
const itemKinds: ReadonlyMap<string, ItemKind> = new Map<string, ItemKind>([
  ['1', { kind: 'text', shown: '' }],
  ['2', { kind: 'image', shown: '[图片]' }],
  ['3', { kind: 'voice', shown: '[语音]' }],
  ['4', { kind: 'video', shown: '[视频]' }],
  ['5', { kind: 'link', shown: '[链接]' }],
  ['6', { kind: 'location', shown: '[位置]' }],
  ['8', { kind: 'file', shown: '[文件]' }],
  ['17', { kind: 'forwarded', shown: '[聊天记录]' }],
  ['22', { kind: 'link', shown: '[视频号]' }],
  ['23', { kind: 'link', shown: '[直播]' }],
  ['32', { kind: 'link', shown: '[音乐]' }],
  ['37', { kind: 'sticker', shown: '[表情]' }],
]);

/** One message of a forward, whatever holds it. */
export interface ForwardedItem {
  /** The text of a field by its name in `<dataitem>`; `datatype` is an attribute there. */
  field(name: string): string | null;
  readonly inner: readonly ForwardedItem[];
}

/** The messages in `container`, a node that holds `<recordinfo>` in any of its forms; null where it holds none. */
export function readForwarded(container: XmlNode | null): ForwardedRecords | null {
  return collectForwarded(itemsOf(container, { left: itemLimit }, 0));
}

/** Lines and records of a forward's messages; null where there are none. */
export function collectForwarded(items: readonly ForwardedItem[]): ForwardedRecords | null {
  if (items.length === 0) return null;
  const lines: string[] = [];
  const records: JsonObject[] = [];
  for (const item of items) {
    const inner = collectForwarded(item.inner);
    const { line, record } = readItem(item, inner?.records ?? []);
    records.push(record);
    lines.push(line, ...(inner?.lines ?? []).map((each) => `  ${each}`));
  }
  return { lines, records };
}

function itemsOf(container: XmlNode | null, budget: { left: number }, depth: number): readonly ForwardedItem[] {
  if (depth >= forwardDepth) return [];
  const items: ForwardedItem[] = [];
  for (const node of nodeAt(recordInfoOf(container), 'datalist')?.children ?? []) {
    if (node.name !== 'dataitem' || budget.left-- <= 0) continue;
    const field = (name: string): string | null => (name === 'datatype' ? attributeOf(node, name) : textAt(node, name));
    items.push({ field, inner: itemsOf(nodeAt(node, 'recordxml'), budget, depth + 1) });
  }
  return items;
}

/** `<recordinfo>` as an element, or read from the text that holds it. */
function recordInfoOf(container: XmlNode | null): XmlNode | null {
  if (container === null) return null;
  const found = findNode(container, 'recordinfo');
  if (found !== null || !container.text.includes('<')) return found;
  const inner = readLooseXml(container.text);
  return inner === null ? null : findNode(inner.root, 'recordinfo');
}

function readItem({ field }: ForwardedItem, inner: readonly JsonObject[]): { line: string; record: JsonObject } {
  const type = field('datatype') ?? '';
  const { kind, shown } = itemKinds.get(type) ?? { kind: 'unknown', shown: '' };
  const from = field('sourcename');
  const text = joinLines(field('datatitle'), field('datadesc'), field('link'));
  const record: (readonly [string, Json])[] = [
    ['from', from],
    ['at', field('srcMsgCreateTime') ?? field('sourcetime')],
    ['kind', kind],
    ['text', text],
    ['md5', md5Of(field('fullmd5'))],
    ['format', field('datafmt')],
    ['sizeBytes', wholeNumber(field('datasize'))],
    ['id', field('fromnewmsgid')],
    ['records', inner.length === 0 ? null : inner],
    ['type', kind === 'unknown' ? type : null],
  ];
  const line = text === '' ? shown : text;
  return { line: from === null ? line : `${from}: ${line}`, record: extraOf(record) ?? {} };
}

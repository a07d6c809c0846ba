// One message of qq-chat-exporter's pages: a block with a date, in it a message with sender, time and content, or a line of the app.

import type { HtmlElement, HtmlTag } from '../../../bytes/html-elements';
import { attributeOf, findElement, hasClass, textOf } from '../../../bytes/html-query';
import type { JsonObject } from '../../../model/json';
import { isObject, words } from '../../json-fields';
import { elementsOfPage, numberInPicture } from './page-elements';
import { fileKindOf } from './resources';

/** Blocks, and messages without one, as early versions wrote them. */
export function isBlock(tag: HtmlTag): boolean {
  return tag.name === 'div' && (hasClass(tag, 'message-block') || (hasClass(tag, 'message') && tag.attributes.has('data-sender-uid')));
}

export interface PageBlock {
  /** As the exporter's JSON has it, but for its time. */
  readonly message: JsonObject;
  /** The wall clock of the computer that exported it, read as UTC; null where there is none. */
  readonly clockMs: number | null;
  /** Of each file in it the address, where the page itself holds the file; else null. */
  readonly embedded: readonly (string | null)[];
  /** True where the page shows it on the owner's side. */
  readonly isOwn: boolean;
}

/** What a block says; null for one without a message, such as a date alone. */
export function readBlock(block: HtmlElement): PageBlock | null {
  const message = hasClass(block, 'message') ? block : findElement(block, '.message');
  const system = message === null ? findElement(block, '.system-message-container') : null;
  const box = message ?? system;
  if (box === null) return null;
  const time = message === null ? null : findElement(message, '.time');
  const timeText = textOf(time ?? box);
  const date = attributeOf(block, 'data-date') ?? attributeOf(box, 'data-date') ?? '';
  const content = message === null ? findElement(box, '.system-message') : findElement(box, '.content');
  const elements = elementsOfPage(message === null && content !== null ? [content] : (content?.children ?? []));
  return {
    message: {
      ...senderOf(box, message !== null),
      content: { elements: elements.map(withoutData) },
      ...(message === null ? { system: true } : {}),
    },
    embedded: elements.filter(({ type }) => fileKindOf(words(type) ?? '') !== undefined).map(dataAddressOf),
    clockMs: clockOf(timeText, date),
    isOwn: message !== null && hasClass(message, 'self'),
  };
}

function dataAddressOf({ data }: JsonObject): string | null {
  const address = isObject(data) ? words(data['url']) : null;
  return address !== null && address.startsWith('data:') ? address : null;
}

function withoutData(element: JsonObject): JsonObject {
  if (dataAddressOf(element) === null || !isObject(element['data'])) return element;
  const { url: _, ...data } = element['data'];
  return { ...element, data };
}

function senderOf(box: HtmlElement, isMessage: boolean): JsonObject {
  if (!isMessage) return {};
  const [name, title] = [findElement(box, '.sender'), findElement(box, '.sender-title')];
  const uid = attributeOf(box, 'data-sender-uid');
  const number = numberInPicture(box) ?? (uid !== null && /^[1-9]\d{4,11}$/.test(uid) ? uid : null);
  const id = attributeOf(box, 'id')?.replace(/^msg-/, '') ?? null;
  const shown = name === null ? '' : textOf(name).trim();
  return {
    ...(id === null ? {} : { id }),
    sender: {
      ...(uid === null ? {} : { uid }),
      ...(number === null ? {} : { uin: number }),
      ...(shown === '' ? {} : { name: shown }),
      ...(title === null ? {} : { title: textOf(title).trim() }),
    },
  };
}

const clockPattern = /(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2}) )?(\d{1,2}):(\d{2})(?::(\d{2}))?/;

/** `2024/02/01 08:00:00`, or a time of day alone on the block's date. */
function clockOf(text: string, date: string): number | null {
  const match = clockPattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '', minute = '', second = '0'] = match;
  const [ownYear, ownMonth, ownDay] = year === undefined ? date.split('-') : [year, month, day];
  const iso = `${(ownYear ?? '').padStart(4, '0')}-${(ownMonth ?? '').padStart(2, '0')}-${(ownDay ?? '').padStart(2, '0')}`;
  const atMs = Date.parse(`${iso}T${hour.padStart(2, '0')}:${minute}:${second.padStart(2, '0')}Z`);
  return Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== iso ? null : atMs;
}

/** The message of a chunk's record, of which the page's block is `html`. Its `text` is in lower case and cut: it is read only where there is no block. */
export function withRecord(block: PageBlock | null, record: JsonObject): JsonObject {
  const message: JsonObject = block?.message ?? { content: { text: words(record['text']) ?? '' } };
  const id = words(record['id'])?.replace(/^msg-/, '') ?? null;
  const known = isObject(message['sender']) ? message['sender'] : {};
  const [uid, name] = [words(record['uid']), words(record['name'])];
  const isSystem = message['system'] === true;
  const sender = { ...(uid === null ? {} : { uid }), ...(name === null ? {} : { name }), ...known };
  return {
    ...message,
    ...(id === null ? {} : { id }),
    ...(isSystem ? {} : { sender }),
    timestamp: record['ts'] ?? 0,
  };
}

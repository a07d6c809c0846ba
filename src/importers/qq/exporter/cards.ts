// Cards, which QQ sends as JSON inside of a string: shared pages, places, people, merged records.

import type { JsonObject } from '../../../model/json';
import type { MessageFacts, MessageKind } from '../../../model/record';
import { isObject, parseObject, words } from '../../json-fields';

export interface Card {
  readonly kind: MessageKind;
  readonly text: string;
  readonly facts: Pick<MessageFacts, 'location' | 'contact'>;
}

/** A card by the data of its element: `content` is the card as it was sent, the rest what the exporter read off it. */
export function readCard(data: JsonObject): Card {
  const card = parseObject(words(data['content']) ?? '') ?? {};
  const app = words(card['app']) ?? '';
  const meta = isObject(card['meta']) ? (Object.values(card['meta']).find(isObject) ?? {}) : {};
  if (app === 'com.tencent.map') return locationCard(meta, data);
  if (app.startsWith('com.tencent.contact')) return contactCard(meta, data);
  const url = words(data['url']) ?? words(meta['jumpUrl']) ?? words(meta['qqdocurl']) ?? words(meta['url']);
  const kind = app === 'com.tencent.multimsg' ? 'forwarded' : 'link';
  return { kind, text: linesOf(data['title'], data['description'] ?? meta['desc'], url), facts: {} };
}

function locationCard(meta: JsonObject, data: JsonObject): Card {
  const latitude = Number(words(meta['lat']) ?? Number.NaN);
  const longitude = Number(words(meta['lng']) ?? Number.NaN);
  const name = words(meta['name']);
  const address = words(meta['address']);
  const text = linesOf(name ?? data['title'], address, null);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return { kind: 'location', text, facts: {} };
  const location = { latitude, longitude, ...(name === null ? {} : { name }), ...(address === null ? {} : { address }) };
  return { kind: 'location', text, facts: { location } };
}

function contactCard(meta: JsonObject, data: JsonObject): Card {
  const name = words(meta['nickname']) ?? words(data['title']) ?? '';
  return { kind: 'contact', text: name, facts: { contact: { name } } };
}

/** The exporter writes `JSON消息` where a card has no title. */
function linesOf(...parts: readonly (JsonObject[string] | undefined)[]): string {
  const lines = parts.flatMap((part) => words(part) ?? []).filter((line) => line !== 'JSON消息');
  return [...new Set(lines)].join('\n');
}

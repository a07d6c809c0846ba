// The elements of a message of qq-chat-exporter, to its text, kind, files and facts. What an element has beyond these is kept
// under `extra.elements`.

import type { JsonObject } from '../../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind, TextEntity } from '../../../model/record';
import { idOf, isObject, membersBeyond, objectsOf, words } from '../../json-fields';
import { readCard } from './cards';
import { fileKindOf, fileMembers, toAttachment } from './resources';
import type { ResourcePlace } from './resources';
import { readCall } from './system-lines';

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

/** A message as it grows, element by element. */
export interface Content {
  text: string;
  /** The most telling kind so far; null while there is only text. */
  kind: MessageKind | null;
  readonly attachments: AttachmentRecord[];
  readonly entities: TextEntity[];
  readonly facts: MutableFacts;
  /** What elements say beyond the neutral fields, as elements. */
  readonly kept: JsonObject[];
  readonly place: ResourcePlace;
  /** What stands of files beside the elements, in the same order. */
  readonly resources: JsonObject[];
}

/** From the most telling to the least: a message of several elements is what the first of these is. */
const kindOrder: readonly MessageKind[] = [
  'system',
  'forwarded',
  'call',
  'transfer',
  'location',
  'contact',
  'link',
  'voice',
  'video',
  'file',
  'image',
  'sticker',
  'text',
  'unknown',
];
/** Records in records; the exporter itself stops after three. */
const forwardDepth = 10;
const forwardLines = 500;

export function createContent(place: ResourcePlace, resources: readonly JsonObject[]): Content {
  return { text: '', kind: null, attachments: [], entities: [], facts: {}, kept: [], place, resources: [...resources] };
}

/** Takes the next element. */
export function takeElement(content: Content, element: JsonObject): void {
  const type = words(element['type']) ?? '';
  const data = isObject(element['data']) ? element['data'] : {};
  const kind = fileKindOf(type);
  if (kind !== undefined) return takeFile(content, type, kind, data);
  const take = takers.get(type) ?? takeUnknown;
  take(content, data, type);
}

type Taker = (content: Content, data: JsonObject, type: string) => void;

const takers: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['text', (content, data) => addText(content, 'text', words(data['text']) ?? '')],
  ['at', takeMention],
  ['face', takeFace],
  ['reply', takeReply],
  ['forward', takeForward],
  ['json', takeCard],
  ['location', (content, data, type) => takeTitled(content, data, type, 'location')],
  ['wallet', (content, data, type) => takeTitled(content, data, type, 'transfer')],
  ['markdown', takeMarkdown],
  ['av_record', takeCall],
  ['system', (content, data, type) => takeTitled(content, data, type, 'system')],
]);

function addKind(content: Content, kind: MessageKind): void {
  if (content.kind === null || kindOrder.indexOf(kind) < kindOrder.indexOf(content.kind)) content.kind = kind;
}

function addText(content: Content, kind: MessageKind, text: string): void {
  if (text !== '') addKind(content, kind);
  content.text += text;
}

function keep(content: Content, type: string, data: JsonObject, known: ReadonlySet<string>): void {
  const rest = membersBeyond(data, known);
  if (rest !== null) content.kept.push({ type, data: rest });
}

function takeFile(content: Content, type: string, kind: AttachmentRecord['kind'], data: JsonObject): void {
  const at = content.resources.findIndex((resource) => resource['type'] === type);
  const [resource] = at === -1 ? [] : content.resources.splice(at, 1);
  const attachment = toAttachment(kind, data, resource ?? null, content.place);
  content.attachments.push(attachment);
  addKind(content, attachment.kind === 'audio' || attachment.kind === 'animation' ? 'file' : attachment.kind);
  const both = { ...resource, ...data };
  // An address inside the export is the path once more.
  const isAddress = /^https?:/.test(words(both['url']) ?? '');
  keep(content, type, both, isAddress ? fileMembers : new Set([...fileMembers, 'url']));
}

function takeMention(content: Content, data: JsonObject): void {
  const name = words(data['name']) ?? '某人';
  const text = name.startsWith('@') ? name : `@${name}`;
  content.entities.push({ type: 'mention', offset: content.text.length, length: text.length });
  addText(content, 'text', text);
  keep(content, 'at', data, new Set(['name']));
}

/** Dice and rock-paper-scissors are faces with a result. */
const results: ReadonlyMap<string, string> = new Map([
  ['359/1', '石头'],
  ['359/2', '剪刀'],
  ['359/3', '布'],
]);

function takeFace(content: Content, data: JsonObject): void {
  const id = idOf(data['id']) ?? '';
  const name = words(data['name']) ?? `表情${id}`;
  const result = words(data['resultId']);
  const shown = name.startsWith('/') || name.startsWith('[') ? name : `[${name}]`;
  addText(content, 'text', result === null ? shown : `${shown}（${results.get(`${id}/${result}`) ?? result}）`);
  keep(content, 'face', data, new Set(['name']));
}

function takeReply(content: Content, data: JsonObject): void {
  const id = words(data['referencedMessageId']) ?? words(data['messageId']);
  const excerpt = words(data['content']);
  content.facts.replyTo = { sourceId: id === '0' ? null : id, ...(excerpt === null ? {} : { excerpt }) };
  keep(content, 'reply', data, new Set(['messageId', 'referencedMessageId', 'content']));
}

function takeForward(content: Content, data: JsonObject): void {
  const lines: string[] = [];
  takeForwarded(content, data, lines, 0);
  const preview = Array.isArray(data['preview']) ? data['preview'].flatMap((line) => words(line) ?? []) : [];
  const shown = lines.length > 0 ? lines : preview.length > 0 ? preview : [words(data['summary']) ?? ''];
  addText(content, 'forwarded', [words(data['title']) ?? '聊天记录', ...shown].filter((line) => line !== '').join('\n'));
  addKind(content, 'forwarded');
  keep(content, 'forward', data, new Set(['title']));
}

/** Lines of the messages inside, and their files as files of the message. */
function takeForwarded(content: Content, data: JsonObject, lines: string[], depth: number): void {
  for (const message of objectsOf(data['messages'])) {
    if (lines.length >= forwardLines || depth >= forwardDepth) return;
    const inside = isObject(message['content']) ? message['content'] : {};
    const name = isObject(message['sender']) ? words(message['sender']['name']) : null;
    const text = words(inside['text']) ?? '';
    lines.push(name === null ? text : `${name}: ${text}`);
    for (const element of objectsOf(inside['elements'])) {
      const kind = fileKindOf(words(element['type']) ?? '');
      const inner = isObject(element['data']) ? element['data'] : {};
      if (kind !== undefined) content.attachments.push(toAttachment(kind, inner, null, content.place));
      else if (element['type'] === 'forward') takeForwarded(content, inner, lines, depth + 1);
    }
  }
}

function takeCard(content: Content, data: JsonObject): void {
  const { kind, text, facts } = readCard(data);
  addText(content, kind, text);
  addKind(content, kind);
  Object.assign(content.facts, facts);
  keep(content, 'json', data, new Set(['summary']));
}

function takeTitled(content: Content, data: JsonObject, type: string, kind: MessageKind): void {
  addText(content, kind, titleOf(data));
  addKind(content, kind);
  keep(content, type, data, new Set(['text', 'summary']));
}

function takeMarkdown(content: Content, data: JsonObject): void {
  addText(content, 'text', words(data['content']) ?? '');
  keep(content, 'markdown', data, new Set(['content', 'summary']));
}

function takeCall(content: Content, data: JsonObject): void {
  const text = titleOf(data);
  addText(content, 'call', text);
  content.facts.call = readCall(text, data['type'] === 2);
  keep(content, 'av_record', data, new Set(['text', 'summary']));
}

/** Gifts, keyboards, calendars, games and what is to come: shown by their words, kept whole. */
function takeUnknown(content: Content, data: JsonObject, type: string): void {
  addText(content, 'unknown', titleOf(data));
  addKind(content, 'unknown');
  content.kept.push({ type, data });
}

function titleOf(data: JsonObject): string {
  return words(data['text']) ?? words(data['summary']) ?? words(data['title']) ?? words(data['content']) ?? '';
}

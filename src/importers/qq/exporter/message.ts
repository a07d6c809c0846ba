// One message of qq-chat-exporter, of version 5 or 4, to a neutral message.

import type { Json, JsonObject } from '../../../model/json';
import { noAttachments } from '../../../model/record';
import type { MessageFacts, MessageKind, MessageRecord, Span } from '../../../model/record';
import { parseInstant } from '../../instant';
import { idOf, isObject, membersBeyond, objectsOf, words } from '../../json-fields';
import { createContent, takeElement } from './elements';
import type { Content } from './elements';
import { fileKindOf, toAttachment } from './resources';
import type { ResourcePlace } from './resources';
import type { Senders } from './senders';
import { actionOf } from './system-lines';

export interface MessageContext {
  readonly place: ResourcePlace;
  readonly senders: Senders;
}

const neutralMembers = new Set([
  'id',
  'messageId',
  'timestamp',
  'time',
  'sender',
  'content',
  'type',
  'messageType',
  'recalled',
  'isRecalled',
  'system',
  'isSystemMessage',
]);
/** `html` is the same once more, made of the elements. */
const neutralContent = new Set(['text', 'html', 'elements', 'resources']);
/** Seconds of the year 5138: greater numbers are milliseconds. */
const greatestSeconds = 1e11;
const greatestMs = 253_402_300_799_999;

/** The message; null where it has no time that can be read. Integers beyond 2^53 must come as text. */
export function toMessage(element: JsonObject, { place, senders }: MessageContext, span: Span): MessageRecord | null {
  const sentAtMs = readTime(element['timestamp']) ?? readTime(element['time']);
  if (sentAtMs === null) return null;
  const body = isObject(element['content']) ? element['content'] : {};
  const content = readContent(body, place);
  const isRecalled = element['recalled'] === true || element['isRecalled'] === true;
  const isSystem = element['system'] === true || element['isSystemMessage'] === true || element['type'] === 'system';
  const kind: MessageKind = isSystem ? 'system' : (content.kind ?? (content.text === '' ? 'unknown' : 'text'));
  const { index, extra } = senders.indexOf(senderOf(element));
  return {
    type: 'message',
    conversation: 0,
    sender: index,
    sourceId: messageIdOf(element),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: content.text,
    attachments: content.attachments.length === 0 ? noAttachments : content.attachments,
    facts: factsOf(element, body, content, kind, isRecalled, extra),
    ...span,
  };
}

/** An instant in ms: of a number, in ms or s, or of an ISO text with its zone. */
export function readTime(value: Json | undefined): number | null {
  if (typeof value === 'string') return /^\d{9,13}$/.test(value) ? readTime(Number(value)) : parseInstant(value);
  if (typeof value !== 'number' || !(value > 0)) return null;
  const atMs = Math.round(value > greatestSeconds ? value : value * 1000);
  return atMs <= greatestMs ? atMs : null;
}

function messageIdOf(element: JsonObject): string | null {
  const id = idOf(element['id']) ?? idOf(element['messageId']);
  return id === '0' ? null : id;
}

/** Version 4 may have the sender's names in the raw message only. */
function senderOf(element: JsonObject): JsonObject {
  const sender = isObject(element['sender']) ? element['sender'] : {};
  const raw = isObject(element['rawMessage']) ? element['rawMessage'] : {};
  const name = words(sender['name']) ?? words(raw['sendMemberName']) ?? words(raw['sendRemarkName']) ?? words(raw['sendNickName']);
  const uid = sender['uid'] ?? raw['senderUid'];
  const uin = sender['uin'] ?? raw['senderUin'];
  return { ...sender, ...(name === null ? {} : { name }), ...(uid === undefined ? {} : { uid }), ...(uin === undefined ? {} : { uin }) };
}

/** A whole text that only stands for a file, as the exporter writes it. */
const placeholder = /^\[(?:图片|视频|文件|语音)[:：][^\]\n]*\]$/;

function readContent(body: JsonObject, place: ResourcePlace): Content {
  const resources = objectsOf(body['resources']);
  const content = createContent(place, resources);
  const elements = objectsOf(body['elements']);
  for (const element of elements) takeElement(content, element);
  // Resources that no element told of: all of them in versions that had no elements.
  for (const resource of content.resources) {
    const kind = fileKindOf(words(resource['type']) ?? '') ?? 'file';
    content.attachments.push(toAttachment(kind, {}, resource, place));
    content.kind ??= kind === 'audio' || kind === 'animation' ? 'file' : kind;
  }
  const shown = words(body['text']) ?? '';
  if (elements.length === 0) content.text = content.attachments.length > 0 && placeholder.test(shown) ? '' : shown;
  const reply = body['reply'];
  if (isObject(reply)) takeElement(content, { type: 'reply', data: reply });
  return content;
}

function factsOf(
  element: JsonObject,
  body: JsonObject,
  content: Content,
  kind: MessageKind,
  isRecalled: boolean,
  senderExtra: JsonObject,
): MessageFacts | null {
  const action = kind === 'system' ? (isRecalled ? 'recall' : actionOf(content.text)) : null;
  const { kept, entities } = content;
  const type = words(element['type']);
  const bodyRest = membersBeyond(
    body,
    elementsTellMentions(body) ? new Set([...neutralContent, 'mentions', 'reply']) : new Set([...neutralContent, 'reply']),
  );
  const extra = {
    ...membersBeyond(element, neutralMembers),
    ...senderExtra,
    ...(kept.length > 0 ? { elements: kept } : {}),
    ...(bodyRest === null ? {} : { content: bodyRest }),
    ...(type !== null && type.startsWith('type_') ? { type } : {}),
    ...(kind === 'unknown' ? { raw: element } : {}),
  };
  const facts: MessageFacts = {
    ...content.facts,
    ...(entities.length > 0 ? { entities } : {}),
    ...(action === null ? {} : { service: { action } }),
    ...(isRecalled ? { deleted: { by: 'unknown' } } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

function elementsTellMentions(body: JsonObject): boolean {
  return objectsOf(body['elements']).some(({ type }) => type === 'at');
}

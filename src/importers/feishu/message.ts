// One message of Feishu's API.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { MessageFacts, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { idOf, isObject, membersBeyond, objectsOf, parseObject, words } from '../json-fields';
import type { People } from '../people';
import { attachmentsOf } from './attachments';
import { contentOf } from './content';
import type { Mentions } from './content';

export interface MessageContext {
  readonly files: FileSet;
  /** Folder of the file of messages: '' or ending in `/`. */
  readonly folder: string;
  readonly people: People;
  conversationOf(chatId: string, out: NeutralRecord[]): number;
}

const neutralMembers = new Set([
  'message_id',
  'msg_type',
  'create_time',
  'update_time',
  'deleted',
  'updated',
  'chat_id',
  'sender',
  'body',
  'parent_id',
]);
const greatestMs = 253_402_300_799_999;

/** The message; null where it has no id, chat or time. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sourceId = words(element['message_id']);
  const chatId = words(element['chat_id']);
  const sentAtMs = readTime(element['create_time']);
  if (sourceId === null || chatId === null || sentAtMs === null) return null;
  const type = words(element['msg_type']) ?? '';
  const raw = isObject(element['body']) ? words(element['body']['content']) : null;
  const body = parseObject(raw ?? '') ?? {};
  const mentions = readMentions(element, context.people, out);
  const content = contentOf(type, body, mentions);
  const conversation = context.conversationOf(chatId, out);
  return {
    type: 'message',
    conversation,
    sender: senderOf(element, context.people, mentions, out),
    sourceId,
    sentAtMs,
    clock: 'absolute',
    kind: content.kind,
    text: content.text,
    attachments: attachmentsOf(type, body, content.pictures, context.files, context.folder),
    facts: factsOf(element, type, raw, body, content),
    ...span,
  };
}

/** Milliseconds since 1970 as text, as the API writes them. */
export function readTime(value: Json | undefined): number | null {
  const text = idOf(value);
  const atMs = text !== null && /^\d{12,15}$/.test(text) ? Number(text) : Number.NaN;
  return atMs > 0 && atMs <= greatestMs ? atMs : null;
}

/** Names stand only where someone is mentioned; each is told to the people. */
function readMentions(element: JsonObject, people: People, out: NeutralRecord[]): Mentions {
  const mentions = new Map<string, string>();
  for (const mention of objectsOf(element['mentions'])) {
    const key = words(mention['key']);
    const id = words(mention['id']);
    const name = words(mention['name']);
    if (key !== null && name !== null) mentions.set(key, name);
    if (id !== null && name !== null) {
      people.withId(id, name, out);
      mentions.set(id, name);
    }
  }
  return mentions;
}

function senderOf(element: JsonObject, people: People, mentions: Mentions, out: NeutralRecord[]): number {
  const sender = isObject(element['sender']) ? element['sender'] : {};
  const id = words(sender['id']);
  if (id === null) return -1;
  const extra = membersBeyond(sender, new Set(['id']));
  return people.withId(id, mentions.get(id) ?? null, out, extra);
}

function factsOf(
  element: JsonObject,
  type: string,
  raw: string | null,
  body: JsonObject,
  { kind, facts, entities, known, keepsType }: ReturnType<typeof contentOf>,
): MessageFacts | null {
  const parent = words(element['parent_id']);
  const rest = membersBeyond(body, known);
  const extra: Record<string, Json> = { ...membersBeyond(element, neutralMembers) };
  if (rest !== null) extra['content'] = rest;
  if (keepsType) extra['msg_type'] = type;
  if (raw !== null && Object.keys(body).length === 0) extra['body'] = raw;
  if (kind === 'unknown') extra['raw'] = element;
  const all: MessageFacts = {
    ...facts,
    ...(parent === null ? {} : { replyTo: { sourceId: parent } }),
    ...(element['updated'] === true ? { edited: { editedAtMs: readTime(element['update_time']) } } : {}),
    ...(element['deleted'] === true ? { deleted: { by: 'unknown' } } : {}),
    ...(entities.length === 0 ? {} : { entities }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return Object.keys(all).length === 0 ? null : all;
}

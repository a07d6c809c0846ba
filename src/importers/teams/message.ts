// One `chatMessage` of Microsoft Graph to a neutral message.

import { parseHtml } from '../../bytes/html-tree';
import { findElements, shownTextOf } from '../../bytes/html-query';
import type { HtmlNode } from '../../bytes/html-tree';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Reaction, Span } from '../../model/record';
import { fileKindOf, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import { idOf, membersBeyond, objectOf, objectsOf, parseObject, words } from '../json-fields';
import type { People } from '../people';

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  'id',
  'messageType',
  'createdDateTime',
  'lastEditedDateTime',
  'deletedDateTime',
  'from',
  'body',
  'attachments',
  'reactions',
  'replyToId',
  'chatId',
]);
/** Members that Graph repeats in each message and that say nothing of it. */
const silentKeys = new Set([
  ...neutralKeys,
  'etag',
  'locale',
  'importance',
  'lastModifiedDateTime',
  '@odata.etag',
  'mentions',
  'eventDetail',
]);

/** Appends the sender where new; the message, or null where it has no time. */
export function toMessage(
  element: JsonObject,
  conversation: number,
  people: People,
  span: Span,
  out: NeutralRecord[],
): MessageRecord | null {
  const sentAtMs = instantOf(element['createdDateTime']);
  if (sentAtMs === null) return null;
  const type = words(element['messageType']) ?? 'message';
  const body = readBody(objectOf(element['body']));
  const files = objectsOf(element['attachments']).filter(({ contentType }) => contentType !== 'messageReference');
  const attachments = [...files.map(toAttachment), ...body.pictures];
  return {
    type: 'message',
    conversation,
    sender: senderIndex(objectOf(element['from']), conversation, people, out),
    sourceId: idOf(element['id']),
    sentAtMs,
    clock: 'absolute',
    kind: kindOf(type, attachments),
    text: body.text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: readFacts(element, type, files),
    ...span,
  };
}

/** A user or an app, by id; by name where Graph gives no id. */
function senderIndex(from: JsonObject | null, conversation: number, people: People, out: NeutralRecord[]): number {
  const identity = objectOf(from?.['user']) ?? objectOf(from?.['application']) ?? objectOf(from?.['device']);
  const id = idOf(identity?.['id']);
  const name = words(identity?.['displayName']);
  if (id !== null) return people.withId(id, name, out);
  return name === null ? -1 : people.named(name, conversation, out);
}

function kindOf(type: string, attachments: readonly AttachmentRecord[]): MessageKind {
  if (type === 'systemEventMessage') return 'system';
  if (type !== 'message' && type !== 'chatEvent') return 'unknown';
  const [first] = attachments;
  return first === undefined ? 'text' : messageKindOf(first.kind);
}

/** The shown text of a body, and the pictures in it. Quoted messages and files are marks without text there. */
function readBody(body: JsonObject | null): { text: string; pictures: readonly AttachmentRecord[] } {
  const content = words(body?.['content']) ?? '';
  if (body?.['contentType'] !== 'html') return { text: content, pictures: [] };
  const nodes = parseHtml(content);
  const pictures = findElements({ children: nodes }, 'img').map(({ attributes }): AttachmentRecord => {
    const name = attributes.get('alt') ?? null;
    return { kind: 'image', name: name === '' ? null : name, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null };
  });
  return { text: shownTextOf(nodes.map(withEmoji)), pictures };
}

const shownByAlt = new Set(['emoji', 'customemoji']);

/** Emoji are elements without content, whose character is an attribute. */
function withEmoji(node: HtmlNode): HtmlNode {
  if (typeof node === 'string') return node;
  if (shownByAlt.has(node.name)) return node.attributes.get('alt') ?? '';
  return { ...node, children: node.children.map(withEmoji) };
}

function toAttachment(file: JsonObject): AttachmentRecord {
  const name = words(file['name']);
  return { kind: fileKindOf(name), name, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null };
}

function readFacts(element: JsonObject, type: string, files: readonly JsonObject[]): MessageFacts | null {
  const facts: MutableFacts = {};
  const reply = readReply(element);
  if (reply !== null) facts.replyTo = reply;
  const edited = element['lastEditedDateTime'];
  if (typeof edited === 'string') facts.edited = { editedAtMs: parseInstant(edited) };
  if (typeof element['deletedDateTime'] === 'string') facts.deleted = { by: 'unknown' };
  const reactions = readReactions(element['reactions']);
  if (reactions.length > 0) facts.reactions = reactions;
  const event = objectOf(element['eventDetail']);
  if (type === 'systemEventMessage') facts.service = { action: actionOf(event) };
  const extra: Record<string, Json> = { ...membersBeyond(element, silentKeys) };
  if (event !== null) extra['eventDetail'] = event;
  const mentions = objectsOf(element['mentions']);
  if (mentions.length > 0) extra['mentions'] = mentions;
  if (files.length > 0) extra['attachments'] = files;
  if (type !== 'message' && type !== 'chatEvent' && type !== 'systemEventMessage') extra['raw'] = element;
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

/** In channels `replyToId`; in chats an attachment that quotes the message, whose content is JSON. */
function readReply(element: JsonObject): NonNullable<MessageFacts['replyTo']> | null {
  const id = idOf(element['replyToId']);
  if (id !== null) return { sourceId: id };
  const quote = objectsOf(element['attachments']).find(({ contentType }) => contentType === 'messageReference');
  if (quote === undefined) return null;
  const content = parseObject(words(quote['content']) ?? '');
  const sourceId = idOf(content?.['messageId']) ?? idOf(quote['id']);
  const excerpt = words(content?.['messagePreview']);
  return excerpt === null ? { sourceId } : { sourceId, excerpt };
}

/** By character, or by Graph's word for one of the first six. */
function readReactions(value: Json | undefined): readonly Reaction[] {
  const byEmoji = new Map<string, string[]>();
  for (const reaction of objectsOf(value)) {
    const word = words(reaction['reactionType']) ?? '❔';
    const emoji = reactionWords.get(word) ?? word;
    const user = objectOf(objectOf(reaction['user'])?.['user']) ?? objectOf(reaction['user']);
    byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), words(user?.['displayName']) ?? '']);
  }
  return [...byEmoji].map(([emoji, by]) => ({ emoji, count: by.length, by: by.filter((name) => name !== '') }));
}

const reactionWords: ReadonlyMap<string, string> = new Map([
  ['like', '👍'],
  ['heart', '❤️'],
  ['laugh', '😆'],
  ['surprised', '😮'],
  ['sad', '🙁'],
  ['angry', '😡'],
]);

const actions: ReadonlyMap<string, string> = new Map([
  ['membersAdded', 'invite_members'],
  ['membersDeleted', 'remove_members'],
  ['membersJoined', 'join_group'],
  ['membersLeft', 'leave_group'],
  ['chatRenamed', 'edit_group_title'],
  ['callStarted', 'group_call'],
  ['callEnded', 'group_call'],
]);

/** `#microsoft.graph.membersAddedEventMessageDetail` and its like. */
function actionOf(event: JsonObject | null): string {
  const type = words(event?.['@odata.type']) ?? '';
  const word = /^#microsoft\.graph\.(\w{1,60})EventMessageDetail$/.exec(type)?.[1] ?? 'event';
  return actions.get(word) ?? word;
}

function instantOf(value: Json | undefined): number | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

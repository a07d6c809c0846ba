// One message of Google Chat to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Reaction, Span } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { idOf, membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { parseChatDate } from './chat-date';
import { toAttachment } from './chat-files';
import { memberOf } from './chat-layout';
import { readAnnotations } from './chat-annotations';

export interface ChatContext {
  readonly files: FileSet;
  /** Where the messages lie: '' or ending in `/`. */
  readonly folder: string;
  readonly conversation: number;
  readonly people: People;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set(['creator', 'created_date', 'text', 'message_id', 'annotations', 'attached_files', 'reactions']);
const deletedKeys = new Set([...neutralKeys, 'message_state']);

/** Appends the sender where new; the message, or null where it has no time. */
export function toMessage(element: JsonObject, context: ChatContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = parseChatDate(words(element['created_date']) ?? '');
  if (sentAtMs === null) return null;
  const files = objectsOf(element['attached_files']);
  const attachments = files.length === 0 ? noAttachments : files.map((file) => toAttachment(file, context.files, context.folder));
  const kind = kindOf(element, attachments);
  return {
    type: 'message',
    conversation: context.conversation,
    sender: senderIndex(element, context, out),
    sourceId: idOf(element['message_id']),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: words(element['text']) ?? '',
    attachments,
    facts: readFacts(element, kind, context.people),
    ...span,
  };
}

/** Who has no address is known by name. */
function senderIndex(element: JsonObject, { people, conversation }: ChatContext, out: NeutralRecord[]): number {
  const creator = memberOf(element['creator']);
  if (creator === null) return -1;
  if (creator.email === null) return people.named(creator.name, conversation, out);
  return people.withId(creator.email, creator.name, out, creator.isBot ? { isBot: true } : null);
}

/** What has neither words nor files is a card, of which the annotations say what it is. */
function kindOf(element: JsonObject, attachments: readonly AttachmentRecord[]): MessageKind {
  const [first] = attachments;
  if (first !== undefined) return messageKindOf(first.kind);
  if (words(element['text']) !== null || element['message_state'] === 'DELETED') return 'text';
  const cards = objectsOf(element['annotations']);
  if (cards.some((card) => ['url_metadata', 'youtube_metadata', 'drive_metadata'].some((key) => objectOf(card[key]) !== null)))
    return 'link';
  return 'unknown';
}

function readFacts(element: JsonObject, kind: MessageKind, people: People): MessageFacts | null {
  const facts: MutableFacts = {};
  const replyTo = readReply(element);
  if (replyTo !== null) facts.replyTo = replyTo;
  const reactions = objectsOf(element['reactions']).map((reaction) => readReaction(reaction, people));
  if (reactions.length > 0) facts.reactions = reactions;
  const updated = words(element['updated_date']);
  if (updated !== null) facts.edited = { editedAtMs: parseChatDate(updated) };
  if (element['message_state'] === 'DELETED') facts.deleted = { by: deletedBy(objectOf(element['deletion_metadata'])) };
  const { entities, cards } = readAnnotations(element['annotations'], words(element['text']) ?? '');
  if (entities.length > 0) facts.entities = entities;
  const known = element['message_state'] === 'DELETED' ? deletedKeys : neutralKeys;
  const extra = {
    ...membersBeyond(element, holdsTopic(element) ? new Set([...known, 'topic_id']) : known),
    ...(cards.length === 0 ? {} : { annotations: cards }),
    ...(kind === 'unknown' ? { raw: element } : {}),
  };
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

/** True where the id of its topic is part of its own: `group/topic/message`. */
function holdsTopic(element: JsonObject): boolean {
  return (words(element['message_id']) ?? '').split('/')[1] === element['topic_id'];
}

/** What it quotes; else the first message of its topic, which has the topic's id. */
function readReply(element: JsonObject): NonNullable<MessageFacts['replyTo']> | null {
  const quoted = objectOf(element['quoted_message_metadata']);
  if (quoted !== null) {
    const excerpt = words(quoted['text']);
    return { sourceId: idOf(quoted['message_id']), ...(excerpt === null ? {} : { excerpt }) };
  }
  const [group, topic, message, ...more] = (words(element['message_id']) ?? '').split('/');
  return message === undefined || more.length > 0 || message === topic ? null : { sourceId: `${group}/${topic}/${topic}` };
}

function readReaction(reaction: JsonObject, people: People): Reaction {
  const emoji = objectOf(reaction['emoji']);
  const word = words(emoji?.['unicode']) ?? words(objectOf(emoji?.['custom_emoji'])?.['shortcode']) ?? '';
  const emails = Array.isArray(reaction['reactor_emails']) ? reaction['reactor_emails'].flatMap((email: Json) => words(email) ?? []) : [];
  return { emoji: word, count: Math.max(1, emails.length), by: emails.map((email) => people.nameOf(email.toLowerCase()) ?? email) };
}

function deletedBy(metadata: JsonObject | null): 'sender' | 'admin' | 'unknown' {
  const word = words(metadata?.['deletion_type']) ?? '';
  if (word === 'CREATOR') return 'sender';
  return /ADMIN|MANAGER|OWNER/.test(word) ? 'admin' : 'unknown';
}

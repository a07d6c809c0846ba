// One message of DiscordChatExporter's JSON to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import { countOf, idOf, membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { discordTypes } from './message-types';
import type { DiscordType } from './message-types';

export interface MessageContext {
  readonly files: FileSet;
  /** Folder of the export: '' or ending in `/`. */
  readonly folder: string;
  readonly conversation: number;
  readonly channelId: string | null;
  readonly people: People;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  'id',
  'type',
  'timestamp',
  'timestampEdited',
  'callEndedTimestamp',
  'content',
  'author',
  'attachments',
  'reactions',
  'reference',
]);

/** Appends the sender where new; the message, or null where it has no time that can be read. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = instantOf(element['timestamp']);
  if (sentAtMs === null) return null;
  const type = discordTypes.get(idOf(element['type']) ?? '');
  const forwarded = objectOf(element['forwardedMessage']);
  const attachments = readAttachments(element, forwarded, context);
  const text = words(element['content']) ?? words(forwarded?.['content']) ?? '';
  const author = objectOf(element['author']);
  const facts = readFacts(element, type, forwarded, sentAtMs, context);
  return {
    type: 'message',
    conversation: context.conversation,
    sender: author === null ? -1 : personIndex(author, context.people, out),
    sourceId: idOf(element['id']),
    sentAtMs,
    clock: 'absolute',
    kind: kindOf(element, type, attachments, text),
    text: text === '' ? embeddedText(element) : text,
    attachments,
    facts,
    ...span,
  };
}

const authorKeys = new Set(['id', 'name', 'discriminator', 'nickname']);

/** Index of an author, -1 where it has no id; shown by the name in that guild. */
export function personIndex(author: JsonObject, people: People, out: NeutralRecord[]): number {
  const id = idOf(author['id']);
  if (id === null) return -1;
  const username = words(author['name']);
  const tag = words(author['discriminator']);
  const extra = {
    ...(username === null ? {} : { username: tag === null || tag === '0' || tag === '0000' ? username : `${username}#${tag}` }),
    ...membersBeyond(author, authorKeys),
  };
  return people.withId(id, authorName(author), out, extra);
}

export function authorName(author: JsonObject): string | null {
  return words(author['nickname']) ?? words(author['name']);
}

function kindOf(element: JsonObject, type: DiscordType | undefined, attachments: readonly AttachmentRecord[], text: string): MessageKind {
  if (type === undefined) return 'unknown';
  if (type.kind !== 'text') return type.kind;
  const [first] = attachments;
  if (first !== undefined) return messageKindOf(first.kind);
  if (text !== '') return 'text';
  const [embed] = objectsOf(element['embeds']);
  return words(embed?.['url']) === null ? 'text' : 'link';
}

/** Bots write cards instead of text: title and description of each. */
function embeddedText(element: JsonObject): string {
  const lines = objectsOf(element['embeds']).flatMap((embed) => [words(embed['title']), words(embed['description'])]);
  return lines.filter((line) => line !== null).join('\n');
}

/** Files and stickers; a forwarded message's are the message's own. */
function readAttachments(
  element: JsonObject,
  forwarded: JsonObject | null,
  { files, folder }: MessageContext,
): readonly AttachmentRecord[] {
  const found = [element, ...(forwarded === null ? [] : [forwarded])].flatMap((holder) => [
    ...objectsOf(holder['attachments']).map((file) => {
      const name = words(file['fileName']);
      const voice = name === 'voice-message.ogg' ? { kind: 'voice' as const } : {};
      return attach(files, folder, { ...voice, path: words(file['url']), name, sizeBytes: countOf(file['fileSizeBytes']) });
    }),
    ...objectsOf(holder['stickers']).map((sticker) =>
      attach(files, folder, { kind: 'sticker', path: words(sticker['sourceUrl']), name: words(sticker['name']) }),
    ),
  ]);
  return found.length === 0 ? noAttachments : found;
}

function readFacts(
  element: JsonObject,
  type: DiscordType | undefined,
  forwarded: JsonObject | null,
  sentAtMs: number,
  context: MessageContext,
): MessageFacts | null {
  const facts: MutableFacts = {};
  const reference = objectOf(element['reference']);
  const isForward = forwarded !== null || reference?.['type'] === 'Forward' || reference?.['type'] === 1;
  if (isForward) facts.forward = readForward(forwarded);
  else if (reference !== null) facts.replyTo = readReply(reference, context.channelId);
  const editedAtMs = instantOf(element['timestampEdited']);
  if (editedAtMs !== null) facts.edited = { editedAtMs };
  const reactions = objectsOf(element['reactions']).map(readReaction);
  if (reactions.length > 0) facts.reactions = reactions;
  if (type?.action !== undefined) facts.service = { action: type.action };
  if (type?.kind === 'call') facts.call = readCall(element, sentAtMs);
  const extra = readExtra(element, type, isForward);
  if (extra !== null) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function readReply(reference: JsonObject, channelId: string | null): NonNullable<MessageFacts['replyTo']> {
  const sourceId = idOf(reference['messageId']);
  const elsewhere = idOf(reference['channelId']);
  return elsewhere === null || elsewhere === channelId ? { sourceId } : { sourceId, conversationSourceId: elsewhere };
}

function readForward(forwarded: JsonObject | null): NonNullable<MessageFacts['forward']> {
  const sentAtMs = instantOf(forwarded?.['timestamp']);
  return sentAtMs === null ? { fromName: null } : { fromName: null, sentAtMs };
}

function readReaction(reaction: JsonObject): { emoji: string; count: number; by: readonly string[] } {
  const emoji = objectOf(reaction['emoji']);
  const name = words(emoji?.['name']) ?? '❔';
  const by = objectsOf(reaction['users']).flatMap((user) => authorName(user) ?? []);
  return { emoji: idOf(emoji?.['id']) === null ? name : `:${name}:`, count: countOf(reaction['count']) ?? 1, by };
}

/** Whether it was answered the export does not say. */
function readCall(element: JsonObject, sentAtMs: number): NonNullable<MessageFacts['call']> {
  const endedAtMs = instantOf(element['callEndedTimestamp']);
  return { durationMs: endedAtMs === null ? null : Math.max(0, endedAtMs - sentAtMs), outcome: 'unknown', video: false };
}

function readExtra(element: JsonObject, type: DiscordType | undefined, isForward: boolean): JsonObject | null {
  const kept: Record<string, Json> = { ...membersBeyond(element, neutralKeys) };
  const files = objectsOf(element['attachments']).map((file) => membersBeyond(file, fileKeys) ?? {});
  if (files.some((file) => Object.keys(file).length > 0)) kept['attachments'] = files;
  const custom = objectsOf(element['reactions']).filter((reaction) => idOf(objectOf(reaction['emoji'])?.['id']) !== null);
  if (custom.length > 0) kept['customReactions'] = custom;
  const reference = element['reference'];
  if (isForward && reference !== undefined) kept['reference'] = reference;
  if (type === undefined) kept['raw'] = element;
  return Object.keys(kept).length === 0 ? null : kept;
}

const fileKeys = new Set(['fileName', 'fileSizeBytes']);

function instantOf(value: Json | undefined): number | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

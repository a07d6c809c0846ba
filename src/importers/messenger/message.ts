// One message of a thread to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Reaction, Span } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { systemAction } from './system-lines';

export interface MessageContext {
  readonly files: FileSet;
  /** Where paths in the export begin: '' or ending in `/`. */
  readonly root: string;
  readonly conversation: number;
  readonly people: People;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  'sender_name',
  'sender_id_INTERNAL',
  'timestamp_ms',
  'content',
  'type',
  'is_unsent',
  'call_duration',
  'users',
  'photos',
  'videos',
  'gifs',
  'audio_files',
  'files',
  'sticker',
  'reactions',
]);

/** Members that hold files, and what those are; the kind of a plain file is told by its name. */
const fileMembers: readonly (readonly [name: string, kind: AttachmentRecord['kind'] | null])[] = [
  ['photos', 'image'],
  ['videos', 'video'],
  ['gifs', 'animation'],
  ['audio_files', 'voice'],
  ['files', null],
];

const greatestMs = 253_402_300_799_999;

/** Appends the sender where new; the message, or null where it has no time. Texts must be repaired before. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = timeOf(element['timestamp_ms']);
  if (sentAtMs === null) return null;
  const sender = words(element['sender_name']);
  const content = words(element['content']) ?? '';
  const attachments = readAttachments(element, context);
  const share = objectOf(element['share']);
  const action = actionOf(element, sender, content);
  const facts = readFacts(element, content, action);
  return {
    type: 'message',
    conversation: context.conversation,
    sender: sender === null ? -1 : context.people.named(sender, context.conversation, out),
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: kindOf(element, attachments, action),
    text: content === '' ? (words(share?.['link']) ?? words(share?.['share_text']) ?? '') : content,
    attachments,
    facts,
    ...span,
  };
}

/** ms since 1970; null where it is no time. */
export function timeOf(value: Json | undefined): number | null {
  const atMs = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof atMs === 'number' && Number.isInteger(atMs) && atMs > 0 && atMs <= greatestMs ? atMs : null;
}

/** Reactions by their characters, in the order of first use. */
export function readReactions(value: Json | undefined): readonly Reaction[] {
  const byEmoji = new Map<string, string[]>();
  for (const reaction of objectsOf(value)) {
    const emoji = words(reaction['reaction']) ?? '❔';
    const by = byEmoji.get(emoji) ?? [];
    by.push(words(reaction['actor']) ?? '');
    byEmoji.set(emoji, by);
  }
  return [...byEmoji].map(([emoji, by]) => ({ emoji, count: by.length, by: by.filter((name) => name !== '') }));
}

function readAttachments(element: JsonObject, { files, root }: MessageContext): readonly AttachmentRecord[] {
  const found = fileMembers.flatMap(([member, kind]) =>
    objectsOf(element[member]).map((file) => attach(files, root, { ...(kind === null ? {} : { kind }), path: words(file['uri']) })),
  );
  const sticker = objectOf(element['sticker']);
  if (sticker !== null) found.push(attach(files, root, { kind: 'sticker', path: words(sticker['uri']) }));
  return found.length === 0 ? noAttachments : found;
}

function kindOf(element: JsonObject, attachments: readonly AttachmentRecord[], action: string | null): MessageKind {
  if (element['call_duration'] !== undefined || element['type'] === 'Call') return 'call';
  if (action !== null) return 'system';
  const [first] = attachments;
  if (first !== undefined) return messageKindOf(first.kind);
  const share = objectOf(element['share']);
  return words(share?.['link']) === null ? 'text' : 'link';
}

/** What a line of the app's own says; null for what people wrote. */
function actionOf(element: JsonObject, sender: string | null, content: string): string | null {
  if (element['type'] === 'Subscribe') return 'invite_members';
  if (element['type'] === 'Unsubscribe') return 'remove_members';
  return sender === null ? null : systemAction(content, sender);
}

function readFacts(element: JsonObject, content: string, action: string | null): MessageFacts | null {
  const facts: MutableFacts = {};
  const reactions = readReactions(element['reactions']);
  if (reactions.length > 0) facts.reactions = reactions;
  if (element['is_unsent'] === true || element['type'] === 'Unsent') facts.deleted = { by: 'sender' };
  const members = objectsOf(element['users']).flatMap((user) => words(user['name']) ?? []);
  if (action !== null) facts.service = members.length === 0 ? { action } : { action, members };
  if (element['call_duration'] !== undefined || element['type'] === 'Call') facts.call = readCall(element, content);
  const extra = readExtra(element);
  if (extra !== null) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

/** The words are the account's language: only English ones tell a missed call or a picture. */
function readCall(element: JsonObject, content: string): NonNullable<MessageFacts['call']> {
  const seconds = element['call_duration'];
  const durationMs = typeof seconds === 'number' && seconds >= 0 ? Math.round(seconds * 1000) : null;
  const isMissed = element['missed'] === true || /\bmissed\b/i.test(content);
  const outcome = isMissed ? 'missed' : durationMs !== null && durationMs > 0 ? 'answered' : 'unknown';
  return { durationMs, outcome, video: /\bvideo\b/i.test(content) };
}

const uriOnly = new Set(['uri']);
const reactionKeys = new Set(['reaction', 'actor']);

/** Other members, and what files and reactions have beyond path, character and name. */
function readExtra(element: JsonObject): JsonObject | null {
  const kept: Record<string, Json> = { ...membersBeyond(element, neutralKeys) };
  for (const member of [...fileMembers.map(([name]) => name), 'sticker']) {
    const value = element[member];
    const more = objectsOf(Array.isArray(value) ? value : value === undefined ? [] : [value]).map((file) => membersBeyond(file, uriOnly));
    if (more.some((rest) => rest !== null)) kept[member] = more;
  }
  const reactions = objectsOf(element['reactions']);
  if (reactions.some((reaction) => membersBeyond(reaction, reactionKeys) !== null)) kept['reactions'] = reactions;
  const users = objectsOf(element['users']);
  if (users.some((user) => membersBeyond(user, new Set(['name'])) !== null)) kept['users'] = users;
  const type = words(element['type']);
  if (type !== null && type !== 'Generic') kept['type'] = type;
  return Object.keys(kept).length === 0 ? null : kept;
}

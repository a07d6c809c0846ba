// One message of a day to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { countOf, idOf, membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { areRichBlocks, textOfAttachments, textOfBlocks } from './blocks';
import { toAttachment } from './files';
import { readMarkup } from './markup';
import type { MarkedText, Names } from './markup';
import { actionOf, kindOfSubtype } from './subtypes';
import type { SlackKind } from './subtypes';
import { timeOf, userName } from './workspace';
import type { Workspace } from './workspace';

export interface MessageContext {
  readonly files: FileSet;
  /** Where the export begins, and the conversation's folder: '' or ending in `/`. */
  readonly root: string;
  readonly folder: string;
  readonly conversation: number;
  readonly people: People;
  readonly workspace: Workspace;
  readonly names: Names;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  'type',
  'subtype',
  'ts',
  'user',
  'text',
  'blocks',
  'thread_ts',
  'parent_user_id',
  'edited',
  'reactions',
  'files',
  'file',
  'user_profile',
  'team',
  'user_team',
  'source_team',
]);

/** Appends the sender where new; the message, or null where it has no time. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const ts = element['ts'];
  const sentAtMs = timeOf(ts);
  if (sentAtMs === null) return null;
  const subtype = words(element['subtype']);
  const kind = kindOfSubtype(subtype);
  const marked = readText(element, context.names);
  const files = [...objectsOf(element['files']), ...objectsOf([element['file'] ?? null])];
  const attachments = files.length === 0 ? noAttachments : files.map((file) => toAttachment(file, context));
  return {
    type: 'message',
    conversation: context.conversation,
    sender: senderIndex(element, context, out),
    sourceId: idOf(ts),
    sentAtMs,
    clock: 'absolute',
    kind: messageKind(kind, attachments),
    text: marked.text,
    attachments,
    facts: readFacts(element, subtype, kind, marked, files, context.names),
    ...span,
  };
}

/** A bot without a user is known by its own id. */
function senderIndex(element: JsonObject, { people, workspace }: MessageContext, out: NeutralRecord[]): number {
  const user = words(element['user']);
  if (user !== null) {
    const known = workspace.users.get(user);
    return people.withId(user, known?.name ?? userName(null, objectOf(element['user_profile'])), out, known?.extra ?? null);
  }
  const bot = words(element['bot_id']);
  const name = words(element['username']) ?? words(objectOf(element['bot_profile'])?.['name']);
  return bot === null ? -1 : people.withId(bot, name, out, { isBot: true });
}

/** What old exports and bots leave empty is in the blocks or cards. */
function readText(element: JsonObject, names: Names): MarkedText {
  const text = words(element['text']);
  if (text !== null) return readMarkup(text, names);
  const blocks = textOfBlocks(element['blocks'], names);
  return { text: blocks === '' ? textOfAttachments(element['attachments'], names) : blocks, entities: null };
}

function messageKind(kind: SlackKind, attachments: readonly AttachmentRecord[]): MessageKind {
  if (kind === 'system' || kind === 'call' || kind === 'unknown') return kind;
  const [first] = attachments;
  return first === undefined ? 'text' : messageKindOf(first.kind);
}

function readFacts(
  element: JsonObject,
  subtype: string | null,
  kind: SlackKind,
  { entities }: MarkedText,
  files: readonly JsonObject[],
  names: Names,
): MessageFacts | null {
  const facts: MutableFacts = {};
  const thread = idOf(element['thread_ts']);
  if (thread !== null && thread !== idOf(element['ts'])) facts.replyTo = { sourceId: thread };
  const edited = objectOf(element['edited']);
  if (edited !== null) facts.edited = { editedAtMs: timeOf(edited['ts']) };
  const reactions = objectsOf(element['reactions']).map((reaction) => readReaction(reaction, names));
  if (reactions.length > 0) facts.reactions = reactions;
  if (entities !== null) facts.entities = entities;
  if (kind === 'system' && subtype !== null) facts.service = { action: actionOf(subtype) };
  if (kind === 'call') facts.call = readCall(objectOf(element['room']));
  if (kind === 'deleted') facts.deleted = { by: 'unknown' };
  const extra = readExtra(element, subtype, kind, files);
  if (extra !== null) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function readReaction(reaction: JsonObject, names: Names): { emoji: string; count: number; by: readonly string[] } {
  const users = Array.isArray(reaction['users']) ? reaction['users'].flatMap((user: Json) => words(user) ?? []) : [];
  return {
    emoji: `:${words(reaction['name']) ?? ''}:`,
    count: countOf(reaction['count']) ?? users.length,
    by: users.map((user) => names.user(user)),
  };
}

/** A huddle; whether it had a picture is not said. */
function readCall(room: JsonObject | null): NonNullable<MessageFacts['call']> {
  const start = timeOf(room?.['date_start']);
  const end = timeOf(room?.['date_end']);
  const durationMs = start === null || end === null || end < start ? null : end - start;
  return { durationMs, outcome: 'unknown', video: false };
}

function readExtra(element: JsonObject, subtype: string | null, kind: SlackKind, files: readonly JsonObject[]): JsonObject | null {
  const kept: Record<string, Json> = { ...membersBeyond(element, neutralKeys) };
  if (subtype !== null && kind !== 'unknown') kept['subtype'] = subtype;
  const blocks = element['blocks'];
  if (blocks !== undefined && (areRichBlocks(blocks) || words(element['text']) === null)) kept['blocks'] = blocks;
  const editor = objectOf(element['edited'])?.['user'];
  if (editor !== undefined && editor !== element['user']) kept['edited'] = element['edited'] ?? null;
  if (files.length > 0) kept['files'] = files.map((file) => membersBeyond(file, fileKeys) ?? {});
  if (kind === 'unknown') kept['raw'] = element;
  return Object.keys(kept).length === 0 ? null : kept;
}

/** What attachments hold, and pictures made of the file. */
const fileKeys = new Set(['name', 'mimetype', 'size']);

// A row of `messages`: columns for what Signal Desktop asks for, and JSON for the rest.

import type { Row } from '../../bytes/sqlite/row';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind, OlderText, Reaction, TextEntity } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { countOf, isObject, objectsOf, words } from '../json-fields';
import { rawOf } from '../problem-record';
import { readBody } from '../signal-export/jsonl-text';
import { toAttachment } from './attachments';
import type { AttachmentPlace } from './attachments';
import type { SignalDirectory } from './directory';
import { keyOf } from './sealed-file';

export interface ContentContext extends AttachmentPlace {
  readonly directory: SignalDirectory;
}

export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts;
}

/** Rows of these types are what someone wrote; all others are lines of the app. */
const writtenTypes: ReadonlySet<string> = new Set(['incoming', 'outgoing', 'story']);
const longTextType = 'text/x-signal-plain';
/** Styles of ranges by their number in Signal's Protobuf. */
const styles: readonly (string | null)[] = [null, 'BOLD', 'ITALIC', 'SPOILER', 'STRIKETHROUGH', 'MONOSPACE'];

/** `separate`: the message's rows of `message_attachments`, as objects. */
export function readContent(row: Row, json: JsonObject, separate: readonly JsonObject[], context: ContentContext): Content {
  const type = row.words('type') ?? words(json['type']) ?? '';
  if (type === 'call-history') return callContent(json);
  if (!writtenTypes.has(type)) return systemContent(type, row, json, context.directory);
  return writtenContent(type, row, json, { ...context, separate });
}

function writtenContent(
  type: string,
  row: Row,
  json: JsonObject,
  context: ContentContext & { readonly separate: readonly JsonObject[] },
): Content {
  const body = readText(row.text('body') ?? words(json['body']) ?? '', json, context.directory);
  const said = context.separate.length > 0 ? context.separate : objectsOf(json['attachments']);
  const attachments = said.map((each) => toAttachment(each, context));
  const sticker = isObject(json['sticker']) ? json['sticker'] : {};
  if (isObject(json['sticker'])) attachments.push(toAttachment(isObject(sticker['data']) ? sticker['data'] : {}, context, 'sticker'));
  const facts: MessageFacts = {
    ...readFacts(json, body.entities, context.directory),
    ...contactOf(json),
    ...pollOf(json),
    ...(json['deletedForEveryone'] === true && { deleted: { by: 'sender' as const } }),
  };
  const kind = kindOf(body.text, attachments, facts);
  const extra = { ...extraOf(json, type, said, attachments), ...(kind === 'unknown' && { raw: rawOf(JSON.stringify(json)) }) };
  return {
    kind,
    text: body.text || (words(sticker['emoji']) ?? ''),
    attachments,
    facts: Object.keys(extra).length === 0 ? facts : { ...facts, extra },
  };
}

function kindOf(text: string, attachments: readonly AttachmentRecord[], { contact, poll, deleted }: MessageFacts): MessageKind {
  const first = attachments.find(({ mime }) => mime !== longTextType);
  if (first !== undefined) return messageKindOf(first.kind);
  if (contact !== undefined) return 'contact';
  if (poll !== undefined) return 'poll';
  return text !== '' || deleted !== undefined ? 'text' : 'unknown';
}

function systemContent(type: string, row: Row, json: JsonObject, directory: SignalDirectory): Content {
  const { text } = readText(row.text('body') ?? '', json, directory);
  return { kind: 'system', text, attachments: [], facts: { service: { action: type }, extra: { update: rawOf(JSON.stringify(json)) } } };
}

function callContent(json: JsonObject): Content {
  const details = isObject(json['callHistoryDetails']) ? json['callHistoryDetails'] : {};
  const isVideo = details['wasVideoCall'] === true;
  const wasAnswered = countOf(details['acceptedTime']) !== null;
  const outcome = wasAnswered ? 'answered' : details['wasDeclined'] === true ? 'declined' : 'unknown';
  const facts: MessageFacts = { call: { durationMs: null, outcome, video: isVideo }, extra: { update: rawOf(JSON.stringify(json)) } };
  return { kind: 'call', text: '', attachments: [], facts };
}

function readText(body: string, json: JsonObject, directory: SignalDirectory): { text: string; entities: readonly TextEntity[] } {
  const bodyRanges = objectsOf(json['bodyRanges']).map((range): JsonObject => {
    const mentionAci = range['mentionAci'] ?? range['mentionUuid'] ?? null;
    const { style } = range;
    return { ...range, mentionAci, style: typeof style === 'number' ? (styles[style] ?? null) : (style ?? null) };
  });
  return readBody({ body, bodyRanges }, { nameOfAccount: (account) => directory.nameOf(account) });
}

function readFacts(json: JsonObject, entities: readonly TextEntity[], directory: SignalDirectory): MessageFacts {
  const { quote } = json;
  const reactions = reactionsOf(json, directory);
  // The newest first, of which the message itself is one.
  const [newest, ...older] = objectsOf(json['editHistory']);
  const olderTexts = older
    .reverse()
    .map((each): OlderText => ({ text: words(each['body']) ?? '', editedAtMs: countOf(each['timestamp']) }));
  return {
    ...(isObject(quote) && { replyTo: readQuote(quote, directory) }),
    ...(reactions.length > 0 && { reactions }),
    ...(entities.length > 0 && { entities }),
    ...(olderTexts.length > 0 && { olderTexts, edited: { editedAtMs: countOf(newest?.['timestamp']) } }),
  };
}

function readQuote(quote: JsonObject, directory: SignalDirectory): NonNullable<MessageFacts['replyTo']> {
  const author = words(quote['authorAci']) ?? words(quote['authorUuid']) ?? words(quote['author']);
  const sentAt = countOf(quote['id']);
  const excerpt = words(quote['text']);
  const sourceId = author === null || sentAt === null ? null : messageIdOf(directory.sourceIdOf(author), sentAt);
  return excerpt === null ? { sourceId } : { sourceId, excerpt };
}

/** As Signal itself knows a message: who sent it, and when. */
export function messageIdOf(author: string, sentAtMs: number): string {
  return `${author}:${sentAtMs}`;
}

function reactionsOf(json: JsonObject, directory: SignalDirectory): readonly Reaction[] {
  const byEmoji = new Map<string, string[]>();
  for (const reaction of objectsOf(json['reactions'])) {
    const emoji = words(reaction['emoji']);
    const from = words(reaction['fromId']);
    if (emoji !== null) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), directory.nameOf(from) ?? from ?? '']);
  }
  return [...byEmoji].map(([emoji, by]) => ({ emoji, count: by.length, by }));
}

function contactOf(json: JsonObject): Pick<MessageFacts, 'contact'> {
  const [contact] = objectsOf(json['contact']);
  if (contact === undefined) return {};
  const name = isObject(contact['name']) ? contact['name'] : {};
  const parts = [name['nickname'], name['givenName'], name['familyName']].flatMap((part) => words(part) ?? []);
  const phone = words(objectsOf(contact['number'])[0]?.['value']);
  return { contact: { name: parts.join(' ') || (words(contact['organization']) ?? ''), ...(phone !== null && { phone }) } };
}

function pollOf(json: JsonObject): Pick<MessageFacts, 'poll'> {
  const { poll } = json;
  if (!isObject(poll)) return {};
  const votes = objectsOf(poll['votes']).flatMap((vote) => (Array.isArray(vote['optionIndexes']) ? (vote['optionIndexes'] as Json[]) : []));
  const options = (Array.isArray(poll['options']) ? (poll['options'] as Json[]) : []).map((option, at) => ({
    text: words(option) ?? '',
    votes: votes.filter((index) => index === at).length,
  }));
  return { poll: { question: words(poll['question']) ?? '', options } };
}

/** What has no place of its own; keys of sealed files that are not there, by which they may be opened when they are. */
function extraOf(
  json: JsonObject,
  type: string,
  said: readonly JsonObject[],
  attachments: readonly AttachmentRecord[],
): Record<string, Json> {
  const { preview, contact, isViewOnce, poll } = json;
  const sealed = said
    .filter((each, at) => keyOf(each) !== null && attachments[at]?.entry === null)
    .map(({ path, localKey, size }): JsonObject => ({ path: path ?? null, localKey: localKey ?? null, size: size ?? null }));
  return {
    ...(Array.isArray(preview) && preview.length > 0 && { linkPreview: preview }),
    ...(Array.isArray(contact) && contact.length > 0 && { contact }),
    ...(poll !== undefined && poll !== null && { poll }),
    ...(isViewOnce === true && { viewOnce: true }),
    ...(type === 'story' && { isStory: true }),
    ...(sealed.length > 0 && { sealed }),
  };
}

// What a message of a backup says: kind, text, files and facts of a row of `message`, `sms` or `mms`.

import { readProtobuf } from '../../bytes/protobuf';
import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind, OlderText, Reaction, TextEntity } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { isObject, objectsOf, parseJson, words } from '../json-fields';
import { rawOf } from '../problem-record';
import { readBody } from '../signal-export/jsonl-text';
import type { AttachedRows } from './attached-rows';
import type { Recipients } from './recipients';
import { longTextMime, toAttachment } from './files';
import type { TypeMeaning } from './message-type';
import { callContent } from './calls';
import { rawOfRow } from './survey';

export interface ContentContext {
  readonly recipients: Recipients;
  readonly attached: AttachedRows;
  readonly files: FileSet;
}

export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts;
}

/** Styles of `message_ranges` by their number. */
const styles = ['BOLD', 'ITALIC', 'SPOILER', 'STRIKETHROUGH', 'MONOSPACE'];

/** `key`: the row's place in the attached rows. */
export function readContent(row: Row, key: string, meaning: TypeMeaning, context: ContentContext): Content {
  if (meaning.kind === 'call') return callContent(row, meaning, context.attached.calls.get(key));
  if (meaning.kind === 'service') {
    const facts: MessageFacts = { service: { action: meaning.action }, extra: { update: rawOf(rawOfRow(row)) } };
    return { kind: 'system', text: '', attachments: [], facts };
  }
  const poll = pollOf(key, context.attached) ?? null;
  const written = writtenContent(row, key, context);
  if (poll !== null) return { ...written, kind: 'poll', text: written.text || poll.question, facts: { ...written.facts, poll } };
  const isKnown = meaning.kind === 'written' && meaning.special !== 'gift';
  if (isKnown && written.kind !== 'unknown') return written;
  const kind = meaning.kind === 'payment' ? 'transfer' : 'unknown';
  return { ...written, kind, facts: { ...written.facts, extra: { ...written.facts.extra, raw: rawOf(rawOfRow(row)) } } };
}

function writtenContent(row: Row, key: string, context: ContentContext): Content {
  const { attached, recipients, files } = context;
  const body = readText(row, key, context);
  const rows = [...(attached.files.get(key) ?? [])].sort((one, other) => one.order - other.order);
  const isOnce = row.flag('view_once') || row.flag('reveal_duration');
  const attachments = rows.map((each) => toAttachment(each, files, isOnce));
  const caption = rows.map(({ caption: said }) => said).find((said) => said !== null);
  const emoji = rows.map((each) => each.emoji).find((said) => said !== null);
  const text = body.text || (caption ?? '') || (emoji ?? '');
  const extra = extraOf(row, isOnce);
  const facts: MessageFacts = {
    ...quoteOf(row, recipients),
    ...reactionsOf(row, key, context),
    ...versionsOf(row, key, attached),
    ...deletionOf(row, context),
    ...contactOf(row),
    ...(body.entities.length > 0 && { entities: body.entities }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return { kind: kindOf(text, attachments, facts), text, attachments, facts };
}

function kindOf(text: string, attachments: readonly AttachmentRecord[], { contact, deleted }: MessageFacts): MessageKind {
  const first = attachments.find(({ mime }) => mime !== longTextMime);
  if (first !== undefined) return messageKindOf(first.kind);
  if (contact !== undefined) return 'contact';
  return text !== '' || deleted !== undefined ? 'text' : 'unknown';
}

/** The body with its styles and mentions; until 2020 there were none, since then in a table, and in bytes as well. */
function readText(row: Row, key: string, { attached, recipients }: ContentContext): { text: string; entities: readonly TextEntity[] } {
  const ranges = readProtobuf(row.blob('message_ranges') ?? new Uint8Array(0)).messages(1).map((range): JsonObject => {
    const style = range.whole(4);
    return {
      start: range.whole(1) ?? 0,
      length: range.whole(2) ?? 0,
      style: style === null ? null : (styles[style] ?? null),
      mentionAci: range.words(3),
    };
  }); // prettier-ignore
  const mentions = (attached.mentions.get(key) ?? []).map(({ recipient, start, length }): JsonObject => {
    return { start, length, mentionAci: `recipient ${recipient}` };
  });
  const nameOfAccount = (said: string): string | null =>
    said.startsWith('recipient ') ? recipients.nameOf(said.slice(10)) : recipients.nameOfAccount(said.toLowerCase());
  const body = row.text('body') ?? '';
  return readBody({ body, bodyRanges: [...ranges.filter(isRange), ...mentions] }, { nameOfAccount });
}

/** Links and buttons have no style, and are in the text anyway. */
const isRange = (range: JsonObject): boolean => range['style'] !== null || range['mentionAci'] !== null;

function quoteOf(row: Row, recipients: Recipients): Pick<MessageFacts, 'replyTo'> {
  const sentAtMs = row.whole('quote_id') ?? 0;
  if (sentAtMs <= 0) return {};
  const author = row.words('quote_author');
  const sourceId = author === null || author === '0' ? null : messageIdOf(recipients.sourceIdOf(author), sentAtMs);
  const excerpt = row.words('quote_body');
  return { replyTo: excerpt === null ? { sourceId } : { sourceId, excerpt } };
}

/** As Signal itself knows a message: who sent it, and when. */
export function messageIdOf(author: string, sentAtMs: number): string {
  return `${author}:${sentAtMs}`;
}

/** Since 2022 in a table of their own, before in a column: Protobuf with emoji and author. */
function reactionsOf(row: Row, key: string, { attached, recipients }: ContentContext): Pick<MessageFacts, 'reactions'> {
  const said = [
    ...(attached.reactions.get(key) ?? []),
    ...readProtobuf(row.blob('reactions') ?? new Uint8Array(0))
      .messages(1)
      .map((reaction) => ({ emoji: reaction.words(1) ?? '', author: reaction.integer(2)?.toString() ?? null })),
  ];
  const byEmoji = new Map<string, string[]>();
  for (const { emoji, author } of said)
    if (emoji !== '') byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), recipients.nameOf(author) ?? author ?? '']);
  const reactions = [...byEmoji].map(([emoji, by]): Reaction => ({ emoji, count: by.length, by }));
  return reactions.length > 0 ? { reactions } : {};
}

function versionsOf(row: Row, key: string, { versions }: AttachedRows): Pick<MessageFacts, 'olderTexts' | 'edited'> {
  const older = [...(versions.get(key) ?? [])].sort((one, other) => one.number - other.number);
  if (older.length === 0) return {};
  const olderTexts = older.map(({ text, sentAtMs }): OlderText => ({ text, editedAtMs: sentAtMs }));
  return { olderTexts, edited: { editedAtMs: row.whole('date_sent') } };
}

function deletionOf(row: Row, { recipients }: ContentContext): Pick<MessageFacts, 'deleted'> {
  const by = row.words('deleted_by');
  if (by !== null && by !== '0') {
    const author = row.words('from_recipient_id');
    return { deleted: { by: author === null || recipients.sourceIdOf(by) === recipients.sourceIdOf(author) ? 'sender' : 'admin' } };
  }
  return row.flag('remote_deleted') ? { deleted: { by: 'sender' } } : {};
}

/** A contact that was sent, as JSON. */
function contactOf(row: Row): Pick<MessageFacts, 'contact'> {
  const [contact] = objectsOf(parseJson(row.text('shared_contacts') ?? '[]'));
  if (contact === undefined) return {};
  const name = isObject(contact['name']) ? contact['name'] : {};
  const parts = [name['givenName'], name['familyName']].flatMap((part) => words(part) ?? []);
  const shown = words(name['displayName']) ?? (parts.join(' ') || (words(contact['organization']) ?? ''));
  const phone = words(objectsOf(contact['phoneNumbers'])[0]?.['number']);
  return { contact: phone === null ? { name: shown } : { name: shown, phone } };
}

function pollOf(key: string, { polls, options, votes }: AttachedRows): MessageFacts['poll'] {
  const poll = polls.get(key);
  if (poll === undefined) return undefined;
  const offered = [...(options.get(poll.pollId) ?? [])].sort((one, other) => one.order - other.order);
  return {
    question: poll.question,
    closed: poll.isClosed,
    options: offered.map(({ text, optionId }) => ({ text, votes: votes.get(optionId) ?? 0 })),
  };
}

/** What has no place of its own. */
function extraOf(row: Row, isOnce: boolean): Record<string, Json> {
  const linkPreview = parseJson(row.text('link_previews') ?? '[]');
  const contact = parseJson(row.text('shared_contacts') ?? '[]');
  const storyType = row.whole('story_type') ?? 0;
  const parentStory = row.whole('parent_story_id') ?? 0;
  const scheduledMs = row.whole('scheduled_date') ?? -1;
  const expiresInMs = row.whole('expires_in') ?? 0;
  return {
    ...(Array.isArray(linkPreview) && linkPreview.length > 0 && { linkPreview }),
    ...(Array.isArray(contact) && contact.length > 0 && { contact }),
    ...(isOnce && { viewOnce: true }),
    ...(storyType > 0 && { isStory: true }),
    ...(parentStory !== 0 && { storyReply: parentStory }),
    ...(scheduledMs > 0 && { scheduledMs }),
    ...(expiresInMs > 0 && { expiresInMs }),
  };
}

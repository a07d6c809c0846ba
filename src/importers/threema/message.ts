// One row of Threema's messages to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord } from '../../model/record';
import { noAttachments } from '../../model/record';
import { attach, fileKindOf, messageKindOf } from '../file-kind';
import type { People } from '../people';
import type { PlacedRow } from '../record-batches';
import { callOf, fileOf, locationOf, pollIdsOf } from './body';
import type { Conversation } from './conversation';
import { cellsOf, instantOf, type ReadCell } from './row';
import type { SideTables } from './side-tables';

export interface MessageContext {
  readonly files: FileSet;
  readonly folder: string;
  readonly people: People;
  readonly tables: SideTables;
  /** The owner's id. */
  readonly owner: string;
  readonly conversation: Conversation;
  /** The conversation's number. */
  readonly index: number;
}

/** What a message is by its type, before the facts that all have. */
interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts;
}

/** Shown elsewhere in the record; all other columns that are not empty go to `extra`. */
const shownColumns = new Set([
  'apiid',
  'identity',
  'isoutbox',
  'posted_at',
  'type',
  'caption',
  'quoted_message_apiid',
  'edited_at',
  'deleted_at',
]);
const systemTypes = /^(?:STATUS|DATE_SEPARATOR|[A-Z_]+_STATUS)$/;

/** Appends people who are new; the message, or null where it has no time. */
export function toMessage(
  cell: ReadCell,
  { fields, raw, span }: PlacedRow,
  names: readonly string[],
  context: MessageContext,
  out: NeutralRecord[],
): MessageRecord | null {
  const sentAtMs = instantOf(cell('posted_at')) ?? instantOf(cell('created_at'));
  if (sentAtMs === null) return null;
  const content = contentOf(cell, context, raw);
  return {
    type: 'message',
    conversation: context.index,
    sender: content.kind === 'system' ? -1 : senderOf(cell, context, out),
    sourceId: cell('apiid') || cell('uid') || null,
    sentAtMs,
    clock: 'absolute',
    kind: content.kind,
    text: content.text,
    attachments: content.attachments,
    facts: { ...content.facts, ...factsOf(cell, context), extra: { ...extraOf(names, fields, content), ...content.facts.extra } },
    ...span,
  };
}

function senderOf(cell: ReadCell, { people, tables, owner, conversation }: MessageContext, out: NeutralRecord[]): number {
  const id = cell('isoutbox') === '1' ? owner : conversation.contact || cell('identity');
  return id === '' ? -1 : people.withId(id, tables.nameOf(id), out);
}

function contentOf(cell: ReadCell, context: MessageContext, raw: string): Content {
  const [type, body, caption] = [cell('type'), cell('body'), cell('caption')];
  const plain = { attachments: noAttachments, facts: {} };
  if (cell('isstatusmessage') === '1' || systemTypes.test(type)) return statusOf(type, body);
  switch (type) {
    case 'TEXT':
    case 'DELETED':
      return { ...plain, kind: 'text', text: body };
    case 'IMAGE':
    case 'VIDEO':
    case 'VOICEMESSAGE':
    case 'FILE':
      return mediaOf(cell, context);
    case 'LOCATION': {
      const location = locationOf(body);
      return { ...plain, kind: 'location', text: location === null ? body : '', facts: location === null ? {} : { location } };
    }
    case 'CONTACT':
      return { ...plain, kind: 'contact', text: body };
    case 'BALLOT': {
      const poll = context.tables.poll(pollIdsOf(body));
      return { ...plain, kind: 'poll', text: poll?.question ?? caption, facts: poll ? { poll } : {} };
    }
    default:
      return { ...plain, kind: 'unknown', text: caption, facts: { extra: { raw } } };
  }
}

function statusOf(type: string, body: string): Content {
  if (type === 'VOIP_STATUS') return { kind: 'call', text: '', attachments: noAttachments, facts: { call: callOf(body) } };
  const isWords = type === 'STATUS' || type === 'TEXT';
  return { kind: 'system', text: isWords ? body : '', attachments: noAttachments, facts: { service: { action: type.toLowerCase() } } };
}

/** The file lies beside under the message's uid; where it was left out of the backup a small picture of it may be there. */
function mediaOf(cell: ReadCell, { files, folder, conversation }: MessageContext): Content {
  const [type, uid] = [cell('type'), cell('uid')];
  const { mime, sizeBytes, name, caption } = fileOf(cell('body'));
  const kinds = { IMAGE: 'image', VIDEO: 'video', VOICEMESSAGE: 'voice' } as const;
  const kind = type === 'IMAGE' || type === 'VIDEO' || type === 'VOICEMESSAGE' ? kinds[type] : fileKindOf(name, mime);
  const path = `${conversation.mediaPrefix}_media_${uid}`;
  const media = attach(files, folder, { kind, path, name: name ?? path, mime, sizeBytes });
  const small =
    media.entry === null ? attach(files, folder, { kind: 'image', path: `${conversation.mediaPrefix}_thumbnail_${uid}` }) : null;
  return {
    kind: messageKindOf(kind),
    text: cell('caption') || (caption ?? ''),
    attachments: small === null || small.entry === null ? [media] : [media, small],
    facts: {},
  };
}

function factsOf(cell: ReadCell, { tables, conversation }: MessageContext): MessageFacts {
  const reactions = tables.reactions(conversation.sourceId, cell('apiid'));
  const quoted = cell('quoted_message_apiid');
  const editedAtMs = instantOf(cell('edited_at'));
  const isDeleted = instantOf(cell('deleted_at')) !== null || cell('type') === 'DELETED';
  return {
    ...(quoted !== '' && { replyTo: { sourceId: quoted } }),
    ...(reactions.length > 0 && { reactions }),
    ...(editedAtMs !== null && { edited: { editedAtMs } }),
    ...(isDeleted && { deleted: { by: 'sender' as const } }),
  };
}

/** The body too, where it is not the text as it stands; cells behind the named columns by their number. */
function extraOf(names: readonly string[], fields: readonly string[], { text }: Content): Record<string, string> {
  const cell = cellsOf(names, fields);
  const named = names.map((name) => [name, cell(name)] as const);
  const beyond = fields.slice(names.length).map((field, at) => [`column ${names.length + at + 1}`, field] as const);
  const isShown = (name: string, value: string): boolean =>
    value === '' || (name === 'body' ? value === text : shownColumns.has(name) && !(name === 'deleted_at' && instantOf(value) !== null));
  return Object.fromEntries([...named, ...beyond].filter(([name, value]) => !isShown(name, value)));
}

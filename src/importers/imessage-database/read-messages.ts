// Rows of `message` in their order; what hangs on them is asked for a batch at a time.

import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Reaction } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { indexPathTails } from '../path-tails';
import type { FindByTail } from '../path-tails';
import { problemOf, structureOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { SideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import { appleMs } from './apple-time';
import { attachmentOf } from './attachments';
import type { Directory } from './directory';
import { readOlderTexts, readText } from './message-text';
import { isTapback, targetOf } from './reactions';

const columns = [
  'guid',
  'text',
  'attributedBody',
  'handle_id',
  'date',
  'date_edited',
  'date_retracted',
  'is_from_me',
  'service',
  'item_type',
  'group_title',
  'group_action_type',
  'other_handle',
  'associated_message_guid',
  'associated_message_type',
  'balloon_bundle_id',
  'message_summary_info',
  'expressive_send_style_id',
  'thread_originator_guid',
  'subject',
  'is_audio_message',
];

export const sideTables: ReadonlySet<string> = new Set([
  'chat_message_join',
  'chat_recoverable_message_join',
  'message_attachment_join',
  'attachment',
]);

export interface ReadInput {
  readonly archive: ArchiveDatabase;
  readonly files: FileSet;
  readonly directory: Directory;
  readonly reactionsOf: (guid: string) => readonly Reaction[];
  readonly onShare: (share: number) => void;
}

interface Context extends ReadInput {
  readonly find: FindByTail;
  readonly chats: ReadonlyMap<number, readonly Row[]>;
  readonly deleted: ReadonlyMap<number, readonly Row[]>;
  readonly attachments: ReadonlyMap<number, readonly Row[]>;
}

export function* readMessages(input: ReadInput): Generator<NeutralRecord[], void, void> {
  const find = indexPathTails(input.files);
  const tables = openSideTables(input.archive.database);
  let told = 0;
  for (const batch of input.archive.rows.scan('message', columns)) {
    const out: NeutralRecord[] = [...batch.problems];
    const context: Context = { ...input, find, ...askSides(tables, batch.rows) };
    for (const placed of batch.rows) readRow(context, placed, out);
    const [first] = batch.rows;
    for (const fault of tables.faults.slice(told))
      if (first) out.push(problemOf('entry-damaged', '', { ...first.span, lengthBytes: 0 }, fault));
    told = tables.faults.length;
    yield out;
    input.onShare(batch.share);
  }
}

function askSides(tables: SideTables, rows: readonly PlacedRow[]): Pick<Context, 'chats' | 'deleted' | 'attachments'> {
  const range = [rows[0]?.row.rowid ?? 1, rows.at(-1)?.row.rowid ?? 0];
  const join = (table: string) =>
    tables.has(table, 'chat_id', 'message_id')
      ? tables.ask(table, `SELECT message_id, chat_id FROM ${table} WHERE message_id BETWEEN ? AND ? ORDER BY chat_id`, range, 'message_id')
      : new Map<number, readonly Row[]>();
  const hasFiles =
    tables.has('message_attachment_join', 'message_id', 'attachment_id') && tables.has('attachment', 'filename', 'mime_type');
  const sticker = tables.has('attachment', 'is_sticker') ? 'a.is_sticker' : '0 AS is_sticker';
  const sql = `SELECT j.message_id, a.filename, a.mime_type, a.uti, a.transfer_name, a.total_bytes, ${sticker}
    FROM message_attachment_join j JOIN attachment a ON a.ROWID = j.attachment_id WHERE j.message_id BETWEEN ? AND ? ORDER BY j.rowid`;
  return {
    chats: join('chat_message_join'),
    deleted: join('chat_recoverable_message_join'),
    attachments: hasFiles ? tables.ask('attachment', sql, range, 'message_id') : new Map(),
  };
}

function readRow(context: Context, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const type = row.whole('associated_message_type') ?? 0;
  if (isTapback(type)) return void out.push(structureOf('message, tapback', span));
  const sentAtMs = appleMs(row.integer('date'));
  if (sentAtMs === null || Math.abs(sentAtMs) > 8.64e15)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(context.archive.database, 'message', row)), span));
  const id = Number(row.rowid);
  const handle = row.whole('handle_id') || null;
  const isOwn = row.flag('is_from_me');
  const deleted = context.deleted.get(id) ?? [];
  const chats = [...(context.chats.get(id) ?? []), ...deleted].map((join) => join.whole('chat_id'));
  const message = describe(context, row, type, id, deleted.length > 0);
  // A message can stand in several chats; the row is counted once.
  for (const [at, chat] of (chats.length === 0 ? [null] : [...new Set(chats)]).entries()) {
    const conversation = context.directory.conversation(chat, handle, out);
    const isSystem = message.kind === 'system' && handle === null;
    const sender = isSystem
      ? -1
      : isOwn
        ? context.directory.person(null, out)
        : handle === null
          ? -1
          : context.directory.person(handle, out);
    out.push({
      type: 'message',
      conversation,
      sender,
      sentAtMs,
      clock: 'absolute',
      ...message,
      ...span,
      lengthBytes: at === 0 ? 1 : 0,
    } satisfies MessageRecord);
  }
}

type Described = Pick<MessageRecord, 'sourceId' | 'kind' | 'text' | 'attachments' | 'facts'>;

function describe(context: Context, row: Row, type: number, id: number, isDeleted: boolean): Described {
  const { text, entities } = readText(row);
  const isVoice = row.flag('is_audio_message');
  const attachments = (context.attachments.get(id) ?? []).map((file) => attachmentOf(file, context.files, context.find, isVoice));
  const kind = kindOf(row, type, text, attachments);
  const facts = readFacts(context, row, kind, isDeleted);
  const all: MessageFacts = { ...facts, ...(entities.length > 0 && { entities }) };
  return {
    sourceId: row.words('guid'),
    kind,
    text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: Object.keys(all).length === 0 ? null : all,
  };
}

const linkBalloon = 'com.apple.messages.URLBalloonProvider';
/** Normal messages, and those of apps. */
const plainTypes: ReadonlySet<number> = new Set([0, 2, 3]);
const placedSticker = 1000;

function kindOf(row: Row, type: number, text: string, attachments: readonly AttachmentRecord[]): MessageKind {
  if ((row.whole('item_type') ?? 0) !== 0) return 'system';
  if (type === placedSticker) return 'sticker';
  if (!plainTypes.has(type)) return 'unknown';
  const balloon = row.words('balloon_bundle_id');
  if (balloon === linkBalloon) return 'link';
  const [first] = attachments;
  if (first !== undefined && text === '') {
    if (first.kind === 'animation') return 'video';
    return first.kind === 'audio' ? 'file' : first.kind;
  }
  return balloon === null ? 'text' : 'unknown';
}

function readFacts({ archive, directory, reactionsOf }: Context, row: Row, kind: MessageKind, isDeleted: boolean): MessageFacts {
  const extra: Record<string, Json> = kind === 'unknown' ? { raw: rawRow(archive.database, 'message', row) } : {};
  for (const [column, name] of [
    ['subject', 'subject'],
    ['balloon_bundle_id', 'app'],
    ['expressive_send_style_id', 'effect'],
  ] as const) {
    const value = row.words(column);
    if (value !== null) extra[name] = value;
  }
  const service = row.words('service');
  if (service !== null && service !== 'iMessage') extra['service'] = service;
  if (isDeleted) extra['isRecentlyDeleted'] = true;
  const reply = row.words('thread_originator_guid') ?? (kind === 'sticker' ? targetOf(row.words('associated_message_guid') ?? '') : '');
  const reactions = reactionsOf(row.words('guid') ?? '');
  const editedAtMs = appleMs(row.integer('date_edited'));
  const olderTexts = readOlderTexts(row.blob('message_summary_info'));
  return {
    ...(reply !== '' && { replyTo: { sourceId: reply } }),
    ...(reactions.length > 0 && { reactions }),
    ...((editedAtMs !== null || olderTexts.length > 0) && { edited: { editedAtMs } }),
    ...(olderTexts.length > 0 && { olderTexts }),
    ...(appleMs(row.integer('date_retracted')) !== null && { deleted: { by: 'sender' as const } }),
    ...(kind === 'system' && { service: readService(row, directory) }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** Two numbers of `item_type` and `group_action_type`; of the rest the first alone tells. */
const actions = new Map([
  ['1 0', 'invite_members'],
  ['1 1', 'remove_members'],
  ['2', 'edit_group_title'],
  ['3 0', 'leave_group'],
  ['3 1', 'edit_group_photo'],
  ['3 2', 'delete_group_photo'],
  ['4', 'location_sharing'],
  ['5', 'kept_audio'],
  ['6', 'shareplay'],
]);

function readService(row: Row, directory: Directory): NonNullable<MessageFacts['service']> {
  const [item, action] = [row.whole('item_type') ?? 0, row.whole('group_action_type') ?? 0];
  const other = directory.nameOf(row.whole('other_handle') || null);
  const word = actions.get(`${item} ${action}`) ?? actions.get(`${item}`) ?? `item_${item}_${action}`;
  const members = [item === 2 ? row.words('group_title') : other].flatMap((name) => name ?? []);
  return { action: word, ...(members.length > 0 && { members }) };
}

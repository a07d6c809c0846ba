// Messages of the modern schema (`message`, since about 2020), in the order of their rows.

import { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { indexPathTails } from '../path-tails';
import type { FindByTail } from '../path-tails';
import { problemOf, structureOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import { attachmentOf } from './media';
import type { MediaFacts } from './media';
import { messageTypes, systemType } from './message-types';
import type { MessageType } from './message-types';
import { readFacts } from './modern-facts';
import type { ReadDirectory } from './read-directory';
import { askSides } from './side-facts';
import type { Sides } from './side-facts';

const columns = [
  '_id',
  'chat_row_id',
  'from_me',
  'key_id',
  'sender_jid_row_id',
  'broadcast',
  'timestamp',
  'message_type',
  'text_data',
  'starred',
];

export interface ReadInput extends ReadDirectory {
  readonly archive: ArchiveDatabase;
  readonly files: FileSet;
  readonly onShare: (share: number) => void;
}

interface Context extends ReadInput {
  readonly find: FindByTail;
}

/** One batch of records for each batch of rows. */
export function* readModern(input: ReadInput): Generator<NeutralRecord[], void, void> {
  const context: Context = { ...input, find: indexPathTails(input.files) };
  const tables = openSideTables(input.archive.database);
  let told = 0;
  for (const batch of input.archive.rows.scan('message', columns)) {
    const out: NeutralRecord[] = [...batch.problems];
    const ids = batch.rows.map(({ row }) => row.whole('_id') ?? 0);
    // Rows may all be lost; then nothing hangs on them.
    const sides = askSides(tables, ids.length === 0 ? 1 : Math.min(...ids), ids.length === 0 ? 0 : Math.max(...ids));
    for (const placed of batch.rows) readMessage(context, sides, placed, out);
    for (const fault of tables.faults.slice(told)) out.push(problemOf('entry-damaged', '', zeroSpan(batch.rows[0]), fault));
    told = tables.faults.length;
    yield out;
    input.onShare(batch.share);
  }
}

function zeroSpan(placed: PlacedRow | undefined) {
  return { entry: placed?.span.entry ?? 0, offsetBytes: placed?.span.offsetBytes ?? 0, lengthBytes: 0 };
}

function readMessage(context: Context, sides: Sides, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const chat = row.whole('chat_row_id');
  // A row that keeps the numbering, in every database.
  if (chat === null || chat < 0) return void out.push(structureOf('message, placeholder', span));
  const sentAtMs = row.whole('timestamp');
  if (sentAtMs === null || Math.abs(sentAtMs) > 8.64e15)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(context.archive.database, 'message', row)), span));
  const { directory, jids, archive } = context;
  const [id, type, isOwn] = [row.whole('_id') ?? 0, row.whole('message_type') ?? 0, row.flag('from_me')];
  const known = messageTypes.get(type);
  const extra: Record<string, Json> = known === undefined ? { type, raw: rawRow(archive.database, 'message', row) } : {};
  const facts = readFacts({ row, id, type, isOwn, sides, jids, directory }, extra);
  const chatJid = jids.ofChat(chat);
  out.push({
    type: 'message',
    conversation: directory.conversation(chatJid, chat, out),
    sender: senderOf(context, row, chatJid, type, out),
    sourceId: row.words('key_id'),
    sentAtMs,
    clock: 'absolute',
    kind: kindOf(known, facts),
    text: row.text('text_data') ?? sides.media(id)[0]?.text('media_caption') ?? '',
    attachments: readAttachments(context, sides, id, known),
    facts,
    ...span,
  } satisfies MessageRecord);
}

function kindOf(type: MessageType | undefined, facts: MessageFacts | null): MessageKind {
  const kind = type?.kind ?? 'unknown';
  return kind === 'text' && facts?.extra?.['link'] !== undefined ? 'link' : kind;
}

/** In a chat of two the other one's jid is the chat's. A line of the app's own has a sender only where it names one. */
function senderOf({ directory, jids }: Context, row: Row, chatJid: string | null, type: number, out: NeutralRecord[]): number {
  const named = jids.get(row.whole('sender_jid_row_id'));
  if (type === systemType) return named === null || named === chatJid ? -1 : directory.person(named, out);
  if (row.flag('from_me')) return directory.person(null, out);
  const jid = named ?? (isPerson(chatJid) ? chatJid : null);
  return jid === null ? -1 : directory.person(jid, out);
}

function isPerson(jid: string | null): boolean {
  return jid !== null && (jid.endsWith('@s.whatsapp.net') || jid.endsWith('@lid'));
}

function readAttachments({ files, find }: Context, sides: Sides, id: number, type: MessageType | undefined): readonly AttachmentRecord[] {
  const [media] = sides.media(id);
  // Locations, links and cards have a row for their preview picture, without a file.
  if (type?.attachment === undefined && (media?.words('file_path') ?? null) === null) return noAttachments;
  return [attachmentOf({ ...mediaFacts(media), kind: type?.attachment ?? 'file', isOnce: type?.isOnce === true }, files, find)];
}

/** What `message_media` says of a file. */
export function mediaFacts(media: Row | undefined): Omit<MediaFacts, 'kind' | 'isOnce'> {
  const row = media ?? emptyRow;
  return {
    path: row.words('file_path'),
    name: row.words('media_name'),
    mime: row.words('mime_type'),
    sizeBytes: row.whole('file_length') ?? row.whole('file_size'),
    widthPx: row.whole('width'),
    heightPx: row.whole('height'),
    durationS: row.whole('media_duration'),
  };
}

const emptyRow = new Row(new Map(), []);

// Messages of the legacy schema (`messages`, until about 2020), in the order of their rows.

import type { Row } from '../../bytes/sqlite/row';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, NeutralRecord } from '../../model/record';
import { indexPathTails } from '../path-tails';
import type { FindByTail } from '../path-tails';
import { problemOf, structureOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { SideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import { attachmentOf } from './media';
import { deletedType, legacyCallType, liveLocationType, messageTypes, missedCallType, systemActions, systemType } from './message-types';
import type { MessageType } from './message-types';
import { readVcard } from './modern-facts';
import { mediaFacts } from './read-modern';
import type { ReadInput } from './read-modern';

const columns = [
  '_id',
  'key_remote_jid',
  'key_from_me',
  'key_id',
  'status',
  'data',
  'timestamp',
  'media_mime_type',
  'media_wa_type',
  'media_size',
  'media_name',
  'media_caption',
  'media_duration',
  'latitude',
  'longitude',
  'remote_resource',
  'starred',
  'quoted_row_id',
  'edit_version',
  'forwarded',
];
/** `status` of a line of the app's own. */
const systemStatus = 6;
/** `edit_version` of a message that was taken back. */
const revokedVersion = 7;

/** Tables that are asked for what belongs to `messages`. */
export const legacySideTables: ReadonlySet<string> = new Set(['messages_quotes', 'message_media', 'props']);

interface Context extends ReadInput {
  readonly find: FindByTail;
  readonly sides: SideTables;
  readonly quotes: ReadonlyMap<number, readonly Row[]>;
  readonly media: ReadonlyMap<number, readonly Row[]>;
}

export function* readLegacy(input: ReadInput): Generator<NeutralRecord[], void, void> {
  const find = indexPathTails(input.files);
  const sides = openSideTables(input.archive.database);
  let told = 0;
  for (const batch of input.archive.rows.scan('messages', columns)) {
    const out: NeutralRecord[] = [...batch.problems];
    const context = { ...input, find, sides, ...askSides(sides, batch.rows) };
    for (const placed of batch.rows) readMessage(context, placed, out);
    const entry = batch.rows[0]?.span.entry ?? 0;
    for (const fault of sides.faults.slice(told))
      out.push(problemOf('entry-damaged', '', { entry, offsetBytes: batch.rows[0]?.span.offsetBytes ?? 0, lengthBytes: 0 }, fault));
    told = sides.faults.length;
    yield out;
    input.onShare(batch.share);
  }
}

function askSides(sides: SideTables, rows: readonly PlacedRow[]): Pick<Context, 'quotes' | 'media'> {
  const range = (column: string): [number, number] => {
    const ids = rows.flatMap(({ row }) => row.whole(column) || []);
    return [Math.min(...ids), Math.max(...ids)];
  };
  const ask = (table: string, key: string, column: string) => {
    const [from, to] = range(column);
    const isAsked = Number.isFinite(from) && sides.has(table, key);
    return isAsked
      ? sides.ask(table, `SELECT * FROM ${table} WHERE ${key} BETWEEN ? AND ?`, [from, to], key)
      : new Map<number, readonly Row[]>();
  };
  return { quotes: ask('messages_quotes', '_id', 'quoted_row_id'), media: ask('message_media', 'message_row_id', '_id') };
}

function readMessage(context: Context, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const jid = row.words('key_remote_jid');
  if (jid === null || jid === '-1') return void out.push(structureOf('messages, placeholder', span));
  const sentAtMs = row.whole('timestamp');
  const { database } = context.archive;
  if (sentAtMs === null || Math.abs(sentAtMs) > 8.64e15)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(database, 'messages', row)), span));
  const { directory } = context;
  const type = typeOf(row);
  const known = type === legacyCallType ? callType : messageTypes.get(type);
  const extra: Record<string, Json> = known === undefined ? { type, raw: rawRow(database, 'messages', row) } : {};
  const isRevoked = type === deletedType || row.whole('edit_version') === revokedVersion;
  out.push({
    type: 'message',
    conversation: directory.conversation(jid, 0, out),
    sender: type === systemType ? -1 : senderOf(context, row, jid, out),
    sourceId: row.words('key_id'),
    sentAtMs,
    clock: 'absolute',
    kind: known?.kind ?? 'unknown',
    text: textOf(row, known),
    attachments: known?.attachment === undefined || isRevoked ? noAttachments : [readAttachment(context, row, known)],
    facts: readFacts(context, row, type, isRevoked, extra),
    ...span,
  } satisfies MessageRecord);
}

const callType: MessageType = { kind: 'call' };
/** Of other kinds `data` holds no text: a contact card, a preview. */
const kindsWithText: ReadonlySet<string> = new Set(['text', 'system', 'unknown']);

/** The caption of a document is its title, that of a call `audio` or `video`. */
const kindsWithoutCaption: ReadonlySet<string> = new Set(['file', 'call']);

function textOf(row: Row, type: MessageType | undefined): string {
  const kind = type?.kind ?? 'unknown';
  const text = kindsWithText.has(kind) ? row.text('data') : null;
  return text ?? (kindsWithoutCaption.has(kind) ? null : row.text('media_caption')) ?? '';
}

function senderOf({ directory }: Context, row: Row, jid: string, out: NeutralRecord[]): number {
  if (row.flag('key_from_me')) return directory.person(null, out);
  const sender = row.words('remote_resource') ?? (jid.endsWith('@s.whatsapp.net') ? jid : null);
  return sender === null ? -1 : directory.person(sender, out);
}

/** WhatsApp's own view calls a line of the app's own type 7. */
function typeOf(row: Row): number {
  const type = row.whole('media_wa_type') ?? 0;
  return type === 0 && row.whole('status') === systemStatus ? 7 : type;
}

function readFacts(context: Context, row: Row, type: number, isRevoked: boolean, extra: Record<string, Json>): MessageFacts | null {
  const quoted = context.quotes.get(row.whole('quoted_row_id') ?? 0)?.[0];
  noteExtra(row, type, extra);
  const location = type === 5 || type === liveLocationType ? readLocation(row) : null;
  const contact = type === 4 ? readVcard(row.text('data') ?? '') : null;
  const facts: MessageFacts = {
    ...(quoted && { replyTo: readReply(quoted) }),
    ...(row.flag('forwarded') && { forward: { fromName: null } }),
    ...(isRevoked && { deleted: { by: 'sender' as const } }),
    ...(location !== null && { location }),
    ...(contact !== null && { contact }),
    ...((type === legacyCallType || type === missedCallType) && { call: readCall(row, type) }),
    ...(type === systemType && { service: { action: actionOf(row) } }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

function noteExtra(row: Row, type: number, extra: Record<string, Json>): void {
  if (type === 4) extra['vcards'] = [(row.text('data') ?? '').slice(0, 16_384)];
  if (row.flag('starred')) extra['isStarred'] = true;
  if (type === liveLocationType) extra['isLive'] = true;
}

function readReply(quoted: Row): NonNullable<MessageFacts['replyTo']> {
  const excerpt = quoted.words('data');
  return { sourceId: quoted.words('key_id'), ...(excerpt !== null && { excerpt }) };
}

function readLocation(row: Row): NonNullable<MessageFacts['location']> | null {
  const [latitude, longitude, name] = [row.real('latitude'), row.real('longitude'), row.words('media_name')];
  return latitude === null || longitude === null ? null : { latitude, longitude, ...(name !== null && { name }) };
}

function actionOf(row: Row): string {
  const action = row.whole('media_size');
  return action === null ? 'unknown' : (systemActions.get(action) ?? `action_${action}`);
}

/** The kind of a call stands in `media_caption`, its length in `media_duration`, as seen in the test database of whatsapp-viewer. */
function readCall(row: Row, type: number): NonNullable<MessageFacts['call']> {
  const seconds = row.whole('media_duration') ?? 0;
  const outcome = seconds > 0 ? 'answered' : type === missedCallType ? 'missed' : 'unknown';
  return { durationMs: seconds > 0 ? seconds * 1000 : null, outcome, video: row.text('media_caption') === 'video' };
}

function readAttachment({ media, archive, files, find }: Context, row: Row, type: MessageType): AttachmentRecord {
  const more = mediaFacts(media.get(row.whole('_id') ?? 0)?.[0]);
  const facts = {
    ...more,
    kind: type.attachment ?? ('file' as const),
    path: more.path ?? readSavedPath(archive, row),
    name: row.words('media_name') ?? (type.kind === 'file' ? row.words('media_caption') : null),
    mime: row.words('media_mime_type') ?? more.mime,
    sizeBytes: row.whole('media_size') || more.sizeBytes,
    durationS: row.whole('media_duration') || more.durationS,
    isOnce: false,
  };
  return attachmentOf(facts, files, find);
}

/** `thumb_image` holds an object written by Java, and in it the path of the file. */
function readSavedPath({ database }: ReadInput['archive'], row: Row): string | null {
  const sides = openSideTables(database);
  if (!sides.has('messages', 'thumb_image') || row.rowid === null) return null;
  const rows = sides.ask('messages', 'SELECT 1 AS one, thumb_image FROM messages WHERE _id = ?', [row.rowid], 'one');
  const saved = rows.get(1)?.[0]?.blob('thumb_image');
  return saved === null || saved === undefined ? null : findSavedPath(saved.subarray(0, savedLimitBytes));
}

const savedLimitBytes = 65_536;

/** Java writes the length of a text, two bytes, before it. */
function findSavedPath(saved: Uint8Array): string | null {
  const at = new TextDecoder('latin1').decode(saved).indexOf('Media/WhatsApp');
  if (at < 2) return null;
  const lengthBytes = ((saved[at - 2] ?? 0) << 8) | (saved[at - 1] ?? 0);
  const path = saved.subarray(at, at + lengthBytes);
  return lengthBytes < 16 || lengthBytes > 400 || path.length < lengthBytes ? null : new TextDecoder().decode(path);
}

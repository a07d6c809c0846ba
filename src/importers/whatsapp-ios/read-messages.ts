// Rows of `ZWAMESSAGE` in their order; files and texts replied to are asked for a batch at a time.

import { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { baseName } from '../archive-files';
import { indexPathTails } from '../path-tails';
import type { FindByTail } from '../path-tails';
import { problemOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import type { Directory } from './directory';
import { type Metadata, readMetadata } from './metadata';

const columns = [
  ...'Z_PK ZCHATSESSION ZISFROMME ZMESSAGETYPE ZGROUPEVENTTYPE ZTEXT ZMESSAGEDATE ZGROUPMEMBER'.split(' '),
  ...'ZPARENTMESSAGE ZFROMJID ZPUSHNAME ZSTANZAID ZSTARRED'.split(' '),
];
const epochMs = 978_307_200_000;

/** `ZMESSAGETYPE`; a number that is not here is unknown. */
const types = new Map<number, { readonly kind: MessageKind; readonly attachment?: AttachmentRecord['kind']; readonly isOnce?: true }>([
  [0, { kind: 'text' }],
  [1, { kind: 'image', attachment: 'image' }],
  [2, { kind: 'video', attachment: 'video' }],
  [3, { kind: 'voice', attachment: 'voice' }],
  [4, { kind: 'contact' }],
  [5, { kind: 'location' }],
  [6, { kind: 'system' }],
  [7, { kind: 'link' }],
  [8, { kind: 'file', attachment: 'file' }],
  [10, { kind: 'system' }],
  [11, { kind: 'video', attachment: 'animation' }],
  [14, { kind: 'text' }],
  [15, { kind: 'sticker', attachment: 'sticker' }],
  [38, { kind: 'image', attachment: 'image', isOnce: true }],
  [39, { kind: 'video', attachment: 'video', isOnce: true }],
  [46, { kind: 'poll' }],
  [59, { kind: 'call' }],
  [66, { kind: 'call' }],
]);
const deletedType = 14;

export interface ReadInput {
  readonly archive: ArchiveDatabase;
  readonly files: FileSet;
  readonly directory: Directory;
  readonly onShare: (share: number) => void;
}

interface Context extends ReadInput {
  readonly find: FindByTail;
  readonly media: ReadonlyMap<number, readonly Row[]>;
  readonly parents: ReadonlyMap<number, readonly Row[]>;
}

export function* readMessages(input: ReadInput): Generator<NeutralRecord[], void, void> {
  const find = indexPathTails(input.files);
  const tables = openSideTables(input.archive.database);
  const hasMedia = tables.has('ZWAMEDIAITEM', 'ZMESSAGE');
  let told = 0;
  for (const batch of input.archive.rows.scan('ZWAMESSAGE', columns)) {
    const out: NeutralRecord[] = [...batch.problems];
    const range = [batch.rows[0]?.row.rowid ?? 1, batch.rows.at(-1)?.row.rowid ?? 0];
    const media = hasMedia
      ? tables.ask('ZWAMEDIAITEM', 'SELECT * FROM ZWAMEDIAITEM WHERE ZMESSAGE BETWEEN ? AND ?', range, 'ZMESSAGE')
      : new Map();
    const parents = tables.has('ZWAMESSAGE', 'ZPARENTMESSAGE', 'ZSTANZAID')
      ? tables.ask(
          'ZWAMESSAGE',
          'SELECT m.Z_PK AS id, p.ZSTANZAID AS stanza, p.ZTEXT AS text FROM ZWAMESSAGE m JOIN ZWAMESSAGE p ON p.Z_PK = m.ZPARENTMESSAGE WHERE m.Z_PK BETWEEN ? AND ?',
          range,
          'id',
        )
      : new Map();
    // Once a batch: where it was made for each row, V8 kept every third byte of what a scan leaves beyond its next collection.
    const context: Context = { ...input, find, media, parents };
    for (const placed of batch.rows) readRow(context, placed, out);
    const [first] = batch.rows;
    for (const fault of tables.faults.slice(told))
      if (first) out.push(problemOf('entry-damaged', '', { ...first.span, lengthBytes: 0 }, fault));
    told = tables.faults.length;
    yield out;
    input.onShare(batch.share);
  }
}

function readRow(context: Context, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const seconds = row.real('ZMESSAGEDATE');
  const sentAtMs = seconds === null ? Number.NaN : epochMs + Math.round(seconds * 1000);
  const { directory, archive } = context;
  if (!(Math.abs(sentAtMs) <= 8.64e15))
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(archive.database, 'ZWAMESSAGE', row)), span));
  const type = row.whole('ZMESSAGETYPE') ?? 0;
  const known = types.get(type);
  const media = context.media.get(row.whole('Z_PK') ?? 0)?.[0];
  const chat = row.whole('ZCHATSESSION');
  const isSystem = known?.kind === 'system';
  const isFile = known?.attachment !== undefined;
  out.push({
    type: 'message',
    conversation: directory.conversation(chat, out),
    sender: isSystem ? -1 : directory.sender(row, out),
    sourceId: row.words('ZSTANZAID'),
    sentAtMs,
    clock: 'absolute',
    kind: known?.kind ?? 'unknown',
    text: row.text('ZTEXT') ?? (isFile && known.kind !== 'file' ? (media?.text('ZTITLE') ?? '') : ''),
    attachments: isFile ? [attachmentOf(context, media, known.attachment, known.isOnce === true)] : noAttachments,
    facts: readFacts(context, row, type, known?.kind ?? 'unknown', media),
    ...span,
  } satisfies MessageRecord);
}

const noMetadata: Metadata = { replyTo: null, forwardCount: 0 };
const emptyRow = new Row(new Map(), []);

function attachmentOf({ files, find }: Context, row: Row | undefined, kind: AttachmentRecord['kind'], isOnce: boolean): AttachmentRecord {
  const media = row ?? emptyRow;
  const path = media.words('ZMEDIALOCALPATH');
  const entry = path === null ? -1 : find(path);
  const isFound = entry !== -1;
  const durationS = media.whole('ZMOVIEDURATION') ?? 0;
  const title = kind === 'file' ? media.words('ZTITLE') : null;
  const mime = media.words('ZVCARDSTRING') ?? '';
  return {
    kind,
    name: title ?? (path === null ? null : baseName(path)),
    entry: isFound ? entry : null,
    missing: isFound ? null : isOnce ? 'expired' : 'not-in-archive',
    mime: /^[\w.+-]{1,60}\/[\w.+-]{1,60}/.test(mime) ? mime : null,
    sizeBytes: isFound ? (files.entries[entry]?.sizeBytes ?? null) : media.whole('ZFILESIZE'),
    ...(durationS > 0 && { durationMs: durationS * 1000 }),
  };
}

function readFacts(context: Context, row: Row, type: number, kind: MessageKind, found: Row | undefined): MessageFacts | null {
  const media = found ?? emptyRow;
  const extra = readExtra(context, row, type, kind, media);
  const metadata = media.blob('ZMETADATA');
  const { replyTo, forwardCount } = metadata === null ? noMetadata : readMetadata(metadata);
  const reply = readReply(context.parents.get(row.whole('Z_PK') ?? 0)?.[0], replyTo);
  const facts: MessageFacts = {
    ...(reply !== null && { replyTo: reply }),
    ...(forwardCount > 0 && { forward: { fromName: null } }),
    ...(type === deletedType && { deleted: { by: 'unknown' as const } }),
    ...readContent(row, type, kind, media),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

function readExtra(context: Context, row: Row, type: number, kind: MessageKind, media: Row): Record<string, Json> {
  const isRaw = kind === 'unknown' || kind === 'poll' || kind === 'call';
  return {
    ...(isRaw && { type, raw: rawRow(context.archive.database, 'ZWAMESSAGE', row) }),
    ...(row.flag('ZSTARRED') && { isStarred: true }),
    ...(kind === 'contact' && { vcard: (media.text('ZVCARDSTRING') ?? '').slice(0, 16_384) }),
  };
}

/** By the parent row, which also has the text, else by the id in the metadata. */
function readReply(parent: Row | undefined, replyTo: string | null): NonNullable<MessageFacts['replyTo']> | null {
  const excerpt = parent?.words('text') ?? null;
  const sourceId = parent?.words('stanza') ?? replyTo;
  return sourceId === null ? null : { sourceId, ...(excerpt !== null && { excerpt }) };
}

function readContent(row: Row, type: number, kind: MessageKind, media: Row): MessageFacts {
  if (kind === 'location') {
    const [latitude, longitude] = [media.real('ZLATITUDE'), media.real('ZLONGITUDE')];
    return latitude === null || longitude === null ? {} : { location: { latitude, longitude } };
  }
  const card = media.words('ZVCARDNAME');
  if (kind === 'contact') return card === null ? {} : { contact: { name: card } };
  if (kind === 'call') return { call: { durationMs: null, outcome: 'unknown', video: false } };
  return kind === 'system' ? { service: { action: `event_${type}_${row.whole('ZGROUPEVENTTYPE') ?? 0}` } } : {};
}

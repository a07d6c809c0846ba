// Rows of `Events` in their order; what `Messages` has of them is asked for a batch at a time.

import { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { baseName } from '../archive-files';
import { parseExactJson } from '../exact-json';
import { countOf, isObject, objectOf, words } from '../json-fields';
import { indexPathTails } from '../path-tails';
import type { FindByTail } from '../path-tails';
import { problemOf } from '../problem-record';
import { describeRow, rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import { ownerContact } from './directory';
import type { ViberDirectory } from './directory';

export interface ReadInput {
  readonly archive: ArchiveDatabase;
  readonly files: FileSet;
  readonly directory: ViberDirectory;
}

interface Context extends ReadInput {
  readonly find: FindByTail;
}

const columns = 'EventID TimeStamp Direction Type ChatID ContactID Token'.split(' ');
const messagesSql = 'SELECT * FROM Messages WHERE EventID BETWEEN ? AND ?';
const greatestMs = 253_402_300_799_999;

interface KnownType {
  readonly kind: MessageKind;
  readonly file?: AttachmentRecord['kind'];
}

/** `Messages.Type`; a number that is not here is unknown. */
const types: ReadonlyMap<number, KnownType> = new Map<number, KnownType>([
  [1, { kind: 'text' }],
  [2, { kind: 'image', file: 'image' }],
  [3, { kind: 'video', file: 'video' }],
  [4, { kind: 'sticker' }],
  [5, { kind: 'location' }],
  [6, { kind: 'voice', file: 'voice' }],
  [7, { kind: 'video', file: 'video' }],
  [9, { kind: 'link' }],
  [11, { kind: 'file', file: 'file' }],
  [15, { kind: 'text' }],
]);

export function* readMessages(input: ReadInput): Generator<{ readonly records: NeutralRecord[]; readonly share: number }, void, void> {
  const context: Context = { ...input, find: indexPathTails(input.files) };
  const tables = openSideTables(input.archive.database);
  let told = 0;
  for (const batch of input.archive.rows.scan('Events', columns)) {
    const records: NeutralRecord[] = [...batch.problems];
    const ids = batch.rows.flatMap(({ row }) => row.whole('EventID') ?? []);
    const range = ids.length === 0 ? [1, 0] : [Math.min(...ids), Math.max(...ids)];
    const messages = tables.has('Messages', 'EventID') ? tables.ask('Messages', messagesSql, range, 'EventID') : new Map<number, Row[]>();
    for (const placed of batch.rows) readRow(context, placed, messages.get(placed.row.whole('EventID') ?? -1)?.[0], records);
    const [first] = batch.rows;
    for (const fault of tables.faults.slice(told))
      if (first !== undefined) records.push(problemOf('entry-damaged', '', { ...first.span, lengthBytes: 0 }, fault));
    told = tables.faults.length;
    yield { records, share: batch.share };
  }
}

const emptyRow = new Row(new Map(), []);

function readRow(context: Context, placed: PlacedRow, found: Row | undefined, out: NeutralRecord[]): void {
  const { archive, directory } = context;
  const { row, span } = placed;
  const sentAtMs = row.whole('TimeStamp') ?? 0;
  if (sentAtMs <= 0 || sentAtMs > greatestMs)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(archive.database, 'Events', row)), span));
  const message = found ?? emptyRow;
  const known = types.get(message.whole('Type') ?? 0);
  const kind = found === undefined ? 'system' : (known?.kind ?? 'unknown');
  const conversation = directory.conversation(row.whole('ChatID'), out);
  const contact = row.whole('Direction') === 1 ? ownerContact : row.whole('ContactID');
  const info = readInfo(message);
  out.push({
    type: 'message',
    conversation,
    sender: kind === 'system' ? -1 : directory.person(contact, out),
    sourceId: tokenOf(row),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: message.text('Body') ?? '',
    attachments: known?.file === undefined ? noAttachments : [attachmentOf(context, message, info, known.file)],
    facts: factsOf(info, kind, row, extraOf(context, row, found, kind)),
    ...span,
  });
}

/** Its ids are above 2^53. */
function readInfo(message: Row): JsonObject {
  return objectOf(parseExactJson(message.text('Info') ?? '')) ?? {};
}

function tokenOf(event: Row): string | null {
  const token = event.words('Token');
  return token === '0' ? null : token;
}

function extraOf({ archive }: Context, event: Row, found: Row | undefined, kind: MessageKind): Record<string, Json> {
  const message = found ?? emptyRow;
  if (kind === 'system' || kind === 'unknown') {
    const raw = found === undefined ? {} : { raw: describeRow(found) };
    return { event: rawRow(archive.database, 'Events', event), ...raw };
  }
  const info = readInfo(message);
  return {
    ...(Object.keys(info).length > 0 && { info }),
    ...(kind === 'sticker' && { stickerId: message.text('StickerID') }),
    ...(message.words('Subject') !== null && { subject: message.text('Subject') }),
  };
}

function factsOf(info: JsonObject, kind: MessageKind, event: Row, extra: Record<string, Json>): MessageFacts | null {
  const { quote } = info;
  const excerpt = isObject(quote) ? (words(quote['text']) ?? words(quote['body'])) : null;
  const facts: MessageFacts = {
    ...(isObject(quote) && { replyTo: { sourceId: words(quote['token']), ...(excerpt !== null && { excerpt }) } }),
    ...(kind === 'system' && { service: { action: `event_${event.whole('Type') ?? 0}` } }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

function attachmentOf({ files, find }: Context, message: Row, info: JsonObject, kind: AttachmentRecord['kind']): AttachmentRecord {
  const fileInfo = isObject(info['fileInfo']) ? info['fileInfo'] : {};
  const path = message.words('PayloadPath');
  const entry = path === null ? -1 : find(path);
  const durationS = kind === 'voice' || kind === 'video' ? message.whole('Duration') : null;
  return {
    kind,
    name: words(fileInfo['FileName']) ?? (path === null ? null : baseName(path.replaceAll('\\', '/'))),
    entry: entry === -1 ? null : entry,
    missing: entry === -1 ? 'not-in-archive' : null,
    mime: null,
    sizeBytes: entry === -1 ? countOf(fileInfo['FileSize']) : (files.entries[entry]?.sizeBytes ?? null),
    ...(durationS !== null && durationS > 0 && { durationMs: durationS * 1000 }),
  };
}

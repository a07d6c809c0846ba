// Rows of ZMESSAGE in Line.sqlite.

import type { Database } from '../../bytes/sqlite/database';
import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageKind, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { baseName } from '../archive-files';
import { problemOf } from '../problem-record';
import { rawRow } from '../raw-row';
import type { PlacedRow } from '../table-rows';
import type { LineDirectory } from './database-directory';

const columns = ['Z_PK', 'ZID', 'ZCHAT', 'ZSENDER', 'ZTIMESTAMP', 'ZCONTENTTYPE', 'ZTEXT', 'ZSENDSTATUS', 'ZMESSAGETYPE'];
const greatestMs = 253_402_300_799_999;

interface KnownType {
  readonly kind: MessageKind;
  readonly file?: AttachmentRecord['kind'];
}

/** ZCONTENTTYPE; a number that is not here is unknown. */
const types: ReadonlyMap<number, KnownType> = new Map<number, KnownType>([
  [0, { kind: 'text' }],
  [1, { kind: 'image', file: 'image' }],
  [2, { kind: 'video', file: 'video' }],
  [3, { kind: 'voice', file: 'voice' }],
  [5, { kind: 'file', file: 'file' }],
  [6, { kind: 'call' }],
  [7, { kind: 'sticker' }],
  [12, { kind: 'link' }],
  [13, { kind: 'contact' }],
  [14, { kind: 'file', file: 'file' }],
  [15, { kind: 'location' }],
  [21, { kind: 'image', file: 'image' }],
]);

export function* readMessages(
  { database, rows }: ArchiveDatabase,
  files: FileSet,
  directory: LineDirectory,
): Generator<{ readonly records: NeutralRecord[]; readonly share: number }, void, void> {
  const found = indexAttachments(files);
  for (const batch of rows.scan('ZMESSAGE', columns)) {
    const records: NeutralRecord[] = [...batch.problems];
    const context = { database, files, directory, found };
    for (const placed of batch.rows) readRow(context, placed, records);
    yield { records, share: batch.share };
  }
}

/** Files of messages are called by the message's id, with whatever extension. */
function indexAttachments(files: FileSet): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, { path }] of files.entries.entries()) {
    const id = /(?:^|\/)Message Attachments\/(?:[^/]+\/)*(\d{1,20})(?:\.\w{1,10})?$/.exec(path)?.[1];
    if (id !== undefined && !found.has(id)) found.set(id, index);
  }
  return found;
}

interface Context {
  readonly database: Database;
  readonly files: FileSet;
  readonly directory: LineDirectory;
  readonly found: ReadonlyMap<string, number>;
}

function readRow(context: Context, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const { database, directory } = context;
  const sentAtMs = row.whole('ZTIMESTAMP') ?? 0;
  if (sentAtMs <= 0 || sentAtMs > greatestMs)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(database, 'ZMESSAGE', row)), span));
  const known = types.get(row.whole('ZCONTENTTYPE') ?? -1);
  const kind = known?.kind ?? 'unknown';
  const extra: Record<string, Json> = {
    // What a message of another kind says lies in columns that no source explains.
    ...(known?.file === undefined && kind !== 'text' && { raw: rawRow(database, 'ZMESSAGE', row) }),
    ...(row.whole('ZSENDSTATUS') === 0 && { isUnsent: true }),
  };
  const conversation = directory.conversation(row.whole('ZCHAT'), out);
  const sender = directory.person(row.whole('ZSENDER'), out);
  out.push({
    type: 'message',
    conversation,
    sender,
    sourceId: row.words('ZID'),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: row.text('ZTEXT') ?? '',
    attachments: known?.file === undefined ? noAttachments : [attachmentOf(context, row, known.file)],
    facts: Object.keys(extra).length > 0 ? { extra } : null,
    ...span,
  });
}

function attachmentOf({ files, found }: Context, row: Row, kind: AttachmentRecord['kind']): AttachmentRecord {
  const entry = found.get(row.words('ZID') ?? '') ?? null;
  const common = { kind, mime: null, sizeBytes: null };
  if (entry === null) return { ...common, name: null, entry: null, missing: 'not-in-archive' };
  return { ...common, name: baseName(files.entries[entry]?.path ?? ''), entry, missing: null };
}

// Signal Desktop's db.sqlite, decrypted, with attachments.noindex beside it.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { Row } from '../../bytes/sqlite/row';
import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { importerOfDatabase } from '../database-importer';
import { parseObject, words } from '../json-fields';
import { indexPathTails } from '../path-tails';
import { problemOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { openSideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';
import { attachmentOfRow } from './attachments';
import { readDirectory, selfId } from './directory';
import { messageIdOf, readContent } from './message';
import type { ContentContext } from './message';

const columns = 'id conversationId type body json sent_at received_at_ms timestamp sourceServiceId sourceUuid source'.split(' ');
const greatestMs = 253_402_300_799_999;
const attachmentsSql = `SELECT m.rowid AS number, a.* FROM messages m JOIN message_attachments a ON a.messageId = m.id
  WHERE m.rowid BETWEEN ? AND ? AND a.editHistoryIndex < 0 AND a.attachmentType IN ('attachment', 'long-message')`;

export const signalDesktop = importerOfDatabase({
  format: 'signal-desktop-database',
  formatVersion: 'desktop',
  source: 'signal',
  isIt: isSignal,
  joined: new Set(['message_attachments', 'items']),
  *read(archive, files, onShare) {
    const head: NeutralRecord[] = [];
    const directory = readDirectory(archive, head);
    yield head;
    for (const { records, share } of readMessages(archive, { directory, files, find: indexPathTails(files) })) {
      yield records;
      onShare(share);
    }
  },
});

function isSignal(schema: PeekedSchema): boolean {
  const [messages, conversations] = [schema.get('messages') ?? '', schema.get('conversations') ?? ''];
  return /\bconversationId\b/.test(messages) && /\bsent_at\b/.test(messages) && /\be164\b|\bgroupId\b/.test(conversations);
}

function* readMessages(
  archive: ArchiveDatabase,
  context: ContentContext,
): Generator<{ records: NeutralRecord[]; share: number }, void, void> {
  const tables = openSideTables(archive.database);
  const hasAttachments = tables.has('message_attachments', 'messageId', 'editHistoryIndex', 'attachmentType');
  let told = 0;
  for (const batch of archive.rows.scan('messages', columns)) {
    const records: NeutralRecord[] = [...batch.problems];
    const range = [batch.rows[0]?.row.rowid ?? 1, batch.rows.at(-1)?.row.rowid ?? 0];
    const attachments = hasAttachments ? tables.ask('message_attachments', attachmentsSql, range, 'number') : new Map();
    for (const placed of batch.rows) {
      const separate = (attachments.get(Number(placed.row.rowid)) ?? []).map(attachmentOfRow);
      readRow(archive, placed, separate, context, records);
    }
    const [first] = batch.rows;
    for (const fault of tables.faults.slice(told))
      if (first !== undefined) records.push(problemOf('entry-damaged', '', { ...first.span, lengthBytes: 0 }, fault));
    told = tables.faults.length;
    yield { records, share: batch.share };
  }
}

function readRow(
  archive: ArchiveDatabase,
  { row, span }: PlacedRow,
  separate: Parameters<typeof readContent>[2],
  context: ContentContext,
  out: NeutralRecord[],
): void {
  const { directory } = context;
  const raw = (): string => JSON.stringify(rawRow(archive.database, 'messages', row));
  const jsonText = row.text('json') ?? '';
  const json = parseObject(jsonText);
  if (json === null && jsonText !== '') return void out.push(problemOf('bad-json', raw(), span));
  const sentAtMs = row.whole('sent_at') ?? row.whole('timestamp') ?? row.whole('received_at_ms') ?? 0;
  if (sentAtMs <= 0 || sentAtMs > greatestMs) return void out.push(problemOf('bad-time', raw(), span));
  const author = row.text('type') === 'outgoing' ? selfId : authorOf(row, json ?? {});
  const conversation = directory.conversation(row.words('conversationId'), out);
  const { kind, text, attachments, facts } = readContent(row, json ?? {}, separate, context);
  out.push({
    type: 'message',
    conversation,
    sender: kind === 'system' ? -1 : directory.person(author, out),
    // Lines of the app have no author.
    sourceId: author === null ? row.words('id') : messageIdOf(directory.sourceIdOf(author), sentAtMs),
    sentAtMs,
    clock: 'absolute',
    kind,
    text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...span,
  });
}

/** Who sent an incoming message: by account, or in old rows by number. */
function authorOf(row: Row, json: JsonObject): string | null {
  const said = json['sourceServiceId'] ?? json['sourceUuid'] ?? json['source'];
  return row.words('sourceServiceId') ?? row.words('sourceUuid') ?? numberOf(row.words('source')) ?? words(said);
}

/** A column of type STRING is numeric to SQLite, which makes a number of `+4915…`. */
function numberOf(source: string | null): string | null {
  return source !== null && /^\d{5,15}$/.test(source) ? `+${source}` : source;
}

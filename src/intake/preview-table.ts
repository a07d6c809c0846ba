// The first messages that a mapping makes of a table, as the owner will see them.

import type { FileSet } from '../bytes/source';
import { textOf } from '../importers/table/cells';
import { guessTime } from '../importers/table/guess-time';
import { createRowReader, readRowTime, timeTextOf } from '../importers/table/row-reader';
import type { TableHead } from '../importers/table/table-head';
import type { MessageRecord, NeutralRecord } from '../model/record';
import type { TableMapping } from '../model/table-mapping';
import type { PreviewedMessage, TablePreview, TableReading } from '../model/view';
import { type ClockReading, readTime } from './clock';

const messagesShown = 8;
const examplesShown = 3;
const exampleLength = 80;
const kindsShown = 40;

export interface PreviewInput {
  readonly files: FileSet;
  readonly entry: number;
  readonly heads: readonly TableHead[];
  /** The one of them that is read. */
  readonly head: TableHead;
  readonly mapping: TableMapping;
  /** For clocks, where the mapping names none. */
  readonly zone: string;
}

export function previewMapping({ files, entry, heads, head, mapping, zone }: PreviewInput): TablePreview {
  const records = readRows(files, entry, head, mapping);
  const messages = records.filter((record) => record.type === 'message');
  const timed = head.firstRows.filter((cells) => timeTextOf(cells, mapping).trim() !== '');
  const kinds = new Set(head.firstRows.map((cells) => textOf(cells.get(mapping.roles.kind ?? '')).trim()));
  const guess = guessTime(timed.map((cells) => timeTextOf(cells, mapping)));
  const reading = { zone: mapping.time.zone ?? zone, shiftMs: 0 };
  return {
    readings: heads.map(readingOf),
    mapping,
    isTimeCertain: guess.isCertain || guess.share === 0,
    times: timed.slice(0, examplesShown).map((cells) => {
      const time = readRowTime(cells, mapping);
      const text = timeTextOf(cells, mapping).slice(0, exampleLength);
      return { text, atMs: time === null ? null : readTime(time.atMs, time.clock, reading).sentAtMs };
    }),
    kindValues: [...kinds].filter((value) => value !== '').slice(0, kindsShown),
    messages: messages.length,
    rows: head.firstRows.length,
    first: messages.slice(0, messagesShown).map((message) => toPreview(message, records, reading)),
    isZoneless: messages.some(({ clock }) => clock !== 'absolute'),
  };
}

function readRows(files: FileSet, entry: number, head: TableHead, mapping: TableMapping): readonly NeutralRecord[] {
  const reader = createRowReader({ files, entry, mapping, owner: null });
  const records: NeutralRecord[] = [];
  for (const cells of head.firstRows) reader.take(cells, '', { entry, offsetBytes: 0, lengthBytes: 0 }, records);
  return records;
}

function toPreview(message: MessageRecord, records: readonly NeutralRecord[], reading: ClockReading): PreviewedMessage {
  const sender = records.findLast((record) => record.type === 'person' && record.index === message.sender);
  const conversation = records.find((record) => record.type === 'conversation' && record.index === message.conversation);
  return {
    senderName: sender?.type === 'person' ? sender.name : null,
    isOwn: sender?.type === 'person' && sender.isOwner,
    conversationName: (conversation?.type === 'conversation' ? conversation.name : null) ?? '',
    sentAtMs: readTime(message.sentAtMs, message.clock, reading).sentAtMs,
    kind: message.kind,
    text: message.text,
    attachments: message.attachments.map(({ name }) => name ?? ''),
  };
}

function readingOf({ form, rows, hasHeader, columns, firstRows }: TableHead): TableReading {
  const examplesOf = (column: string): string[] => {
    const filled = firstRows.map((cells) => textOf(cells.get(column)).trim()).filter((text) => text !== '');
    return [...new Set(filled)].slice(0, examplesShown).map((text) => text.slice(0, exampleLength));
  };
  return { form, rows, hasHeader, columns: columns.map((name) => ({ name, examples: examplesOf(name) })) };
}

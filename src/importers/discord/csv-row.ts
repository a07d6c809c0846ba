// One row of DiscordChatExporter's CSV to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, NeutralRecord, Reaction, Span } from '../../model/record';
import { baseName } from '../archive-files';
import { attach, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import type { People } from '../people';

export interface RowContext {
  readonly files: FileSet;
  /** Folder of the file: '' or ending in `/`. */
  readonly folder: string;
  readonly conversation: number;
  readonly people: People;
}

/** Columns by the names in the first row. */
export function columnsOf(header: readonly string[]): ReadonlyMap<string, number> {
  return new Map(header.map((name, column) => [name.replace('\ufeff', ''), column]));
}

const neutralColumns = new Set(['AuthorID', 'Author', 'Date', 'Content', 'Attachments', 'Reactions']);

/** Appends the sender where new; the message, or null where it has no time that can be read. */
export function toRowMessage(
  fields: readonly string[],
  columns: ReadonlyMap<string, number>,
  { files, folder, conversation, people }: RowContext,
  span: Span,
  out: NeutralRecord[],
): MessageRecord | null {
  const cell = (name: string) => fields[columns.get(name) ?? -1] ?? '';
  const sentAtMs = parseInstant(cell('Date'));
  if (sentAtMs === null) return null;
  const urls = cell('Attachments')
    .split(',')
    .filter((url) => url !== '');
  const attachments = urls.length === 0 ? noAttachments : urls.map((url) => toAttachment(files, folder, url));
  const id = cell('AuthorID');
  const [first] = attachments;
  return {
    type: 'message',
    conversation,
    sender: id === '' ? -1 : people.withId(id, cell('Author') === '' ? null : cell('Author'), out),
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: first === undefined ? 'text' : messageKindOf(first.kind),
    text: cell('Content'),
    attachments,
    facts: readFacts(fields, columns, urls, cell('Reactions')),
    ...span,
  };
}

function toAttachment(files: FileSet, folder: string, url: string): AttachmentRecord {
  return attach(files, folder, { path: url, name: baseName((/^[^?#]*/.exec(url)?.[0] ?? url).replaceAll('\\', '/')) });
}

function readFacts(
  fields: readonly string[],
  columns: ReadonlyMap<string, number>,
  urls: readonly string[],
  reactionText: string,
): MessageFacts | null {
  const reactions = readReactions(reactionText);
  const others = [...columns].flatMap(([name, column]): [string, Json][] =>
    neutralColumns.has(name) || (fields[column] ?? '') === '' ? [] : [[name, fields[column] ?? '']],
  );
  const beyond = fields.slice(columns.size);
  const extra: [string, Json][] = [
    ...others,
    ...(urls.length > 0 ? [['attachments', urls] satisfies [string, Json]] : []),
    ...(beyond.length > 0 ? [['cells', beyond] satisfies [string, Json]] : []),
    ...(reactionText !== '' && reactions === null ? [['Reactions', reactionText] satisfies [string, Json]] : []),
  ];
  if (reactions === null && extra.length === 0) return null;
  return { ...(reactions === null ? {} : { reactions }), ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }) };
}

/** `👍 (2),party (1)`; null for a text that is not all of this form. */
function readReactions(text: string): readonly Reaction[] | null {
  if (text === '') return null;
  const found = text.split(',').map((part) => /^ ?([^()]{1,100}) \((\d{1,9})\)$/.exec(part));
  if (found.includes(null)) return null;
  return found.map((match) => ({ emoji: match?.[1] ?? '', count: Number(match?.[2] ?? 1), by: [] }));
}

// One row of a table to a message, as the mapping says. What no role takes stays beside the message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageKind, NeutralRecord, Span } from '../../model/record';
import type { ColumnRole, TableMapping } from '../../model/table-mapping';
import { baseName, folderOf } from '../archive-files';
import { problemOf } from '../problem-record';
import { type Cells, textOf } from './cells';
import { kindWords, wordOf } from './column-words';
import { isOwnCell } from './owner-side';
import { type CellTime, readTime } from './read-time';
import { type AttachmentFinder, createAttachmentFinder, messageKindOf } from './row-attachments';
import { createRowPeople, type RowPeople } from './row-people';

export interface RowReader {
  /** Appends one message or problem with this span, after the conversation and person that it needs. */
  take(cells: Cells, raw: string, span: Span, out: NeutralRecord[]): void;
}

export interface RowsInput {
  readonly files: FileSet;
  readonly entry: number;
  readonly mapping: TableMapping;
  /** Name of the sender who is the owner, or null. */
  readonly owner: string | null;
}

/** An id seen so recently is no id of a message: equal ones would be taken for versions of one. */
const recentIds = 4096;

/** The name of a table as that of a conversation. */
export function tableName(path: string): string {
  return baseName(path).replace(/\.[a-z0-9]{1,5}$/i, '');
}

/** Text of the time and, where it stands apart, of the time of day. */
export function timeTextOf(cells: Cells, { roles }: Pick<TableMapping, 'roles'>): string {
  const time = textOf(cells.get(roles.time ?? '')).trim();
  return roles.clock === undefined ? time : `${time} ${textOf(cells.get(roles.clock)).trim()}`;
}

/** What is the same for all rows of a table. */
interface Rows extends RowsInput {
  readonly name: string;
  readonly people: RowPeople;
  readonly attachments: AttachmentFinder;
  readonly kinds: ReadonlyMap<string, MessageKind>;
  readonly ids: RecentIds;
  /** The last role that each column has. */
  readonly roleOf: ReadonlyMap<string, ColumnRole>;
}

/** The time of a row; null where it has none, or where the column of its time of day does not say it. */
export function readRowTime(cells: Cells, mapping: TableMapping): CellTime | null {
  const { clock } = mapping.roles;
  const isTold = clock === undefined || /\d/.test(textOf(cells.get(clock)));
  return isTold ? readTime(timeTextOf(cells, mapping), mapping.time) : null;
}

export function createRowReader(input: RowsInput): RowReader {
  const path = input.files.entries[input.entry]?.path ?? '';
  const rows: Rows = {
    ...input,
    name: tableName(path),
    people: createRowPeople(),
    attachments: createAttachmentFinder(input.files, folderOf(path)),
    kinds: new Map(input.mapping.kinds),
    ids: createRecentIds(),
    roleOf: new Map(Object.entries(input.mapping.roles).map(([role, column]) => [column, role as ColumnRole])),
  };
  return { take: (cells, raw, span, out) => takeRow(rows, cells, raw, span, out) };
}

function takeRow(rows: Rows, cells: Cells, raw: string, span: Span, out: NeutralRecord[]): void {
  const cell = (role: ColumnRole): Json | undefined => cells.get(rows.mapping.roles[role] ?? '');
  const text = (role: ColumnRole): string => textOf(cell(role)).trim();
  const time = readRowTime(cells, rows.mapping);
  if (time === null) return void out.push(problemOf('bad-time', raw, span));
  const conversation = rows.people.conversation(text('conversation') || rows.name, out);
  if (conversation === null) return void out.push(problemOf('limit-reached', raw, span));
  const said = text('kind') === '' ? null : (rows.kinds.get(text('kind')) ?? 'unknown');
  const attachments = rows.attachments.find(cell('attachment'), said);
  const kind = said ?? messageKindOf(attachments);
  const isOwn = isOwnCell(cell('own'));
  const name = isOwn && rows.mapping.namesOtherSide ? '' : text('sender');
  // An empty cell is a line of the app; where there is no such column somebody wrote it.
  const isNobody = name === '' && !isOwn && rows.mapping.roles.sender !== undefined;
  const sender = isNobody ? -1 : rows.people.person(conversation, name || null, isOwn || (name !== '' && name === rows.owner), out);
  const sourceId = rows.ids.take(conversation, text('id'));
  const extra = extraOf(cells, rows.roleOf, { kind, time, attachments, isNamed: name !== '' && sender !== -1, hasId: sourceId !== null });
  out.push({
    type: 'message',
    conversation,
    sender,
    sourceId,
    sentAtMs: time.atMs,
    clock: time.clock,
    kind,
    text: textOf(cell('text')),
    attachments,
    facts: extra === null ? null : { extra },
    ...span,
  });
}

interface Made {
  readonly kind: MessageKind;
  readonly time: CellTime;
  readonly attachments: readonly AttachmentRecord[];
  /** False where the column `sender` does not name who sent it. */
  readonly isNamed: boolean;
  readonly hasId: boolean;
}

/** What of the row the message does not say; of an unknown kind the whole row. */
function extraOf(cells: Cells, roleOf: ReadonlyMap<string, ColumnRole>, made: Made): JsonObject | null {
  if (made.kind === 'unknown') return { raw: Object.fromEntries(cells) };
  const kept = [...cells].filter(([column, cell]) => {
    const role = roleOf.get(column);
    return !isEmpty(cell) && (role === undefined || isMoreThanSaid(role, cell, made));
  });
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** True where a cell says more than what was made of it. */
function isMoreThanSaid(role: ColumnRole, cell: Json, { kind, time, attachments, isNamed, hasId }: Made): boolean {
  if (role === 'time' || role === 'clock') return !time.isExact;
  if (role === 'kind') return kindWords.get(wordOf(textOf(cell))) !== kind;
  if (role === 'attachment') return typeof cell === 'object' || attachments[0]?.name !== cell;
  if (role === 'id') return !hasId;
  return role === 'sender' && !isNamed;
}

function isEmpty(cell: Json): boolean {
  return cell === null || cell === '' || (Array.isArray(cell) && cell.length === 0);
}

interface RecentIds {
  /** The id, or null where there is none or the conversation has had it a moment ago. */
  take(conversation: number, id: string): string | null;
}

function createRecentIds(): RecentIds {
  const recent = new Set<string>();
  return {
    take(conversation, id) {
      const key = `${conversation} ${id}`;
      if (id === '' || recent.has(key)) return null;
      const [oldest] = recent.size === recentIds ? recent : [];
      if (oldest !== undefined) recent.delete(oldest);
      recent.add(key);
      return id;
    },
  };
}

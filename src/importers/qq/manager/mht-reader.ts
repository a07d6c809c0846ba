// From the rows of an MHT file to records. The date stands in a row of its own, and counts until the next.

import type { HtmlElement } from '../../../bytes/html-tree';
import type { FileSet } from '../../../bytes/source';
import type { MessageFacts, NeutralRecord, Span } from '../../../model/record';
import { problemOf, structureOf } from '../../problem-record';
import type { PieceReader, PlacedElement } from '../../record-batches';
import { createPeople } from '../people';
import type { QqPeople } from '../people';
import { createManagerChats } from './chats';
import type { ManagerChats } from './chats';
import { readMhtBody } from './mht-body';
import { readRow } from './mht-rows';
import type { MhtMessage } from './mht-rows';

interface MhtState {
  readonly files: FileSet;
  readonly people: QqPeople;
  readonly chats: ManagerChats;
  /** Of the conversation, where the file has no heading. */
  readonly name: string | null;
  group: string | null;
  dayAtMs: number | null;
  out: NeutralRecord[];
}

/** True for the elements that `createMhtReader` takes. */
export function isRow({ name }: Pick<HtmlElement, 'name'>): boolean {
  return name === 'tr';
}

/** `files` are the parts of the MHT; `owner` answers the question of that name, or is null. */
export function createMhtReader(files: FileSet, name: string | null, owner: string | null): PieceReader<PlacedElement> {
  const emit = (record: NeutralRecord) => void state.out.push(record);
  const people = createPeople(owner, emit);
  const state: MhtState = { files, people, chats: createManagerChats(people, emit), name, group: null, dayAtMs: null, out: [] };
  return {
    take(row, out) {
      state.out = out;
      takeRow(state, row);
    },
  };
}

function takeRow(state: MhtState, { element, raw, span }: PlacedElement): void {
  const row = readRow(element);
  const { chats, out } = state;
  if (row === null) return void out.push(problemOf('not-understood', raw, span));
  if (row.kind === 'message') return takeMessage(state, row, raw, span);
  if (row.kind === 'day') state.dayAtMs = row.dayAtMs;
  if (row.kind === 'heading' && row.part === 'group') state.group = row.name;
  if (row.kind === 'heading' && row.part === 'object') {
    state.dayAtMs = null;
    chats.begin(row.name === '' ? null : row.name, state.group);
  }
  out.push(structureOf(row.kind, span));
}

function takeMessage(state: MhtState, message: MhtMessage, raw: string, span: Span): void {
  const { chats, people, files, dayAtMs, out } = state;
  if (dayAtMs === null) return void out.push(problemOf('bad-time', raw, span));
  if (chats.conversation < 0) chats.begin(state.name, null);
  const { sender, isSystem, extra } = chats.speak(message.sender);
  if (message.isOwn && sender >= 0) people.markOwner(sender);
  const body = readMhtBody(message.body, files);
  const facts: MessageFacts | null = extra === null ? null : { extra };
  out.push({
    type: 'message',
    conversation: chats.conversation,
    sender,
    sourceId: null,
    sentAtMs: dayAtMs + message.timeMs,
    clock: 'second',
    kind: isSystem ? 'system' : body.kind,
    text: body.text,
    attachments: body.attachments,
    facts,
    ...span,
  });
}

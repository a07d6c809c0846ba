// Lines of one chat to records.

import type { ConversationRecord, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { noAttachments } from '../../model/record';
import { dropMarks } from '../marks';
import { createPeople } from '../people';
import { structureOf } from '../problem-record';
import type { PieceReader, PlacedLine } from '../record-batches';
import { createTextReader, joinLines } from '../text-pieces';
import { readBody, readUnsent, unquote, type Body } from './body';
import { readDateLine, type DateOrder } from './date-line';
import { isSavedLine, readTitle, type ChatTitle } from './head';
import { readMessageLine, type MessageLine } from './message-line';
import { joinQuotedLines } from './quoted-lines';
import { dayOfLine, type Survey } from './survey';

/** A line that begins something: a message of a day, a date, a line above the first date. */
type Head = { readonly name: 'head' | 'date' } | { readonly name: 'message'; readonly day: number; readonly message: MessageLine };

export interface ChatFacts {
  readonly survey: Survey;
  readonly title: ChatTitle | null;
  readonly owner: string | null;
  readonly order: DateOrder;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A reader of the lines of one chat. The conversation's record comes first from `begin`, and again at the end with its shape. */
export function createChatReader(facts: ChatFacts): { begin(): readonly NeutralRecord[]; readonly lines: PieceReader<PlacedLine> } {
  const { survey, title, owner } = facts;
  const people = createPeople((name) => name === owner);
  let peopleCount = 0;
  const personOf = (name: string, out: NeutralRecord[]): number => {
    const index = people.named(name, 0, out);
    peopleCount = Math.max(peopleCount, index + 1);
    return index;
  };
  const begin = createBeginner(facts);
  const inner = createTextReader<Head>({
    begin,
    standsAlone: (head) => head.name !== 'message',
    close(head, lines, span, out) {
      if (head.name !== 'message') out.push(structureOf(head.name, span));
      else out.push(toMessage(head, [head.message.text, ...lines.slice(1)], span, survey, (name) => personOf(name, out)));
    },
  });
  const lines = joinQuotedLines(inner);
  const conversation = (): ConversationRecord => {
    const shape = title?.shape === 'direct' || title?.shape === 'group' ? title.shape : peopleCount > 2 ? 'group' : 'unknown';
    return { type: 'conversation', index: 0, sourceId: null, name: title?.name ?? null, shape };
  };
  return {
    begin: () => [conversation()],
    lines: {
      take: lines.take,
      end(out) {
        lines.end?.(out);
        out.push(conversation());
      },
    },
  };
}

/** Tells what a line begins, remembering the day of the last date line. */
function createBeginner({ survey, order }: ChatFacts): (text: string) => Head | null {
  let day: number | null = null;
  return (text) => {
    const date = readDateLine(text);
    if (date !== null) {
      day = dayOfLine(date, order);
      return { name: 'date' };
    }
    if (day === null) return readTitle(text) !== null || isSavedLine(text) ? { name: 'head' } : null;
    const message = readMessageLine(text);
    return message === null || message.hasTabs !== survey.hasTabs ? null : { name: 'message', day, message };
  };
}

function toMessage(
  { day, message }: Extract<Head, { readonly name: 'message' }>,
  lines: readonly string[],
  { entry, offsetBytes, lengthBytes }: Span,
  survey: Survey,
  personOf: (name: string) => number,
): MessageRecord {
  const { name, text } = divide(message, joinLines(lines), survey);
  const body = name === null ? readOwnLine(text) : readBody(unquote(text), !message.hasTabs);
  return {
    type: 'message',
    conversation: 0,
    sender: name === null ? -1 : personOf(name),
    sourceId: null,
    sentAtMs: day * dayMs + message.minuteOfDay * minuteMs,
    clock: 'minute',
    ...body,
    entry,
    offsetBytes,
    lengthBytes,
  };
}

/** Sender and text. In a file of a computer the sender stands at the beginning of the text, unless the line is LINE's own. */
function divide(message: MessageLine, text: string, { names }: Survey): { name: string | null; text: string } {
  if (message.hasTabs) return { name: message.sender, text };
  if (readUnsent(text) !== null) return { name: null, text };
  const length = names.nameLength(text);
  return { name: text.slice(0, length), text: text.slice(length + 1) };
}

/** A line of LINE itself. */
function readOwnLine(text: string): Body {
  const body = readBody(text, false);
  if (body.kind === 'call') return body;
  const unsentBy = readUnsent(text);
  const service = unsentBy === null ? null : { action: 'recall', ...(unsentBy === '' ? {} : { members: [dropMarks(unsentBy)] }) };
  return { kind: 'system', text, attachments: noAttachments, facts: service && { service } };
}

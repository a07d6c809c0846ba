// A table for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, a message a row. A cell that a spreadsheet would take for a
// formula begins with an apostrophe; so does one that begins with apostrophes before such a sign, so that taking one off gives
// every cell back.

import { writeDay, writeTime, writeUtc } from './clock';
import type { MessageFormatting, WrittenConversation, WrittenMessage } from './message-writer';
import type { ExportWords } from './words';

/** What some spreadsheet takes for the beginning of a formula, full-width forms included. */
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** The text as a cell that is no formula. */
export const guardCell = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What was guarded. */
export const unguardCell = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);

function writeCell(text: string): string {
  const guarded = guardCell(text);
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const writeRow = (cells: readonly string[]): string => `${cells.map(writeCell).join(',')}\r\n`;

export const csvColumns = ['conversation', 'app', 'date', 'time', 'utc', 'clock', 'sender', 'me', 'kind', 'text', 'files', 'paths', 'marks', 'id', 'reply_to'] as const; // prettier-ignore

function cellsOf({ message, sender, clockMs, files }: WrittenMessage, conversation: WrittenConversation, words: ExportWords): string[] {
  const { clock, sentAtMs, kind, text, facts, sourceId } = message;
  const marks = [facts?.edited && words.edited, facts?.deleted && words.deleted, facts?.forward && words.forwarded];
  return [
    conversation.name,
    conversation.source,
    writeDay(clockMs),
    writeTime(clockMs, clock),
    writeUtc(sentAtMs),
    clock,
    sender?.name ?? '',
    sender?.isOwner ? '1' : '',
    kind,
    text,
    files.map(({ name, attachment }) => name || words.file[attachment.kind]).join('\n'),
    files.flatMap(({ path }) => path ?? []).join('\n'),
    marks.filter(Boolean).join(' '),
    sourceId ?? '',
    facts?.replyTo?.sourceId ?? '',
  ];
}

export function csvFormatting(words: ExportWords): MessageFormatting {
  return {
    createWriter: () => {
      let current: WrittenConversation | null = null;
      return {
        begin: () => `\ufeff${writeRow(csvColumns)}`,
        beginConversation: (conversation) => {
          current = conversation;
          return '';
        },
        messages: (messages) => messages.map((each) => (current === null ? '' : writeRow(cellsOf(each, current, words)))).join(''),
        endConversation: () => '',
        end: () => '',
      };
    },
  };
}

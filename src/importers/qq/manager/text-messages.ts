// Cuts the lines of a message manager's text file into messages. A message begins with a header that follows a blank line,
// and ends before the next one. What people paste may look like a header too: where its date is before that of the message
// that it stands in, it waits in doubt for the headers after it. If these go on from the message, it was pasted.

import type { NeutralRecord } from '../../../model/record';
import { structureOf } from '../../problem-record';
import type { PlacedLine } from '../../record-batches';
import { createUnreadLines } from '../unread-lines';
import type { UnreadLines } from '../unread-lines';
import { readBody } from './body';
import type { ManagerChats, Speaker } from './chats';
import { dayMs } from '../clock';
import { readTextHeader } from './text-lines';
import type { TextHeader } from './text-lines';

/** More than a chat's window takes; what is longer is no message. */
const messageLimitBytes = 1 << 20;
/** So many headers in a row that go back in time are a jump of the clock, not a paste. */
const doubtLimit = 16;

interface OpenMessage {
  readonly header: TextHeader;
  readonly speaker: Speaker;
  readonly lines: PlacedLine[];
  lengthBytes: number;
  /** Lines that look like headers of an earlier day, by their place in `lines`. */
  doubts: number[];
}

export interface TextMessages {
  readonly chats: ManagerChats;
  /** Of the conversation, where the file has no heading. */
  readonly name: string | null;
  readonly unread: UnreadLines;
  open: OpenMessage | null;
  /** The line before was blank, or something that a message may follow on. */
  isAfterBlank: boolean;
  out: NeutralRecord[];
}

/** Nothing read yet; `out` is set before each call of the functions below. */
export function createTextMessages(chats: ManagerChats, name: string | null, out: NeutralRecord[]): TextMessages {
  return { chats, name, unread: createUnreadLines(), open: null, isAfterBlank: true, out };
}

/** Takes a line that is no part of a heading: it begins a message, or belongs to the one before. */
export function takeTextLine(state: TextMessages, line: PlacedLine): void {
  const { open, chats } = state;
  const header = state.isAfterBlank ? readTextHeader(line.text) : null;
  if (header !== null && chats.canSpeak(header.sender)) {
    if (open === null || !isEarlierDay(header, open.header)) return beginMessage(state, header, line);
    open.doubts.push(open.lines.length);
  }
  addLine(state, line);
  if (open !== null && open.doubts.length > doubtLimit) splitAtDoubt(state, open);
}

/** Ends the message, or the piece that is none. */
export function closeMessage(state: TextMessages): void {
  const { open, out } = state;
  state.open = null;
  state.unread.close(out);
  if (open === null) return;
  const { header, speaker, lines, lengthBytes } = open;
  const body = readBody(textOf(lines));
  out.push({
    type: 'message',
    conversation: state.chats.conversation,
    sender: speaker.sender,
    sourceId: null,
    sentAtMs: header.sentAtMs,
    clock: 'second',
    kind: speaker.isSystem ? 'system' : body.kind,
    text: body.text,
    attachments: body.attachments,
    facts: speaker.extra === null ? null : { extra: speaker.extra },
    entry: lines[0]?.span.entry ?? 0,
    offsetBytes: lines[0]?.span.offsetBytes ?? 0,
    lengthBytes,
  });
}

function beginMessage(state: TextMessages, header: TextHeader, line: PlacedLine): void {
  closeMessage(state);
  const { chats, name } = state;
  if (chats.conversation < 0) chats.begin(name, null);
  state.isAfterBlank = false;
  state.open = { header, speaker: chats.speak(header.sender), lines: [line], lengthBytes: line.span.lengthBytes, doubts: [] };
}

function addLine(state: TextMessages, line: PlacedLine): void {
  const { open, unread } = state;
  state.isAfterBlank = line.text === '';
  if (open === null) {
    if (!unread.isOpen && line.text === '') state.out.push(structureOf('blank', line.span));
    else unread.add('not-understood', line);
  } else if (open.lengthBytes + line.span.lengthBytes <= messageLimitBytes) {
    open.lines.push(line);
    open.lengthBytes += line.span.lengthBytes;
  } else if (open.doubts.length > 0) {
    splitAtDoubt(state, open);
    takeTextLine(state, line);
  } else {
    closeMessage(state);
    unread.add('piece-too-large', line);
  }
}

/** The message ends before its first doubtful header, which is one after all; what follows is read again from there. */
function splitAtDoubt(state: TextMessages, open: OpenMessage): void {
  const rest = open.lines.splice(open.doubts[0] ?? open.lines.length);
  open.lengthBytes -= rest.reduce((sum, { span }) => sum + span.lengthBytes, 0);
  open.doubts = [];
  const [first, ...lines] = rest;
  const header = first === undefined ? null : readTextHeader(first.text);
  if (first === undefined || header === null) return;
  beginMessage(state, header, first);
  for (const line of lines) takeTextLine(state, line);
}

function isEarlierDay(header: TextHeader, than: TextHeader): boolean {
  return Math.floor(header.sentAtMs / dayMs) < Math.floor(than.sentAtMs / dayMs);
}

/** The lines after the header, without the blank ones that end a message. */
function textOf(lines: readonly PlacedLine[]): string {
  let end = lines.length;
  while (end > 1 && lines[end - 1]?.text === '') end--;
  return lines
    .slice(1, end)
    .map(({ text }) => text)
    .join('\n');
}

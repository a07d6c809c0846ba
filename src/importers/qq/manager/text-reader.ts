// From the lines of a message manager's text file to records: banner, headings of conversations, messages.

import type { NeutralRecord } from '../../../model/record';
import { structureOf } from '../../problem-record';
import type { PieceReader, PlacedLine } from '../../record-batches';
import { createPeople } from '../people';
import { createManagerChats } from './chats';
import { isBanner, isRule, readHeading } from './text-lines';
import { closeMessage, createTextMessages, takeTextLine } from './text-messages';
import type { TextMessages } from './text-messages';

interface HeadingState {
  readonly messages: TextMessages;
  /** A rule of equals signs of which the next line tells what it is. */
  rule: PlacedLine | null;
  /** The part of a heading that stands right before; a rule may follow it. */
  part: 'group' | 'object' | null;
  group: string | null;
}

/** `name` is the conversation's where the file has no heading; `owner` answers the question of that name, or is null. */
export function createTextReader(name: string | null, owner: string | null): PieceReader<PlacedLine> {
  const emit = (record: NeutralRecord) => void messages.out.push(record);
  const messages = createTextMessages(createManagerChats(createPeople(owner, emit), emit), name, []);
  const state: HeadingState = { messages, rule: null, part: null, group: null };
  return {
    take(line, out) {
      messages.out = out;
      takeLine(state, line);
      // What is left of a line that was cut is a problem of its own: the message ends before it.
      if (line.problems.some(({ problem }) => problem.code === 'line-too-long')) closeMessage(messages);
    },
    end(out) {
      messages.out = out;
      if (state.rule !== null) takeRule(state, state.rule, null);
      closeMessage(messages);
    },
  };
}

function takeLine(state: HeadingState, line: PlacedLine): void {
  const { rule, messages } = state;
  state.rule = null;
  if (rule !== null) {
    takeRule(state, rule, line);
    if (takeHeading(state, line)) return;
  }
  if (isRule(line.text)) state.rule = line;
  else if (line.span.offsetBytes === 0 && isBanner(line.text)) messages.out.push(structureOf('banner', line.span));
  else {
    if (line.text !== '') state.part = null;
    takeTextLine(messages, line);
  }
}

/** A rule belongs to a heading where one follows it, or has just ended; else it is text. */
function takeRule(state: HeadingState, rule: PlacedLine, next: PlacedLine | null): void {
  const { messages, part } = state;
  const begins = next !== null && readHeading(next.text) !== null;
  if (!begins && part === null) return takeTextLine(messages, rule);
  closeMessage(messages);
  state.part = null;
  messages.isAfterBlank = true;
  messages.out.push(structureOf('rule', rule.span));
}

/** After a rule: a list of contacts, or whom the conversation is with. */
function takeHeading(state: HeadingState, line: PlacedLine): boolean {
  const heading = readHeading(line.text);
  if (heading === null) return false;
  const { messages } = state;
  state.part = heading.part;
  if (heading.part === 'group') state.group = heading.name;
  else messages.chats.begin(heading.name === '' ? null : heading.name, state.group);
  messages.isAfterBlank = true;
  messages.out.push(structureOf(heading.part === 'group' ? 'group' : 'conversation', line.span));
  return true;
}

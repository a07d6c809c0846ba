// From the lines of a text file of qq-chat-exporter to records. A message begins, after a blank line, with its number and its
// sender's name, where the export was told to write them, and the time:
//
//   [1]
//   [头衔] 演示甲:
//   时间: 2024-01-01 08:00:00
//   内容: 大家好

import type { NeutralRecord, Span } from '../../../model/record';
import { problemOf, structureOf } from '../../problem-record';
import type { PieceReader, PlacedLine } from '../../record-batches';
import { readDay, readTime } from '../clock';
import { createPeople } from '../people';
import type { QqPeople } from '../people';
import { createUnreadLines } from '../unread-lines';
import type { UnreadLines } from '../unread-lines';
import { toConversation } from './export-head';
import type { ResourcePlace } from './resources';
import { toTextMessage } from './text-message';
import type { TextSpeaker } from './text-message';

const messageLimitBytes = 1 << 20;

interface TextState {
  readonly people: QqPeople;
  readonly place: TextPlace;
  readonly unread: UnreadLines;
  part: 'header' | 'messages' | 'footer';
  /** What the header says: 聊天名称, 聊天类型. */
  readonly header: Map<string, string>;
  /** Lines after a blank one that may begin a message; null where none can. */
  beginning: PlacedLine[] | null;
  /** A rule of equals signs, which may begin the footer. */
  rule: PlacedLine | null;
  open: {
    readonly lines: PlacedLine[];
    readonly textFrom: number;
    readonly sentAtMs: number | null;
    readonly speaker: TextSpeaker;
    lengthBytes: number;
  } | null;
  out: NeutralRecord[];
}

export interface TextPlace extends ResourcePlace {
  readonly entry: number;
  readonly path: string;
  /** For a chat that does not say its own. */
  readonly title: string;
}

/** `owner` answers the question of that name, or is null. */
export function createTextReader(place: TextPlace, owner: string | null): PieceReader<PlacedLine> {
  const people = createPeople(owner, (person) => void state.out.push(person));
  const state: TextState = {
    people,
    place,
    unread: createUnreadLines(),
    part: 'header',
    header: new Map(),
    beginning: null,
    rule: null,
    open: null,
    out: [],
  };
  let end: Span = { entry: place.entry, offsetBytes: 0, lengthBytes: 0 };
  return {
    take(line, out) {
      state.out = out;
      takeLine(state, line);
      end = { ...line.span, offsetBytes: line.span.offsetBytes + line.span.lengthBytes, lengthBytes: 0 };
      if (line.problems.some(({ problem }) => problem.code === 'line-too-long')) close(state);
    },
    end(out) {
      state.out = out;
      if (state.rule !== null) takeText(state, state.rule);
      close(state);
      if (state.part !== 'footer') out.push(problemOf('ends-early', '', end));
    },
  };
}

function takeLine(state: TextState, line: PlacedLine): void {
  const { rule } = state;
  state.rule = null;
  if (state.part === 'footer') return void state.out.push(structureOf('footer', line.span));
  if (rule !== null) {
    if (line.text.trim() === '导出完成') return beginFooter(state, [rule, line]);
    takeText(state, rule);
  }
  if (state.part === 'messages' && /^={40,60}$/.test(line.text)) {
    closeBeginning(state);
    state.rule = line;
  } else takeText(state, line);
}

function beginFooter(state: TextState, lines: readonly PlacedLine[]): void {
  close(state);
  state.part = 'footer';
  for (const { span } of lines) state.out.push(structureOf('footer', span));
}

function takeText(state: TextState, line: PlacedLine): void {
  const { text } = line;
  const { beginning } = state;
  if (beginning !== null && text.startsWith('时间: ') && beginMessage(state, beginning, line)) return;
  if (beginning !== null && canBegin(beginning, text)) return void beginning.push(line);
  closeBeginning(state);
  addLine(state, line);
  if (text.trim() === '') state.beginning = [];
}

function canBegin(beginning: readonly PlacedLine[], text: string): boolean {
  if (beginning.length === 0) return /^\[\d{1,9}\]$/.test(text) || text.endsWith(':');
  return beginning.length === 1 && /^\[\d{1,9}\]$/.test(beginning[0]?.text ?? '') && text.endsWith(':');
}

/** What could have begun a message did not. */
function closeBeginning(state: TextState): void {
  for (const line of state.beginning ?? []) addLine(state, line);
  state.beginning = null;
}

/** False where the line is no time, and no name stands before it either. */
function beginMessage(state: TextState, beginning: readonly PlacedLine[], line: PlacedLine): boolean {
  const [day = '', time = ''] = line.text.slice(4).split(' ');
  const dayAtMs = readDay(day);
  const timeMs = readTime(time);
  const sentAtMs = dayAtMs === null || timeMs === null ? null : dayAtMs + timeMs;
  if (sentAtMs === null && beginning.length === 0) return false;
  state.beginning = null;
  close(state);
  if (state.part === 'header') beginChat(state);
  const lines = [...beginning, line];
  const label = beginning.findLast(({ text }) => text.endsWith(':'))?.text.slice(0, -1) ?? null;
  const lengthBytes = lines.reduce((sum, { span }) => sum + span.lengthBytes, 0);
  state.open = { lines, textFrom: lines.length, sentAtMs, speaker: speak(state, label), lengthBytes };
  return true;
}

const types: ReadonlyMap<string, string> = new Map([
  ['群聊', 'group'],
  ['私聊', 'private'],
  ['临时会话', 'temp'],
]);

function beginChat(state: TextState): void {
  state.part = 'messages';
  const type = types.get(state.header.get('聊天类型') ?? '');
  const chat = { name: state.header.get('聊天名称') ?? state.place.title, ...(type === undefined ? {} : { type }) };
  state.out.push(toConversation({ chat, version: '', senders: [], chunks: null, avatars: null }, state.place.path, state.place.title));
}

const titlePattern = /^\[([^\]]{1,30})\] (.+)$/;

/** `[title] name` in a group; the title may also be the beginning of a name. */
function speak(state: TextState, label: string | null): TextSpeaker {
  if (label === null) return { sender: -1, title: null };
  const found = state.header.get('聊天类型') === '群聊' ? titlePattern.exec(label) : null;
  return { sender: state.people.byName(found?.[2] ?? label, 0), title: found?.[1] ?? null };
}

function addLine(state: TextState, line: PlacedLine): void {
  const { open, out, unread } = state;
  if (state.part === 'header') {
    const colon = line.text.indexOf(': ');
    if (colon > 0) state.header.set(line.text.slice(0, colon), line.text.slice(colon + 2));
    out.push(structureOf('header', line.span));
  } else if (open !== null && open.lengthBytes + line.span.lengthBytes <= messageLimitBytes) {
    open.lines.push(line);
    open.lengthBytes += line.span.lengthBytes;
  } else {
    close(state);
    unread.add(open === null ? 'not-understood' : 'piece-too-large', line);
  }
}

/** Ends the message, or the lines that are of none. */
function close(state: TextState): void {
  closeBeginning(state);
  const { open, out, place } = state;
  state.open = null;
  if (open === null) return state.unread.close(out);
  const { lines, textFrom, sentAtMs, speaker, lengthBytes } = open;
  const span = { entry: lines[0]?.span.entry ?? 0, offsetBytes: lines[0]?.span.offsetBytes ?? 0, lengthBytes };
  const texts = lines.map(({ text }) => text);
  if (sentAtMs === null) out.push(problemOf('bad-time', texts.join('\n'), span));
  else out.push(toTextMessage(texts.slice(textFrom), sentAtMs, speaker, place, span));
}

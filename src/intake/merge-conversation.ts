// One archive's messages into one conversation, as they stream in: minute by minute beside what the vault keeps.

import type { SegmentEntry } from '../vault/archive';
import type { Message } from '../model/message';
import type { Holder } from './holder';
import { mergeIncoming } from './merge-incoming';
import type { SegmentCursor, SegmentStore } from './segment-cursor';
import { cellMs, openCursor, startOfCell } from './segment-cursor';
import { makeSortedRuns } from './sorted-runs';

export interface MergeInput {
  readonly store: SegmentStore;
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  /** All imports that the conversation's messages come from, not undone. */
  readonly holders: readonly Holder[];
  /** The import that is going on; it is one of `holders`. */
  readonly importing: Holder;
  /** Counts only: what would be written is nowhere, so that each run is held against what was there before. */
  readonly isPreview?: boolean;
  /** What is new keeps the number that it comes with; no message that is kept may have it. */
  readonly keepsNumbers?: boolean;
  onCut(atMs: number, kept: number, atMost: number): void;
  onAmbiguous(atMs: number): void;
}

export interface MergeResult {
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  /** Messages that turned out to be one with another. */
  readonly removed: number;
}

export interface ConversationMerge {
  /** Takes the next message; its `seq` is set when it is new. Wait for the promise, where there is one, before the next. */
  add(message: Message): Promise<void> | null;
  /** A message of the archive that is kept as it is, and of which nothing is to be known but when it was sent. */
  pass(sentAtMs: number): void;
  finish(): Promise<MergeResult>;
}

type Draft = { -readonly [Name in keyof Message]: Message[Name] };

interface State {
  readonly input: MergeInput;
  segments: readonly SegmentEntry[];
  cursor: SegmentCursor;
  nextSeq: number;
  read: number;
  added: number;
  changed: number;
  removed: number;
}

export function mergeConversation(input: MergeInput): ConversationMerge {
  const cursor = openCursor(input.store, input.segments);
  const state: State = { input, segments: input.segments, cursor, nextSeq: input.nextSeq, read: 0, added: 0, changed: 0, removed: 0 };
  const runs = makeSortedRuns();
  const take = async (isEnd: boolean): Promise<void> => {
    const { messages, endsRun } = runs.takeBatch(isEnd);
    state.read += messages.length;
    await mergeBatch(state, messages);
    if (!endsRun) return;
    const segments = await state.cursor.finish();
    if (input.isPreview !== true) state.segments = segments;
    state.cursor = openCursor(input.store, state.segments);
  };
  return {
    add: (message) => (runs.add(message) ? take(false) : null),
    pass: (sentAtMs) => runs.pass(sentAtMs),
    async finish() {
      await take(true);
      const { segments, nextSeq, read, added, changed, removed } = state;
      return { segments, nextSeq, read, added, changed, removed };
    },
  };
}

async function mergeBatch(state: State, messages: readonly Message[]): Promise<void> {
  let from = 0;
  while (from < messages.length) {
    const startMs = startOfCell((messages[from] as Message).sentAtMs);
    const waiting = state.cursor.seek(startMs);
    if (waiting !== null) await waiting;
    const existing = state.cursor.cell();
    // Where nothing is kept, everything up to the next message kept goes in at once.
    const untilMs = existing.length > 0 ? startMs + cellMs : startOfCell(state.cursor.nextAtMs());
    let to = from + 1;
    while (to < messages.length && (messages[to] as Message).sentAtMs < untilMs) to++;
    const incoming = from === 0 && to === messages.length ? messages : messages.slice(from, to);
    if (existing.length === 0) insertAll(state, incoming);
    else mergeInto(state, startMs, existing, incoming);
    from = to;
  }
}

function insertAll(state: State, incoming: readonly Message[]): void {
  const { importing, keepsNumbers } = state.input;
  if (keepsNumbers === true) for (const { seq } of incoming) importing.held.add(seq);
  else {
    const first = state.nextSeq;
    for (const message of incoming) (message as Draft).seq = state.nextSeq++;
    importing.held.addRun(first, state.nextSeq);
  }
  state.added += incoming.length;
  state.cursor.replace(incoming);
}

function mergeInto(state: State, startMs: number, existing: readonly Message[], incoming: readonly Message[]): void {
  const { holders, importing, onCut, onAmbiguous, keepsNumbers } = state.input;
  const merged = mergeIncoming({
    holders,
    importing,
    startMs,
    existing,
    shown: incoming,
    events: { onCut: (_importing, ...cut) => onCut(...cut), onAmbiguous: (_importing, atMs) => onAmbiguous(atMs) },
    takeSeq: (shown) => (keepsNumbers === true && shown !== null ? shown.seq : state.nextSeq++),
  });
  state.added += merged.added;
  state.changed += merged.changed;
  state.removed += merged.removed;
  if (merged.messages !== existing) state.cursor.replace(merged.messages);
}

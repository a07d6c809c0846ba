// One conversation of a snapshot into one of the vault: minute by minute, all of its imports that are wanted at once. Where the
// vault holds nothing, what the snapshot holds is taken as it is, since it is what those imports give together.

import type { Message } from '../model/message';
import type { Place, PortableMessage } from '../model/portable';
import type { SeqRun } from '../model/receipt';
import type { SegmentEntry } from '../vault/archive';
import { findPlaces } from './find-places';
import type { Holder } from './holder';
import type { IncomingHolder } from './incoming-holder';
import { imagesIn, takeAsKept } from './incoming-holder';
import type { MergeEvents } from './merge-incoming';
import { mergeIncoming } from './merge-incoming';
import { clipRuns, joinRuns } from './place-runs';
import type { SegmentCursor, SegmentStore } from './segment-cursor';
import { cellMs, openCursor, startOfCell } from './segment-cursor';
import { makeSortedRuns } from './sorted-runs';

export interface RestoreInput {
  readonly store: SegmentStore;
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  /** All imports that hold messages here, those of `incoming` among them. */
  readonly holders: readonly Holder[];
  readonly incoming: readonly IncomingHolder[];
  /** Places that imports hold which are not taken in. */
  readonly blocked: readonly SeqRun[];
  /** Places whose numbers here are asked for. */
  readonly wantedPlaces: ReadonlySet<Place>;
  readonly isPreview: boolean;
  toMessage(message: PortableMessage, place: Place): Message;
  readonly events: MergeEvents;
}

export interface RestoreResult {
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  readonly added: number;
  readonly seqs: ReadonlyMap<Place, number>;
}

export interface ConversationRestore {
  /** Takes the message at the next place. Wait for the promise, where there is one, before the next. */
  add(place: Place, message: PortableMessage): Promise<void> | null;
  finish(): Promise<RestoreResult>;
}

interface State {
  readonly input: RestoreInput;
  /** Places that imports hold which are taken in. */
  readonly covered: readonly SeqRun[];
  segments: readonly SegmentEntry[];
  cursor: SegmentCursor;
  nextSeq: number;
  added: number;
  readonly seqs: Map<Place, number>;
}

export function restoreConversation(input: RestoreInput): ConversationRestore {
  const { store, segments, nextSeq } = input;
  const covered = joinRuns(input.incoming.flatMap(({ held }) => held));
  const state: State = { input, covered, segments, cursor: openCursor(store, segments), nextSeq, added: 0, seqs: new Map() };
  const runs = makeSortedRuns();
  const take = async (isEnd: boolean): Promise<void> => {
    const { messages, endsRun } = runs.takeBatch(isEnd);
    await takeBatch(state, messages);
    if (!endsRun) return;
    const written = await state.cursor.finish();
    if (!input.isPreview) state.segments = written;
    state.cursor = openCursor(store, state.segments);
  };
  return {
    add: (place, message) => (runs.add(input.toMessage(message, place)) ? take(false) : null),
    async finish() {
      await take(true);
      return { segments: state.segments, nextSeq: state.nextSeq, added: state.added, seqs: state.seqs };
    },
  };
}

async function takeBatch(state: State, messages: readonly Message[]): Promise<void> {
  let from = 0;
  while (from < messages.length) {
    const startMs = startOfCell((messages[from] as Message).sentAtMs);
    const waiting = state.cursor.seek(startMs);
    if (waiting !== null) await waiting;
    const existing = state.cursor.cell();
    const untilMs = existing.length > 0 ? startMs + cellMs : startOfCell(state.cursor.nextAtMs());
    let to = from + 1;
    while (to < messages.length && (messages[to] as Message).sentAtMs < untilMs) to++;
    if (existing.length === 0 && isFree(state, messages, from, to)) takeWhole(state, messages.slice(from, to));
    else {
      to = from + 1;
      while (to < messages.length && (messages[to] as Message).sentAtMs < startMs + cellMs) to++;
      takeCell(state, startMs, existing, messages.slice(from, to));
    }
    from = to;
  }
}

/** True where each of the messages is held by an import that is taken in, and by none that is not. */
function isFree({ input, covered }: State, messages: readonly Message[], from: number, to: number): boolean {
  for (const [place, count] of stretches(messages, from, to)) {
    if (clipRuns(input.blocked, place, place + count).length > 0) return false;
    const [run] = clipRuns(covered, place, place + count);
    if (run === undefined || run[1] - run[0] < count) return false;
  }
  return true;
}

/** Messages whose places follow each other by one: the first place, how many, and where they stand. */
function* stretches(messages: readonly Message[], from: number, to: number): Generator<readonly [place: Place, count: number, at: number]> {
  for (let at = from; at < to;) {
    const place = (messages[at] as Message).seq;
    let count = 1;
    while (at + count < to && (messages[at + count] as Message).seq === place + count) count++;
    yield [place, count, at];
    at += count;
  }
}

function takeWhole(state: State, messages: readonly Message[]): void {
  const { incoming, wantedPlaces, toMessage } = state.input;
  const first = state.nextSeq;
  for (const [place, count, at] of stretches(messages, 0, messages.length))
    for (const each of incoming) takeAsKept(each, place, count, first + at, toMessage);
  if (wantedPlaces.size > 0) for (const [at, { seq }] of messages.entries()) if (wantedPlaces.has(seq)) state.seqs.set(seq, first + at);
  state.nextSeq += messages.length;
  state.added += messages.length;
  state.cursor.replace(messages.map((message, at) => ({ ...message, seq: first + at })));
}

/** One import after the other, each as if its archive showed the minute now. */
function takeCell(state: State, startMs: number, existing: readonly Message[], cell: readonly Message[]): void {
  const { input } = state;
  let kept = existing;
  for (const incoming of input.incoming) {
    const shown = imagesIn(incoming, cell, input.toMessage);
    if (shown.length === 0) continue;
    const merged = mergeIncoming({ ...input, importing: incoming.holder, startMs, existing: kept, shown, takeSeq: () => state.nextSeq++ });
    incoming.changed += merged.changed;
    state.added += merged.added;
    kept = merged.messages;
  }
  if (kept.length !== existing.length || kept.some((message, index) => message !== existing[index])) state.cursor.replace(kept);
  if (input.wantedPlaces.size > 0) for (const [place, seq] of findPlaces(cell, kept, input.wantedPlaces)) state.seqs.set(place, seq);
}

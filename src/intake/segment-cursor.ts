// Walks the segments of one conversation in time order, minute by minute. Segments in which nothing changes are kept as
// they are, unread where nothing asks for them; only what changed is written again. Holds a few segments at a time.

import type { SegmentEntry } from '../vault/archive';
import { segmentMessageLimit } from '../vault/archive';
import type { Message } from '../model/message';

export const cellMs = 60_000;

export interface SegmentStore {
  read(segment: SegmentEntry): Promise<readonly Message[]>;
  put(messages: readonly Message[]): Promise<SegmentEntry>;
}

export interface SegmentCursor {
  /** Goes forward to the cell that starts at `startMs`; null where that needs no waiting. */
  seek(startMs: number): Promise<void> | null;
  /** Messages of the cell that was sought, as the vault keeps them. */
  cell(): readonly Message[];
  /** Puts `messages` in place of the cell; they are in order and lie before the next message kept. */
  replace(messages: readonly Message[]): void;
  /** Time of the first message kept after the cell that was sought; Infinity where there is none. */
  nextAtMs(): number;
  /** Goes forward to the next cell that holds a message kept, at or after `fromMs`; null at the end. */
  seekNext(fromMs: number): Promise<number | null>;
  /** Writes what is left; the conversation's segments from now on. */
  finish(): Promise<SegmentEntry[]>;
}

interface Loaded {
  readonly entry: SegmentEntry;
  readonly messages: readonly Message[];
  /** Messages before it have been passed. */
  next: number;
  /** What stands for the messages that were passed, once anything changed. */
  rewritten: Message[] | null;
}

interface Part {
  readonly segment: Loaded;
  readonly from: number;
  readonly to: number;
}

interface State {
  readonly store: SegmentStore;
  readonly segments: readonly SegmentEntry[];
  readonly written: SegmentEntry[];
  /** Messages to be written, after `written` and before `loaded`. */
  pending: Message[];
  loaded: Loaded[];
  unread: number;
  /** Where the cell that was sought lies, and its messages. */
  parts: readonly Part[];
  found: readonly Message[];
}

/** A cursor before the first of `segments` (in time order). */
export function openCursor(store: SegmentStore, segments: readonly SegmentEntry[]): SegmentCursor {
  const state: State = { store, segments, written: [], pending: [], loaded: [], unread: 0, parts: [], found: [] };
  return {
    seek: (startMs) => seek(state, startMs),
    cell: () => state.found,
    replace: (messages) => replace(state, messages),
    nextAtMs: () => nextAtMs(state),
    seekNext: (fromMs) => seekNext(state, fromMs),
    finish: () => finish(state),
  };
}

/** Full segments while there is more than two of them; at a border everything, in pieces of like size. */
async function putPending(state: State, isAtBorder: boolean): Promise<void> {
  while (isAtBorder ? state.pending.length > 0 : state.pending.length >= 2 * segmentMessageLimit) {
    const pieces = Math.ceil(state.pending.length / segmentMessageLimit);
    const count = isAtBorder ? Math.ceil(state.pending.length / pieces) : segmentMessageLimit;
    state.written.push(await state.store.put(state.pending.slice(0, count)));
    state.pending = state.pending.slice(count);
  }
}

async function keep(state: State, entry: SegmentEntry): Promise<void> {
  await putPending(state, true);
  state.written.push(entry);
}

async function retire(state: State, segment: Loaded): Promise<void> {
  if (segment.rewritten === null) return keep(state, segment.entry);
  for (const message of segment.rewritten) state.pending.push(message);
  for (let index = segment.next; index < segment.messages.length; index++) state.pending.push(segment.messages[index] as Message);
  return putPending(state, false);
}

function seek(state: State, startMs: number): Promise<void> | null {
  const [only] = state.loaded;
  if (state.loaded.length !== 1 || only === undefined || only.entry.lastAtMs < startMs + cellMs) return seekSlowly(state, startMs);
  gather(state, startMs);
  return null;
}

async function seekSlowly(state: State, startMs: number): Promise<void> {
  const { loaded, segments } = state;
  while (loaded[0] !== undefined && loaded[0].entry.lastAtMs < startMs) await retire(state, loaded.shift() as Loaded);
  while (loaded.length === 0 && (segments[state.unread]?.lastAtMs ?? Infinity) < startMs)
    await keep(state, segments[state.unread++] as SegmentEntry);
  for (let entry = segments[state.unread]; entry !== undefined && entry.firstAtMs < startMs + cellMs; entry = segments[state.unread]) {
    state.unread++;
    loaded.push({ entry, messages: await state.store.read(entry), next: 0, rewritten: null });
  }
  await putPending(state, false);
  gather(state, startMs);
}

function gather(state: State, startMs: number): void {
  const parts: Part[] = [];
  for (const segment of state.loaded) {
    const from = segment.next;
    segment.next = findFirst(segment.messages, from, startMs);
    if (segment.rewritten !== null)
      for (let index = from; index < segment.next; index++) segment.rewritten.push(segment.messages[index] as Message);
    const to = findFirst(segment.messages, segment.next, startMs + cellMs);
    if (to > segment.next) parts.push({ segment, from: segment.next, to });
  }
  state.parts = parts;
  state.found = parts.flatMap(({ segment, from, to }) => segment.messages.slice(from, to));
}

function replace(state: State, messages: readonly Message[]): void {
  const target = state.parts[0]?.segment ?? state.loaded.find((segment) => segment.next < segment.messages.length);
  for (const { segment, from, to } of state.parts) {
    segment.rewritten ??= segment.messages.slice(0, from);
    segment.next = to;
  }
  if (target !== undefined) target.rewritten ??= target.messages.slice(0, target.next);
  const list = target?.rewritten ?? state.pending;
  for (const message of messages) list.push(message);
  state.parts = [];
  state.found = [];
}

function nextAtMs(state: State): number {
  for (const segment of state.loaded) {
    const next = segment.messages[state.parts.find((part) => part.segment === segment)?.to ?? segment.next];
    if (next !== undefined) return next.sentAtMs;
  }
  return state.segments[state.unread]?.firstAtMs ?? Infinity;
}

async function seekNext(state: State, fromMs: number): Promise<number | null> {
  await seekSlowly(state, startOfCell(fromMs));
  const atMs = state.found[0]?.sentAtMs ?? nextAtMs(state);
  if (atMs === Infinity) return null;
  if (state.found.length === 0) await seekSlowly(state, startOfCell(atMs));
  return startOfCell(atMs);
}

async function finish(state: State): Promise<SegmentEntry[]> {
  for (const segment of state.loaded) await retire(state, segment);
  for (; state.unread < state.segments.length; state.unread++) await keep(state, state.segments[state.unread] as SegmentEntry);
  await absorbTail(state);
  await putPending(state, true);
  return state.written;
}

/** Messages after all segments join the last one where that is small, so that daily imports do not leave crumbs. */
async function absorbTail(state: State): Promise<void> {
  const tail = state.written[state.written.length - 1];
  const [first] = state.pending;
  if (first === undefined || tail === undefined || tail.messageCount >= segmentMessageLimit / 2 || tail.lastAtMs > first.sentAtMs) return;
  if (!state.segments.includes(tail)) return;
  state.written.pop();
  state.pending = [...(await state.store.read(tail)), ...state.pending];
}

/** Start of the minute that an instant lies in. */
export function startOfCell(atMs: number): number {
  return Math.floor(atMs / cellMs) * cellMs;
}

/** First index from `from` on whose message is not before `atMs`; near ones are found first. */
function findFirst(messages: readonly Message[], from: number, atMs: number): number {
  let low = from;
  let step = 1;
  while (low + step < messages.length && (messages[low + step - 1] as Message).sentAtMs < atMs) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, messages.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).sentAtMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Cuts chunks of an XML file into tags, text and markup; the synchronous half of xml-tags.ts. Inside a tag it keeps what
// stands between the values (names, mostly) and each value by itself, all bounded.

import { problemRawLimitBytes } from '../model/problem';
import { createBoundedBytes, type BoundedBytes } from './bounded-bytes';
import { beginProblem, extendProblem, rawOfProblem, type PendingProblem } from './pending-problem';
import { createXmlValue, openTag, readWholeTag, type OpenValue } from './xml-tag';
import { decodeUtf8 } from './xml-text';
import type { XmlPiece } from './xml-tags';

export interface TagScanner {
  push(chunk: Uint8Array): readonly XmlPiece[];
  end(): readonly XmlPiece[];
}

const less = 0x3c;
const greater = 0x3e;
const quote = 0x22;
const apostrophe = 0x27;
const exclamation = 0x21;
const question = 0x3f;

/** What stands between values of one tag; names and white space need no more. */
const betweenLimitBytes = 65_536;
const valuesLimit = 256;

type Mode = 'text' | 'start' | 'between' | 'value' | 'markup';

interface ScannerState {
  readonly valueLimitBytes: number;
  mode: Mode;
  /** Where the piece under way begins. */
  offsetBytes: number;
  /** Its bytes, up to the limit of problems. */
  raw: BoundedBytes;
  /** Of a tag: bytes before each value, and after the last. */
  between: BoundedBytes[];
  values: OpenValue[];
  /** The value under way, and its quotation mark. */
  value: OpenValue | null;
  mark: number;
  /** What was no tag so far, until something is one. */
  problem: PendingProblem | null;
  readonly out: XmlPiece[];
}

/** A scanner of one file. */
export function createTagScanner(valueLimitBytes: number): TagScanner {
  const state: ScannerState = {
    valueLimitBytes,
    mode: 'text',
    offsetBytes: 0,
    raw: createBoundedBytes(problemRawLimitBytes),
    between: [],
    values: [],
    value: null,
    mark: quote,
    problem: null,
    out: [],
  };
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length;) at = steps[state.mode](state, chunk, at);
      return state.out.splice(0);
    },
    end() {
      if (state.mode === 'text') endText(state);
      else if (state.raw.lengthBytes > 0) give(state, { kind: 'problem', code: 'ends-early', raw: rawOf(state) });
      endProblem(state);
      return state.out.splice(0);
    },
  };
}

/** Its text is gathered in `give`. */
const notUnderstood: UnplacedPiece = { kind: 'problem', code: 'not-understood', raw: '' };

/** Each takes what it can of `chunk` from `at`, and gives the position behind it. */
const steps: Readonly<Record<Mode, (state: ScannerState, chunk: Uint8Array, at: number) => number>> = {
  text(state, chunk, at) {
    const found = chunk.indexOf(less, at);
    const end = found < 0 ? chunk.length : found;
    state.raw.add(chunk.subarray(at, end));
    if (found < 0) return end;
    endText(state);
    return takeWhole(state, chunk, found) ?? begin(state, chunk, found);
  },
  start(state, chunk, at) {
    if (chunk[at] === less) {
      // Only the last of many can begin a tag.
      let last = at;
      while (chunk[last + 1] === less) last++;
      state.raw.add(chunk.subarray(at, last));
      return beginAnew(state, chunk, last);
    }
    const isMarkup = chunk[at] === exclamation || chunk[at] === question;
    state.mode = isMarkup ? 'markup' : 'between';
    return at;
  },
  between(state, chunk, at) {
    let end = at;
    while (end < chunk.length && !endsBetween(chunk[end])) end++;
    addBetween(state, chunk.subarray(at, end));
    if (end === chunk.length) return end;
    const byte = chunk[end];
    if (byte === less) return beginAnew(state, chunk, end);
    state.raw.add(chunk.subarray(end, end + 1));
    if (byte === greater) endTag(state);
    else {
      state.mode = 'value';
      state.mark = byte ?? quote;
      state.value = createXmlValue(state.offsetBytes + state.raw.lengthBytes, state.valueLimitBytes);
    }
    return end + 1;
  },
  value(state, chunk, at) {
    const mark = chunk.indexOf(state.mark, at);
    const end = mark < 0 ? chunk.length : mark;
    const another = chunk.subarray(at, end).indexOf(less);
    const valueEnd = another < 0 ? end : at + another;
    state.raw.add(chunk.subarray(at, valueEnd));
    state.value?.add(chunk.subarray(at, valueEnd));
    if (another >= 0) return beginAnew(state, chunk, valueEnd);
    if (mark < 0) return end;
    state.raw.add(chunk.subarray(end, end + 1));
    if (state.value !== null && state.values.length < valuesLimit) {
      state.values.push(state.value);
      state.between.push(createBoundedBytes(betweenLimitBytes));
    }
    state.mode = 'between';
    return end + 1;
  },
  markup(state, chunk, at) {
    const found = chunk.indexOf(greater, at);
    const end = found < 0 ? chunk.length : found + 1;
    state.raw.add(chunk.subarray(at, end));
    if (found >= 0 && isMarkupEnd(state)) give(state, { kind: 'markup', text: rawOf(state) });
    return end;
  },
};

function endsBetween(byte: number | undefined): boolean {
  return byte === quote || byte === apostrophe || byte === greater || byte === less;
}

function addBetween(state: ScannerState, bytes: Uint8Array): void {
  state.raw.add(bytes);
  state.between.at(-1)?.add(bytes);
}

/**
 * The tag that begins at `at`, where the chunk holds all of it and it is no longer than a problem may be: nearly all are.
 * Gives the position behind it; null for any other, which is then read piece by piece.
 */
function takeWhole(state: ScannerState, chunk: Uint8Array, at: number): number | null {
  const second = chunk[at + 1];
  if (second === undefined || second === exclamation || second === question) return null;
  const limit = Math.min(chunk.length, at + Math.min(problemRawLimitBytes, state.valueLimitBytes));
  let mark = 0;
  let marks = 0;
  for (let end = at + 1; end < limit; end++) {
    const byte = chunk[end];
    if (byte === less) return null;
    if (mark !== 0) {
      if (byte === mark) mark = 0;
    } else if (byte === quote || byte === apostrophe) {
      mark = byte;
      if (++marks > valuesLimit) return null;
    } else if (byte === greater) {
      const bytes = chunk.subarray(at, end + 1);
      const raw = decodeUtf8(bytes);
      // Broken characters are longer as text than as bytes: their places cannot be told from it.
      const tag = raw.includes('\ufffd') ? null : readWholeTag(raw, state.offsetBytes);
      if (tag === null) return null;
      state.raw.add(bytes);
      give(state, tag);
      return end + 1;
    }
  }
  return null;
}

/** The piece that begins with the `<` at `at`. */
function begin(state: ScannerState, chunk: Uint8Array, at: number): number {
  state.mode = 'start';
  state.between = [createBoundedBytes(betweenLimitBytes)];
  addBetween(state, chunk.subarray(at, at + 1));
  return at + 1;
}

/** Another tag begins inside of one, which was none then. */
function beginAnew(state: ScannerState, chunk: Uint8Array, at: number): number {
  give(state, notUnderstood);
  return begin(state, chunk, at);
}

function endText(state: ScannerState): void {
  if (state.raw.lengthBytes > 0) give(state, { kind: 'text', text: rawOf(state) });
}

function endTag(state: ScannerState): void {
  const between = state.between.map((bytes) => decodeUtf8(bytes.bytes()));
  const tag = openTag(between, state.values, rawOf(state));
  give(state, tag ?? notUnderstood);
}

/** Comments end with `-->`, CDATA with `]]>`, the rest with the first `>`, as does what is too long to be held. */
function isMarkupEnd({ raw }: ScannerState): boolean {
  if (raw.isCut) return true;
  const text = decodeUtf8(raw.bytes());
  if (text.startsWith('<!--')) return text.length >= 7 && text.endsWith('-->');
  return !text.startsWith('<![CDATA[') || text.endsWith(']]>');
}

/** Emits the piece under way and begins the next one, which is text until a `<` comes. Problems side by side are one. */
function give(state: ScannerState, piece: UnplacedPiece): void {
  const { raw, offsetBytes } = state;
  if (piece.kind === 'problem' && piece.code === 'not-understood') {
    const held = raw.bytes();
    state.problem ??= beginProblem(piece.code, offsetBytes);
    extendProblem(state.problem, held);
    state.problem.lengthBytes += raw.lengthBytes - held.length;
  } else {
    endProblem(state);
    state.out.push({ ...piece, offsetBytes, lengthBytes: raw.lengthBytes });
  }
  state.offsetBytes += raw.lengthBytes;
  state.raw = createBoundedBytes(problemRawLimitBytes);
  state.mode = 'text';
  state.between = [];
  state.values = [];
  state.value = null;
}

function endProblem(state: ScannerState): void {
  const { problem } = state;
  if (problem === null) return;
  const { offsetBytes, lengthBytes } = problem;
  state.problem = null;
  state.out.push({ kind: 'problem', code: 'not-understood', raw: rawOfProblem(problem, 'utf-8'), offsetBytes, lengthBytes });
}

type Unplaced<Piece> = Piece extends XmlPiece ? Omit<Piece, 'offsetBytes' | 'lengthBytes'> : never;
export type UnplacedPiece = Unplaced<XmlPiece>;

function rawOf({ raw }: ScannerState): string {
  return decodeUtf8(raw.bytes());
}

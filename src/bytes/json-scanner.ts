// The synchronous half of json-elements.ts: takes chunks, gives the pieces that end in them. It walks the containers on
// the way to wanted arrays token by token, and passes over every other value by counting brackets.

import { problemRawLimitBytes } from '../model/problem';
import type { JsonPath, PathNode } from './json-paths';
import { createValueScan, keptBytesOf, passValue, type ValueScan } from './json-value';
import { decodeLossy, decodeStrictly } from './text-encoding';

export interface JsonPiece {
  readonly kind: 'item' | 'member' | 'structure' | 'problem';
  /** Only for `problem`. */
  readonly code: 'piece-too-large' | 'depth-limit' | 'ends-early' | 'bad-json' | null;
  /** Way from the root to the container of the value. */
  readonly parent: JsonPath;
  /** Key or index of the value in its container; -1 where it has none. */
  readonly key: string | number;
  /** The value as it is in the file; for a problem at most its first 64 KiB, for `structure` ''. */
  readonly text: string;
  /** True where some of the value's bytes are no UTF-8; they are U+FFFD in `text`. */
  readonly isDamaged: boolean;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface JsonLimits {
  readonly pieceLimitBytes: number;
  readonly depthLimit: number;
}

export interface JsonScanner {
  push(chunk: Uint8Array): JsonPiece[];
  end(): JsonPiece[];
}

/** A container on the way to a wanted array, entered and not yet left. */
interface Frame {
  readonly node: PathNode;
  readonly isArray: boolean;
  readonly path: JsonPath;
  /** Key or index of the value to come or being read. */
  key: string | number;
}

const quote = 0x22;
const colon = 0x3a;
const openSquare = 0x5b;
const closeSquare = 0x5d;
const openCurly = 0x7b;
const closeCurly = 0x7d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const noPath: JsonPath = [];

/** Pieces whose text is in the present chunk, to be decoded with it in one go: `froms[i]` to `tos[i]` is that of `pieces[i]`. */
interface Undecoded {
  pieces: { text: string; isDamaged: boolean }[];
  froms: number[];
  tos: number[];
}

interface ScannerState {
  readonly root: PathNode;
  readonly limits: JsonLimits;
  readonly frames: Frame[];
  pieces: JsonPiece[];
  /** What comes next in the innermost container; `nothing` after the root. */
  expected: 'value' | 'key' | 'colon' | 'nothing';
  /** The value or key that is being passed over. */
  open: { readonly scan: ValueScan; readonly role: 'key' | 'item' | 'member' } | null;
  /** Where the next piece's span begins. */
  spanStart: number;
  chunkOffset: number;
  /** Bytes since then that are out of place, cut at the limit of a problem's raw text. */
  strayBytes: number[];
  undecoded: Undecoded;
}

const nothingUndecoded = (): Undecoded => ({ pieces: [], froms: [], tos: [] });

export function createJsonScanner(root: PathNode, limits: JsonLimits): JsonScanner {
  const state: ScannerState = {
    root,
    limits,
    frames: [],
    pieces: [],
    expected: 'value',
    open: null,
    spanStart: 0,
    chunkOffset: 0,
    strayBytes: [],
    undecoded: nothingUndecoded(),
  };
  return { push: (chunk) => scanChunk(state, chunk), end: () => scanEnd(state) };
}

function scanChunk(state: ScannerState, chunk: Uint8Array): JsonPiece[] {
  state.pieces = [];
  let at = 0;
  while (at < chunk.length) {
    if (state.open) {
      at = passValue(state.open.scan, chunk, at);
      if (at < 0) break;
      finishValue(state, state.chunkOffset + at, chunk);
      continue;
    }
    const byte = chunk[at] ?? 0;
    const taken = isBetween(byte, state.chunkOffset + at) ? 'token' : takeByte(state, byte);
    if (taken === 'stray' && state.strayBytes.length < problemRawLimitBytes) state.strayBytes.push(byte);
    if (taken !== 'value') at++;
  }
  state.chunkOffset += chunk.length;
  decodeTexts(chunk, state.undecoded);
  state.undecoded = nothingUndecoded();
  return state.pieces;
}

function scanEnd(state: ScannerState): JsonPiece[] {
  state.pieces = [];
  const sizeBytes = state.chunkOffset;
  if (state.frames.length === 0 && state.open?.scan.isBare) finishValue(state, sizeBytes, new Uint8Array(0));
  if (state.expected !== 'nothing') {
    const bytes = state.open ? keptBytesOf(state.open.scan).subarray(0, problemRawLimitBytes) : Uint8Array.from(state.strayBytes);
    emit(state, 'problem', 'ends-early', bytes, sizeBytes);
  } else if (state.strayBytes.length > 0) emitStrayBytes(state, sizeBytes);
  else if (state.spanStart < sizeBytes) emit(state, 'structure', null, new Uint8Array(0), sizeBytes);
  return state.pieces;
}

/** White space, commas and, at the start of the file, a byte order mark. */
function isBetween(byte: number, offset: number): boolean {
  if (byte === 0x20 || byte === 0x2c || byte === 0x0a || byte === 0x0d || byte === 0x09) return true;
  return offset < 3 && byte === byteOrderMark[offset];
}

/** Takes a byte between values: `value` where it begins a value or key, `stray` where it is out of place. */
function takeByte(state: ScannerState, byte: number): 'token' | 'value' | 'stray' {
  const frame = state.frames.at(-1);
  if (byte === closeSquare || byte === closeCurly) {
    if (!frame || frame.isArray !== (byte === closeSquare)) return 'stray';
    state.frames.pop();
    expectNext(state);
    return 'token';
  }
  if (state.expected === 'value') return startValue(state, frame, byte);
  if (state.expected === 'colon' && byte === colon) {
    state.expected = 'value';
    return 'token';
  }
  if (state.expected !== 'key' || byte !== quote) return 'stray';
  state.open = { scan: createValueScan(problemRawLimitBytes), role: 'key' };
  return 'value';
}

/** Enters a container on the way to a wanted array, or begins to pass over any other value. */
function startValue(state: ScannerState, frame: Frame | undefined, byte: number): 'token' | 'value' {
  const node = !frame ? state.root : frame.isArray ? frame.node.each : (frame.node.keys.get(String(frame.key)) ?? frame.node.anyKey);
  const isArray = byte === openSquare;
  if (node && (isArray ? node.each !== null : byte === openCurly && (node.keys.size > 0 || node.anyKey !== null))) {
    state.frames.push({ node, isArray, path: frame ? [...frame.path, frame.key] : noPath, key: isArray ? 0 : '' });
    state.expected = isArray ? 'value' : 'key';
    return 'token';
  }
  state.open = { scan: createValueScan(state.limits.pieceLimitBytes), role: node?.isItem ? 'item' : 'member' };
  return 'value';
}

function finishValue(state: ScannerState, end: number, chunk: Uint8Array): void {
  const { open, frames, limits } = state;
  if (!open) return;
  const { scan, role } = open;
  const isInChunk = scan.kept.length === 0;
  const to = end - state.chunkOffset;
  const bytes = isInChunk ? chunk.subarray(to - scan.lengthBytes, to) : keptBytesOf(scan);
  const frame = frames.at(-1);
  state.open = null;
  if (role === 'key') {
    if (frame) frame.key = readKey(bytes);
    state.expected = 'colon';
    return;
  }
  emitStrayBytes(state, end - scan.lengthBytes);
  const isTooDeep = frames.length + scan.maxDepth > limits.depthLimit;
  const code = scan.lengthBytes > limits.pieceLimitBytes ? 'piece-too-large' : isTooDeep ? 'depth-limit' : null;
  if (code) emit(state, 'problem', code, bytes.subarray(0, problemRawLimitBytes), end);
  else if (isInChunk) emitLater(state, role, to - scan.lengthBytes, to);
  else emit(state, role, null, bytes, end);
  expectNext(state);
}

function expectNext(state: ScannerState): void {
  const frame = state.frames.at(-1);
  if (typeof frame?.key === 'number') frame.key++;
  state.expected = !frame ? 'nothing' : frame.isArray ? 'value' : 'key';
}

function emitStrayBytes(state: ScannerState, spanEnd: number): void {
  if (state.strayBytes.length === 0) return;
  emit(state, 'problem', 'bad-json', Uint8Array.from(state.strayBytes), spanEnd);
  state.strayBytes = [];
}

function emit(state: ScannerState, kind: JsonPiece['kind'], code: JsonPiece['code'], bytes: Uint8Array, spanEnd: number): void {
  const frame = state.frames.at(-1);
  const sound = decodeStrictly(bytes, 'utf-8');
  state.pieces.push({
    kind,
    code,
    parent: frame?.path ?? noPath,
    key: frame?.key ?? -1,
    text: sound ?? decodeLossy(bytes, 'utf-8'),
    isDamaged: sound === null,
    offsetBytes: state.spanStart,
    lengthBytes: spanEnd - state.spanStart,
  });
  state.spanStart = spanEnd;
}

/** As `emit`, with a text that is decoded at the end of the chunk. */
function emitLater(state: ScannerState, kind: JsonPiece['kind'], from: number, to: number): void {
  const frame = state.frames.at(-1);
  const spanEnd = state.chunkOffset + to;
  const piece = {
    kind,
    code: null,
    parent: frame?.path ?? noPath,
    key: frame?.key ?? -1,
    text: '',
    isDamaged: false,
    offsetBytes: state.spanStart,
    lengthBytes: spanEnd - state.spanStart,
  };
  state.pieces.push(piece);
  state.undecoded.pieces.push(piece);
  state.undecoded.froms.push(from);
  state.undecoded.tos.push(to);
  state.spanStart = spanEnd;
}

/** One decoding for all: a call of the decoder for each small piece took a quarter of the whole reading. */
function decodeTexts(chunk: Uint8Array, { pieces, froms, tos }: Undecoded): void {
  const first = froms[0] ?? 0;
  const last = tos.at(-1) ?? 0;
  const whole = decodeStrictly(chunk.subarray(first, last), 'utf-8');
  const isAscii = whole?.length === last - first;
  let at = first;
  let unit = 0;
  for (const [index, piece] of pieces.entries()) {
    const from = froms[index] ?? 0;
    const to = tos[index] ?? 0;
    if (whole === null) {
      const sound = decodeStrictly(chunk.subarray(from, to), 'utf-8');
      piece.text = sound ?? decodeLossy(chunk.subarray(from, to), 'utf-8');
      piece.isDamaged = sound === null;
      continue;
    }
    const start = isAscii ? from - first : unit + countUnits(chunk, at, from);
    unit = isAscii ? to - first : start + countUnits(chunk, from, to);
    at = to;
    piece.text = whole.slice(start, unit);
  }
}

/** UTF-16 code units that valid UTF-8 decodes to: one for each byte that begins a character, two for one of four bytes. */
function countUnits(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) units++;
    else if (byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** The key's text; as it is in the file where it is no valid JSON string. */
function readKey(bytes: Uint8Array): string {
  const text = decodeLossy(bytes, 'utf-8');
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

// Cuts chunks of bytes into batches of lines; the synchronous half of text-lines.ts.

import { problemRawLimitBytes } from '../model/problem';
import { encodeBase64 } from './base64';
import { joinBytes } from './join-bytes';
import { decodeHead, decodeLossy, decodeStrictly, detectEncoding, unitBytes, type TextEncoding } from './text-encoding';

export interface LineProblem {
  /** `line-too-long`: the rest of a line that was cut. `bad-encoding`: the line has bytes that its encoding does not know. */
  readonly code: 'line-too-long' | 'bad-encoding';
  /** Index in this batch of the line that it is about. */
  readonly line: number;
  /** For `line-too-long` the bytes after the line's own, its line feed included; for `bad-encoding` empty, inside the line. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** For `line-too-long` the beginning of the rest; for `bad-encoding` the whole line as `base64:`; both cut at the limit. */
  readonly raw: string;
}

/** Lines and where they lie in the file. The three arrays have one item a line. */
export interface LineBatch {
  readonly encoding: TextEncoding;
  /** Without LF or CRLF; undecodable bytes are U+FFFD. */
  readonly lines: string[];
  readonly offsets: number[];
  /** With LF or CRLF. */
  readonly lengths: number[];
  readonly problems: LineProblem[];
}

export interface LineCollector {
  encoding(): TextEncoding;
  /** Another encoding of the same unit; allowed as long as nothing but ASCII was pushed. */
  setEncoding(encoding: TextEncoding): void;
  /** Takes the next chunk, in whole code units; gives the lines that end in it, or null. The chunk must not change later. */
  push(chunk: Uint8Array): LineBatch | null;
  /** Gives the last line, when there is one without a line feed. */
  end(): LineBatch | null;
}

const lineFeed = 10;
const carriageReturn = 13;
/** CR and LF of the widest encoding: what a line may be longer than its limit without its text being so. */
const lineEndBytes = 4;

interface CollectorState {
  encoding: TextEncoding;
  readonly limitBytes: number;
  /** Where the held bytes begin in the file. */
  offset: number;
  /** The line that is not ended yet, up to a bound. */
  held: Uint8Array[];
  heldBytes: number;
  /** Bytes of an over-long line beyond those held. */
  passedBytes: number;
}

/** A collector of lines of at most `limitBytes`; holds the line that is not ended yet, up to a bound. */
export function createLineCollector(encoding: TextEncoding, limitBytes: number): LineCollector {
  const state: CollectorState = { encoding, limitBytes, offset: 0, held: [], heldBytes: 0, passedBytes: 0 };
  return {
    encoding: () => state.encoding,
    setEncoding: (next) => void (state.encoding = next),
    push: (chunk) => collectChunk(state, chunk),
    end: () => (state.heldBytes === 0 ? null : flush(state, startBatch(state.encoding))),
  };
}

function startBatch(encoding: TextEncoding): LineBatch {
  return { encoding, lines: [], offsets: [], lengths: [], problems: [] };
}

function collectChunk(state: CollectorState, chunk: Uint8Array): LineBatch | null {
  const { encoding, limitBytes } = state;
  const batch = startBatch(encoding);
  let rest = chunk;
  if (state.heldBytes > limitBytes + lineEndBytes) {
    const end = endOfFirstLine(rest, encoding);
    hold(state, rest.subarray(0, end === 0 ? rest.length : end));
    if (end === 0) return null;
    flush(state, batch);
    rest = rest.subarray(end);
  }
  const end = endOfLastLine(rest, encoding);
  if (end > 0) {
    const block = joinBytes([...state.held, rest.subarray(0, end)], state.heldBytes + end);
    appendBlock(batch, block, state.offset, limitBytes);
    state.offset += block.length;
    state.held = [];
    state.heldBytes = 0;
  }
  hold(state, rest.subarray(end));
  return batch.lines.length > 0 ? batch : null;
}

function hold(state: CollectorState, bytes: Uint8Array): void {
  const room = state.limitBytes + lineEndBytes + problemRawLimitBytes - state.heldBytes;
  const kept = bytes.subarray(0, Math.max(0, room));
  if (kept.length > 0) state.held.push(kept);
  state.heldBytes += kept.length;
  state.passedBytes += bytes.length - kept.length;
}

/** Everything held, as lines or as one over-long line. */
function flush(state: CollectorState, batch: LineBatch): LineBatch {
  const block = joinBytes(state.held, state.heldBytes);
  const length = state.heldBytes + state.passedBytes;
  if (state.passedBytes > 0) appendLongLine(batch, block, state.offset, length, state.limitBytes);
  else appendBlock(batch, block, state.offset, state.limitBytes);
  state.offset += length;
  state.held = [];
  state.heldBytes = state.passedBytes = 0;
  return batch;
}

/** Splits whole lines (the last may lack its line feed). */
function appendBlock(batch: LineBatch, block: Uint8Array, blockOffset: number, limitBytes: number): void {
  const mark = blockOffset === 0 ? detectEncoding(block) : null;
  const markBytes = mark?.encoding === batch.encoding ? mark.bomBytes : 0;
  const text = decodeStrictly(block.subarray(markBytes), batch.encoding);
  if (text === null) {
    appendDamaged(batch, block, blockOffset, markBytes, limitBytes);
    return;
  }
  const { lines, offsets, lengths, encoding } = batch;
  const unit = unitBytes(encoding);
  const isPlain = text.length === block.length - markBytes;
  let byteAt = 0;
  for (let at = 0; byteAt < block.length;) {
    const found = text.indexOf('\n', at);
    const next = found < 0 ? text.length : found + 1;
    let byteNext = block.length;
    if (found >= 0) byteNext = isPlain ? markBytes + next : unit === 2 ? markBytes + next * 2 : endOfLine(block, byteAt);
    const end = found < 0 ? next : found > at && text.charCodeAt(found - 1) === carriageReturn ? found - 1 : found;
    const length = byteNext - byteAt;
    if (length > limitBytes && length - (next - end) * unit > limitBytes) {
      appendLongLine(batch, block.subarray(byteAt, byteNext), blockOffset + byteAt, length, limitBytes);
    } else {
      lines.push(text.slice(at, end));
      offsets.push(blockOffset + byteAt);
      lengths.push(length);
    }
    at = next;
    byteAt = byteNext;
  }
}

/** The same for a block with undecodable bytes: each line is decoded alone, so that none can swallow the next one's start. */
function appendDamaged(batch: LineBatch, block: Uint8Array, blockOffset: number, markBytes: number, limitBytes: number): void {
  for (let at = 0; at < block.length;) {
    const next = endOfFirstLine(block, batch.encoding, at) || block.length;
    const bytes = block.subarray(at, next);
    const text = decodeLossy(at === 0 ? bytes.subarray(markBytes) : bytes, batch.encoding);
    const line = text.replace(/\r?\n$/, '');
    if (bytes.length > limitBytes && bytes.length - (text.length - line.length) * unitBytes(batch.encoding) > limitBytes) {
      appendLongLine(batch, bytes, blockOffset + at, bytes.length, limitBytes);
    } else {
      batch.lines.push(line);
      batch.offsets.push(blockOffset + at);
      batch.lengths.push(bytes.length);
      reportDamage(batch, bytes);
    }
    at = next;
  }
}

/** Appends the first `limitBytes` of a line as the line, and the rest as a problem. `kept` is its beginning. */
function appendLongLine(batch: LineBatch, kept: Uint8Array, offset: number, lengthBytes: number, limitBytes: number): void {
  const rest = kept.subarray(limitBytes, limitBytes + problemRawLimitBytes);
  batch.lines.push(decodeHead(kept.subarray(0, limitBytes), batch.encoding));
  batch.offsets.push(offset);
  batch.lengths.push(limitBytes);
  reportDamage(batch, kept.subarray(0, limitBytes));
  batch.problems.push({
    code: 'line-too-long',
    line: batch.lines.length - 1,
    offsetBytes: offset + limitBytes,
    lengthBytes: lengthBytes - limitBytes,
    raw: decodeHead(rest, batch.encoding),
  });
}

/** Reports the last line of the batch where a character of its text stands for bytes that could not be decoded. */
function reportDamage(batch: LineBatch, bytes: Uint8Array): void {
  const line = batch.lines.length - 1;
  if (!batch.lines[line]?.includes('\ufffd')) return;
  const text = decodeStrictly(bytes, batch.encoding);
  if (text !== null) return;
  const raw = `base64:${encodeBase64(bytes.subarray(0, (problemRawLimitBytes * 3) >> 2))}`;
  batch.problems.push({ code: 'bad-encoding', line, offsetBytes: batch.offsets[line] ?? 0, lengthBytes: 0, raw });
}

/** Position after the first line feed at or after `from`, or 0 where there is none. */
function endOfFirstLine(bytes: Uint8Array, encoding: TextEncoding, from = 0): number {
  if (unitBytes(encoding) === 1) return bytes.indexOf(lineFeed, from) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let at = from; at + 1 < bytes.length; at += 2) if (bytes[at + low] === lineFeed && bytes[at + 1 - low] === 0) return at + 2;
  return 0;
}

/** Position after the last line feed, or 0 where there is none. */
function endOfLastLine(bytes: Uint8Array, encoding: TextEncoding): number {
  if (unitBytes(encoding) === 1) return bytes.lastIndexOf(lineFeed) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) if (bytes[at + low] === lineFeed && bytes[at + 1 - low] === 0) return at + 2;
  return 0;
}

/** Position after the next line feed, which must be there: lines are short, and a loop beats a call of `indexOf` for each. */
function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== lineFeed) at++;
  return at + 1;
}

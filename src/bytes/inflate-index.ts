// Random access to a deflate stream: one pass marks places from which inflating can begin again, each with the 32 KiB before it. What the
// marks take is bounded; the longer the stream, the farther they lie apart.

import { CamphorError } from '../model/error';
import { InflateError } from './inflate';
import {
  addInput,
  type Block,
  createDecoder,
  decode,
  type Decoder,
  flush,
  lookaheadBytes,
  readHeader,
  windowBytes,
} from './inflate-decoder';
import { isBombRatio, type ArchiveLimits } from './limits';
import type { ByteSource } from './source';

/** A place in the stream where no symbol is half read. */
interface InflateMark {
  readonly outputByte: number;
  /** Of the stream. */
  readonly bitAt: number;
  /** Of codes only where their tables stand, which would take more room than the window. */
  readonly block: Exclude<Block, { readonly kind: 'codes' }> | { readonly kind: 'codes'; readonly headerBit: number };
  readonly window: Uint8Array;
}

export interface InflateIndex {
  readonly sizeBytes: number;
  /** In rising order; the first is the stream's beginning. */
  readonly marks: readonly InflateMark[];
}

/** Asked for while inflating; what is given may be shorter only at the stream's end. */
export interface WantedRange {
  readonly from: number;
  readonly to: number;
}

/** Inflating under way. */
export interface InflateCursor {
  readonly decoder: Decoder;
  readonly streamBytes: number;
  /** Of the output: what comes next. */
  outputByte: number;
  /** Read and not yet handed to the decoder, and where in the stream it begins. */
  ahead: Uint8Array;
  aheadFrom: number;
  isOver: boolean;
}

/** 16 MiB of windows. */
const marksAtMost = 512;
const firstGapBytes = 1 << 20;
/** Of it come 8 MiB at most, less than what a reader keeps. */
const pieceBytes = 8 << 10;
const aheadBytes = 256 << 10;

const beginning: InflateMark = { outputByte: 0, bitAt: 0, block: { kind: 'header' }, window: new Uint8Array(0) };

/**
 * Inflates the whole stream once. `onBytes` is told how much of it is done. Throws InflateError where it makes no sense or does not
 * end, CamphorError `archive-limit` where it expands beyond `limits`, and what reading throws.
 */
export async function indexInflate(
  compressed: ByteSource,
  limits: ArchiveLimits,
  onBytes: (doneBytes: number) => void = () => {},
): Promise<InflateIndex> {
  let marks = [beginning];
  let gapBytes = firstGapBytes;
  const cursor = beginAt(0, compressed.sizeBytes);
  const markHere = (decoder: Decoder): void => {
    assertMeasure(cursor.outputByte, compressed.sizeBytes, limits);
    if (cursor.outputByte < (marks.at(-1)?.outputByte ?? 0) + gapBytes || decoder.block.kind === 'end') return;
    marks.push(markOf(cursor));
    if (marks.length < marksAtMost) return;
    marks = marks.filter((_, number) => number % 2 === 0);
    gapBytes *= 2;
  };
  while (!cursor.isOver) {
    const steps = inflateStep(cursor, markHere);
    for (let step = steps.next(); step.done !== true;) {
      onBytes(step.value.from);
      step = steps.next(await compressed.read(step.value.from, step.value.to));
    }
  }
  if (cursor.decoder.isBad || cursor.decoder.block.kind !== 'end') throw new InflateError();
  return { sizeBytes: cursor.outputByte, marks };
}

function assertMeasure(sizeBytes: number, compressedBytes: number, limits: ArchiveLimits): void {
  if (sizeBytes <= limits.entryBytes && !isBombRatio(sizeBytes, compressedBytes, limits)) return;
  throw new CamphorError('archive-limit', {
    limit: 'ratio',
    found: sizeBytes,
    allowed: Math.min(limits.entryBytes, compressedBytes * limits.ratio),
  });
}

/** Where the cursor stands, which is right behind a piece of output that was given. */
function markOf({ decoder, outputByte }: InflateCursor): InflateMark {
  const { output, written, block } = decoder;
  return {
    outputByte,
    bitAt: decoder.inputFrom * 8 + decoder.bitAt,
    block: block.kind === 'codes' ? { kind: 'codes', headerBit: block.headerBit } : { ...block },
    window: output.slice(Math.max(0, written - windowBytes), written),
  };
}

/** The last mark from which output byte `at` can be reached. */
export function markBefore({ marks }: InflateIndex, at: number): InflateMark {
  let low = 0;
  for (let high = marks.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.outputByte ?? Infinity) <= at) low = middle;
    else high = middle;
  }
  return marks[low] ?? beginning;
}

/** A cursor that goes on from a mark, whose block's tables are read again. */
export function* resumeAt(mark: InflateMark, streamBytes: number): Generator<WantedRange, InflateCursor, Uint8Array> {
  const cursor = beginAt(mark.bitAt, streamBytes);
  const { decoder } = cursor;
  if (mark.block.kind === 'codes') {
    const { headerBit } = mark.block;
    placeAt(decoder, headerBit);
    const from = decoder.inputFrom;
    decoder.input = yield { from, to: Math.min(from + lookaheadBytes, streamBytes) };
    readHeader(decoder);
    decoder.input = new Uint8Array(0);
    placeAt(decoder, mark.bitAt);
  } else decoder.block = { ...mark.block };
  decoder.output.set(mark.window);
  decoder.written = decoder.given = mark.window.length;
  cursor.outputByte = mark.outputByte;
  return cursor;
}

function beginAt(bitAt: number, streamBytes: number): InflateCursor {
  const decoder = createDecoder();
  placeAt(decoder, bitAt);
  return { decoder, streamBytes, outputByte: 0, ahead: new Uint8Array(0), aheadFrom: decoder.inputFrom, isOver: false };
}

function placeAt(decoder: Decoder, bitAt: number): void {
  decoder.inputFrom = Math.floor(bitAt / 8);
  decoder.bitAt = bitAt % 8;
}

/** Takes a little more of the stream, asking for bytes where they are not there, and gives what comes out, in order. */
export function* inflateStep(
  cursor: InflateCursor,
  onPiece: (decoder: Decoder) => void = () => {},
): Generator<WantedRange, readonly Uint8Array[], Uint8Array> {
  const { decoder } = cursor;
  if (cursor.ahead.length === 0 && cursor.aheadFrom < cursor.streamBytes)
    cursor.ahead = yield { from: cursor.aheadFrom, to: Math.min(cursor.aheadFrom + aheadBytes, cursor.streamBytes) };
  const piece = cursor.ahead.subarray(0, pieceBytes);
  cursor.ahead = cursor.ahead.subarray(piece.length);
  cursor.aheadFrom += piece.length;
  const isLast = piece.length === 0 || cursor.aheadFrom >= cursor.streamBytes;
  addInput(decoder, piece);
  const given: Uint8Array[] = [];
  for (const output of decode(decoder, isLast ? decoder.input.length : decoder.input.length - lookaheadBytes)) {
    cursor.outputByte += output.length;
    given.push(output);
    onPiece(decoder);
  }
  if (isLast && decoder.block.kind !== 'end') {
    for (const output of flush(decoder)) {
      cursor.outputByte += output.length;
      given.push(output);
    }
  }
  cursor.isOver = isLast || decoder.block.kind === 'end';
  return given;
}

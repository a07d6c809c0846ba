// What a deflate stream holds, read at any place by its index (inflate-index.ts). Nothing is kept but what was read last.

import { CamphorError } from '../model/error';
import { type InflateCursor, type InflateIndex, inflateStep, markBefore, resumeAt, type WantedRange } from './inflate-index';
import { joinBytes } from './join-bytes';
import { sourceOfRanges } from './ranged-source';
import type { ByteSource } from './source';

const chunkBytes = 128 << 10;
/** 16 MiB. */
const chunksAtMost = 128;

type Reading<Result> = Generator<WantedRange, Result, Uint8Array>;

/** One reader: where it inflates, and the chunks that it had last. */
interface Reader {
  readonly index: InflateIndex;
  readonly streamBytes: number;
  readonly chunks: Map<number, Uint8Array>;
  cursor: InflateCursor | null;
  /** The chunk being filled, and how much of it is; null until one begins. */
  filling: Uint8Array | null;
  filledBytes: number;
}

/** The inflated bytes; with `readSync` where `compressed`, the stream that was indexed, has it. Reading throws what `compressed` throws. */
export function sourceOfInflated(compressed: ByteSource, index: InflateIndex): ByteSource {
  const { readSync } = compressed;
  const inTurn = createReader(compressed, index);
  let turn: Promise<unknown> = Promise.resolve();
  const read = (from: number, to: number): Promise<Uint8Array> => {
    const result = turn.then(() => driveAsync(readRange(inTurn, from, to), compressed));
    turn = result.catch(() => undefined);
    return result;
  };
  if (readSync === undefined) return sourceOfRanges(index.sizeBytes, read);
  const atOnce = createReader(compressed, index);
  return sourceOfRanges(index.sizeBytes, read, (from, to) => {
    const reading = readRange(atOnce, from, to);
    let step = reading.next();
    while (step.done !== true) step = reading.next(readSync(step.value.from, step.value.to));
    return step.value;
  });
}

function createReader({ sizeBytes }: ByteSource, index: InflateIndex): Reader {
  return { index, streamBytes: sizeBytes, chunks: new Map(), cursor: null, filling: null, filledBytes: 0 };
}

async function driveAsync<Result>(reading: Reading<Result>, compressed: ByteSource): Promise<Result> {
  let step = reading.next();
  while (step.done !== true) step = reading.next(await compressed.read(step.value.from, step.value.to));
  return step.value;
}

function* readRange(reader: Reader, from: number, to: number): Reading<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let number = Math.floor(from / chunkBytes); number * chunkBytes < to; number++) {
    const chunk = knownChunk(reader, number) ?? (yield* inflateChunk(reader, number));
    const start = number * chunkBytes;
    pieces.push(chunk.subarray(Math.max(0, from - start), to - start));
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : joinBytes(pieces, to - from);
}

function knownChunk({ chunks }: Reader, number: number): Uint8Array | undefined {
  const known = chunks.get(number);
  if (known === undefined) return undefined;
  chunks.delete(number);
  chunks.set(number, known);
  return known;
}

/** Goes on where the reader stands, or from the nearest mark where that is closer. */
function* inflateChunk(reader: Reader, number: number): Reading<Uint8Array> {
  const start = number * chunkBytes;
  const mark = markBefore(reader.index, start);
  let { cursor } = reader;
  const reached = cursor === null || cursor.isOver ? Infinity : cursor.outputByte - reader.filledBytes;
  if (cursor === null || reached > start || cursor.outputByte < mark.outputByte) {
    // Nothing half filled is used if reading the mark's header fails.
    reader.cursor = null;
    cursor = yield* resumeAt(mark, reader.streamBytes);
    Object.assign(reader, { cursor, filling: null, filledBytes: 0 });
  }
  while (!cursor.isOver) {
    let at = cursor.outputByte;
    for (const piece of yield* inflateStep(cursor)) {
      takePiece(reader, piece, at);
      at += piece.length;
    }
    const found = reader.chunks.get(number);
    if (found !== undefined) return found;
  }
  throw new CamphorError('archive-unreadable', { offsetBytes: start });
}

/** Puts output that begins at byte `at` into chunks; what lies before the first whole chunk is passed over. */
function takePiece(reader: Reader, piece: Uint8Array, at: number): void {
  const skipped = reader.filling === null ? Math.min(piece.length, (chunkBytes - (at % chunkBytes)) % chunkBytes) : 0;
  for (let from = skipped; from < piece.length;) {
    const start = at + from - reader.filledBytes;
    reader.filling ??= new Uint8Array(Math.min(chunkBytes, reader.index.sizeBytes - start));
    const part = piece.subarray(from, from + reader.filling.length - reader.filledBytes);
    reader.filling.set(part, reader.filledBytes);
    reader.filledBytes += part.length;
    from += part.length;
    if (reader.filledBytes === reader.filling.length) keepChunk(reader, start / chunkBytes, reader.filling);
    if (part.length === 0) return;
  }
}

function keepChunk(reader: Reader, number: number, chunk: Uint8Array): void {
  const [oldest] = reader.chunks.keys();
  if (reader.chunks.size >= chunksAtMost && oldest !== undefined) reader.chunks.delete(oldest);
  reader.chunks.set(number, chunk);
  reader.filling = null;
  reader.filledBytes = 0;
}

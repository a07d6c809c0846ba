// Chunks of a text file with the encoding that they are in, and windows over them for readers whose pieces may span chunks.

import { joinBytes } from './join-bytes';
import type { ByteSource } from './source';
import { detectEncoding, detectUnmarkedEncoding, unitBytes, type TextEncoding } from './text-encoding';

export interface TextChunk {
  /** Whole code units, except perhaps at the end of the file. */
  readonly bytes: Uint8Array;
  /** May change once, at the first byte that is not ASCII. */
  readonly encoding: TextEncoding;
}

const headBytes = 65_536;

/** The file's chunks. Without `encoding` it is what `detectEncoding` says, asked again at the first byte that is not ASCII. */
export async function* readTextChunks(source: ByteSource, given?: TextEncoding): AsyncGenerator<TextChunk, void, void> {
  const detected = given === undefined ? detectEncoding(await source.read(0, headBytes)) : null;
  let encoding = given ?? detected?.encoding ?? 'utf-8';
  let isUndecided = detected !== null && !detected.certain;
  let offset = 0;
  for await (const bytes of unitBytes(encoding) === 2 ? evenChunks(source.stream()) : source.stream()) {
    const high = isUndecided ? findHighByte(bytes) : -1;
    if (high >= 0) {
      isUndecided = false;
      encoding = detectUnmarkedEncoding(await source.read(offset + high, offset + high + headBytes)).encoding;
    }
    offset += bytes.length;
    yield { bytes, encoding };
  }
}

/** Position of the first byte that is not ASCII, or -1. */
function findHighByte(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) > 0x7f) return at;
  return -1;
}

/** The same bytes in chunks of even length, except perhaps the last. */
async function* evenChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let odd: number | null = null;
  for await (const chunk of chunks) {
    let joined = chunk;
    if (odd !== null) {
      joined = new Uint8Array(chunk.length + 1);
      joined[0] = odd;
      joined.set(chunk, 1);
    }
    const evenLength = joined.length & ~1;
    odd = joined[evenLength] ?? null;
    if (evenLength > 0) yield joined.subarray(0, evenLength);
  }
  if (odd !== null) yield Uint8Array.of(odd);
}

/** A part of a file that a reader works on. */
export interface TextWindow extends TextChunk {
  /** Where `bytes` begin in the file. */
  readonly offsetBytes: number;
  /** Nothing follows. */
  readonly isEnd: boolean;
  /** Set by the reader: bytes that are done with. The next window begins behind them. */
  doneBytes: number;
}

/**
 * Windows over the file, the last one (perhaps empty) with `isEnd`. A window whose beginning the reader leaves is shown
 * again only when it has grown to twice that, so that a reader may begin each unfinished piece anew and still be done in
 * time that grows with the file. The reader must take what is complete, and must bound what it leaves.
 */
export async function* readTextWindows(source: ByteSource, given?: TextEncoding): AsyncGenerator<TextWindow, void, void> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let wantedBytes = 0;
  let offsetBytes = 0;
  let encoding = given ?? 'utf-8';
  for await (const chunk of readTextChunks(source, given)) {
    encoding = chunk.encoding;
    held.push(chunk.bytes);
    heldBytes += chunk.bytes.length;
    if (heldBytes < wantedBytes) continue;
    const window: TextWindow = { bytes: joinBytes(held, heldBytes), encoding, offsetBytes, isEnd: false, doneBytes: 0 };
    yield window;
    offsetBytes += window.doneBytes;
    held = [window.bytes.subarray(window.doneBytes)];
    heldBytes -= window.doneBytes;
    wantedBytes = heldBytes * 2;
  }
  yield { bytes: joinBytes(held, heldBytes), encoding, offsetBytes, isEnd: true, doneBytes: 0 };
}

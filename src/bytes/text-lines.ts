// Lines of a text file of any size, with the bytes that each came from. Decodes whole chunks and splits the text; the
// length of a line in bytes is the distance of line feeds, which in all our one-byte-unit encodings are bytes 0x0A that
// occur in no other character, and which a decoder keeps even after a broken character. So text and bytes have the same
// line feeds in the same order.

import { createLineCollector, type LineBatch } from './line-batch';
import { detectEncoding, detectUnmarkedEncoding, unitBytes, type TextEncoding } from './text-encoding';
import type { ByteSource } from './source';

export type { LineBatch, LineProblem } from './line-batch';

export interface ReadLinesOptions {
  /** Default: what `detectEncoding` says, asked again at the first byte that is not ASCII. */
  readonly encoding?: TextEncoding;
  /** Longer lines are cut. Default 1 MiB. */
  readonly lineLimitBytes?: number;
}

export const lineLimitBytes = 1 << 20;
const headBytes = 65_536;

/**
 * All lines of `source`, in batches of about a chunk. Lines end with LF or CRLF, which are not part of the text but of the
 * length; a byte order mark is part of the first line's length. The spans of lines and `line-too-long` problems tile the
 * source. Holds at most the line limit and a few chunks. Throws what the source throws.
 */
export async function* readLines(source: ByteSource, options: ReadLinesOptions = {}): AsyncGenerator<LineBatch, void, void> {
  const detected = options.encoding ? null : detectEncoding(await source.read(0, headBytes));
  const collector = createLineCollector(options.encoding ?? detected?.encoding ?? 'utf-8', options.lineLimitBytes ?? lineLimitBytes);
  const isWide = unitBytes(collector.encoding()) === 2;
  let isUndecided = detected !== null && !detected.certain;
  let offset = 0;
  for await (const chunk of isWide ? evenChunks(source.stream()) : source.stream()) {
    const high = isUndecided ? findHighByte(chunk) : -1;
    if (high >= 0) {
      isUndecided = false;
      collector.setEncoding(detectUnmarkedEncoding(await source.read(offset + high, offset + high + headBytes)).encoding);
    }
    offset += chunk.length;
    const batch = collector.push(chunk);
    if (batch) yield batch;
  }
  const batch = collector.end();
  if (batch) yield batch;
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

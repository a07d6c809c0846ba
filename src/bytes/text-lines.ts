// Lines of a text file of any size, with the bytes that each came from. Decodes whole chunks and splits the text; the
// length of a line in bytes is the distance of line feeds, which in all our one-byte-unit encodings are bytes 0x0A that
// occur in no other character, and which a decoder keeps even after a broken character. So text and bytes have the same
// line feeds in the same order.

import { createLineCollector, type LineBatch, type LineCollector } from './line-batch';
import type { ByteSource } from './source';
import type { TextEncoding } from './text-encoding';
import { readTextChunks } from './text-windows';

export type { LineBatch, LineProblem } from './line-batch';

export interface ReadLinesOptions {
  /** Default: what `detectEncoding` says, asked again at the first byte that is not ASCII. */
  readonly encoding?: TextEncoding;
  /** Longer lines are cut. Default 1 MiB. */
  readonly lineLimitBytes?: number;
}

export const lineLimitBytes = 1 << 20;

/**
 * All lines of `source`, in batches of about a chunk. Lines end with LF or CRLF, which are not part of the text but of the
 * length; a byte order mark is part of the first line's length. The spans of lines and `line-too-long` problems tile the
 * source. Holds at most the line limit and a few chunks. Throws what the source throws.
 */
export async function* readLines(source: ByteSource, options: ReadLinesOptions = {}): AsyncGenerator<LineBatch, void, void> {
  let collector: LineCollector | null = null;
  for await (const { bytes, encoding } of readTextChunks(source, options.encoding)) {
    collector ??= createLineCollector(encoding, options.lineLimitBytes ?? lineLimitBytes);
    if (collector.encoding() !== encoding) collector.setEncoding(encoding);
    const batch = collector.push(bytes);
    if (batch) yield batch;
  }
  const batch = collector?.end();
  if (batch) yield batch;
}

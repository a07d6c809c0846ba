// Raw deflate (RFC 1951), and gzip (RFC 1952), by the engine's own DecompressionStream. The input has to come in small pieces: some engines
// inflate a whole piece at once, and deflate expands up to 1:1032.

export const inflateInputBytes = 32 << 10;

/** The input is no deflate stream, or ends before the stream does. What could be inflated was delivered. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
}

/**
 * Inflates `compressed`, whose pieces have at most `inflateInputBytes`. Throws InflateError at damage (the last output
 * before it may be lost: see inflate-cut.ts for input that is known to end too early), or what `compressed` throws.
 */
export async function* inflate(
  compressed: AsyncIterable<Uint8Array>,
  format: 'deflate-raw' | 'gzip' = 'deflate-raw',
): AsyncGenerator<Uint8Array, void, void> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const failure: { source?: { readonly cause: unknown } } = {};
  const fed = feed(compressed, writer, failure);
  fed.catch(() => undefined); // the reader fails with it
  try {
    while (true) {
      const result = await reader.read();
      if (result.done) return;
      yield result.value;
    }
  } catch (cause) {
    throw failure.source ? failure.source.cause : new InflateError('', { cause });
  } finally {
    await Promise.allSettled([reader.cancel(), writer.abort()]);
  }
}

async function feed(
  compressed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
  failure: { source?: { readonly cause: unknown } },
): Promise<void> {
  const pieces = compressed[Symbol.asyncIterator]();
  try {
    while (true) {
      const piece = await pieces.next().catch((cause: unknown) => {
        failure.source = { cause };
        throw cause;
      });
      if (piece.done) break;
      await writer.write(piece.value as Uint8Array<ArrayBuffer>);
    }
    await writer.close();
  } catch (cause) {
    await Promise.allSettled([writer.abort(cause), pieces.return?.()]);
    throw cause;
  }
}

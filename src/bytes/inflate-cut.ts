// Raw deflate (RFC 1951) for a stream that ends too early, as the last entry of a broken-off ZIP does. An engine's own
// DecompressionStream throws at that end and may lose what it had not yet delivered, differently from run to run; this one
// gives every byte that the input determines.

import { addInput, createDecoder, decode, flush, lookaheadBytes } from './inflate-decoder';

/** Inflates as far as `compressed` goes or makes sense; nothing is thrown but what `compressed` throws. */
export async function* inflateCut(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const decoder = createDecoder();
  for await (const piece of compressed) {
    addInput(decoder, piece);
    yield* decode(decoder, decoder.input.length - lookaheadBytes);
    if (decoder.block.kind === 'end') return;
  }
  yield* decode(decoder, decoder.input.length);
  yield* flush(decoder);
}

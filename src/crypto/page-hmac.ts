// HMACs (RFC 2104) of one page at once, by SHA-1, SHA-256 or SHA-512 (FIPS 180-4).

import { pageCodeAt, usePageCode } from './page-cipher';
import type { PageCode } from './page-cipher';

export type PageHash = 'SHA-1' | 'SHA-256' | 'SHA-512';

/** The HMAC of two pieces, one behind the other, together about a page at most. Throws RangeError for more. */
export type PageHmac = (piece: Uint8Array, end: Uint8Array) => Uint8Array;

interface HashForm {
  readonly run: 'sha1' | 'sha256' | 'sha512';
  readonly blockBytes: number;
  readonly wordBytes: 4 | 8;
  /** FIPS 180-4, 5.3. */
  readonly start: readonly bigint[];
}

const start512: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const forms: { readonly [Hash in PageHash]: HashForm } = {
  'SHA-1': { run: 'sha1', blockBytes: 64, wordBytes: 4, start: [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n, 0xc3d2e1f0n] },
  // Both begin with the square roots of the first eight primes.
  'SHA-256': { run: 'sha256', blockBytes: 64, wordBytes: 4, start: start512.map((word) => word >> 32n) },
  'SHA-512': { run: 'sha512', blockBytes: 128, wordBytes: 8, start: start512 },
};
const innerPad = 0x36;
const outerPad = 0x5c;
const empty = new Uint8Array(0);

/** Under a key no longer than a block of the hash. Throws RangeError for a longer one. */
export function pageHmac(hash: PageHash, key: Uint8Array): PageHmac {
  const form = forms[hash];
  if (key.length > form.blockBytes) throw new RangeError('longer than a block of the hash');
  const inner = stateBehind(form, key, innerPad);
  const outer = stateBehind(form, key, outerPad);
  return (piece, end) => {
    const roomBytes = piece.length + end.length + 2 * form.blockBytes;
    return usePageCode(roomBytes, (code, memory) => {
      const digest = finish(code, memory, form, inner, piece, end);
      return finish(code, memory, form, outer, digest, empty);
    });
  };
}

/** The state of a hash, as it lies in the code's memory, behind a block that is a key with each byte changed by `pad`. */
function stateBehind({ run, blockBytes, wordBytes, start }: HashForm, key: Uint8Array, pad: number): Uint8Array {
  return usePageCode(blockBytes, (code, memory) => {
    const words = new DataView(memory.buffer, pageCodeAt.state);
    for (const [at, word] of start.entries()) {
      if (wordBytes === 8) words.setBigUint64(8 * at, word, true);
      else words.setUint32(4 * at, Number(word), true);
    }
    memory.fill(pad, pageCodeAt.data, pageCodeAt.data + blockBytes);
    for (const [at, byte] of key.entries()) memory[pageCodeAt.data + at] = byte ^ pad;
    code[run](pageCodeAt.data, pageCodeAt.data + blockBytes);
    return memory.slice(pageCodeAt.state, pageCodeAt.state + wordBytes * start.length);
  });
}

/** The hash of two pieces behind the block that led to `state`. */
function finish(
  code: PageCode,
  memory: Uint8Array,
  { run, blockBytes, wordBytes }: HashForm,
  state: Uint8Array,
  piece: Uint8Array,
  end: Uint8Array,
): Uint8Array {
  const { data } = pageCodeAt;
  const length = piece.length + end.length;
  // A one, zeros, and the number of bits in two words (FIPS 180-4, 5.1).
  const paddedLength = Math.ceil((length + 1 + 2 * wordBytes) / blockBytes) * blockBytes;
  memory.set(state, pageCodeAt.state);
  memory.set(piece, data);
  memory.set(end, data + piece.length);
  memory.fill(0, data + length, data + paddedLength);
  memory[data + length] = 0x80;
  new DataView(memory.buffer).setUint32(data + paddedLength - 4, 8 * (blockBytes + length));
  code[run](data, data + paddedLength);
  // Words lie there with their last byte first.
  return Uint8Array.from(state, (_, at) => memory[pageCodeAt.state + (at ^ (wordBytes - 1))] ?? 0);
}

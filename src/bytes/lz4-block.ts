// LZ4 blocks without a frame, whose size unpacked is not stated (lz4_Block_format.md of the LZ4 project): sequences of a token, as many
// literals as its high half says, an offset back of two bytes, and a length of copy in its low half; the last has literals only.

import { CamphorError } from '../model/error';

const leastMatch = 4;
const startFactor = 4;

/** Throws CamphorError `damaged` for what is no block, and for more than `limitBytes`. */
export function unpackLz4Block(packed: Uint8Array, limitBytes: number): Uint8Array {
  const output = new GrowingBytes(Math.min(limitBytes, packed.length * startFactor), limitBytes);
  for (let at = 0; at < packed.length;) {
    const token = packed[at++] ?? 0;
    const literals = readLength(packed, at, token >> 4);
    at = literals.end;
    if (at + literals.length > packed.length) throw new CamphorError('damaged');
    output.append(packed.subarray(at, at + literals.length));
    at += literals.length;
    if (at === packed.length) break;
    const offset = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
    const match = readLength(packed, at + 2, token & 15);
    at = match.end;
    output.repeat(offset, match.length + leastMatch);
  }
  return output.bytes();
}

/** A half of 15 is followed by bytes to add, of which the last is not 255. */
function readLength(packed: Uint8Array, from: number, half: number): { readonly length: number; readonly end: number } {
  if (half < 15) return { length: half, end: from };
  let length = half;
  for (let at = from; at < packed.length; at++) {
    const byte = packed[at] ?? 0;
    length += byte;
    if (byte < 255) return { length, end: at + 1 };
  }
  throw new CamphorError('damaged');
}

class GrowingBytes {
  #bytes: Uint8Array;
  #size = 0;
  readonly #limit: number;

  constructor(size: number, limit: number) {
    this.#bytes = new Uint8Array(size);
    this.#limit = limit;
  }

  append(piece: Uint8Array): void {
    this.#reserve(piece.length);
    this.#bytes.set(piece, this.#size);
    this.#size += piece.length;
  }

  /** What is copied may reach into what the copying writes. */
  repeat(offset: number, length: number): void {
    if (offset === 0 || offset > this.#size) throw new CamphorError('damaged');
    this.#reserve(length);
    const bytes = this.#bytes;
    for (const end = this.#size + length; this.#size < end; this.#size++) bytes[this.#size] = bytes[this.#size - offset] ?? 0;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  #reserve(length: number): void {
    const needed = this.#size + length;
    if (needed > this.#limit) throw new CamphorError('damaged');
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}

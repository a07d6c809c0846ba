// Randomness, and the refusal to go on without it.

import { CamphorError } from '../model/error';

/** Fills the array with random bytes. */
export type FillRandom = (bytes: Uint8Array) => void;

/** The engine's own generator. Throws CamphorError `no-randomness` where there is none. */
export const engineRandom: FillRandom = (bytes) => {
  try {
    crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
  } catch (cause) {
    throw new CamphorError('no-randomness', {}, cause);
  }
};

export type RandomBytes = (sizeBytes: number) => Uint8Array<ArrayBuffer>;

/** Draws of at least this size that repeat the one before prove a broken generator: by chance once in 2^64. */
const comparableBytes = 8;

function isConstant(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === bytes[0]);
}

/**
 * Random bytes from `fill`, watched: a draw that is one byte repeated, or that begins as the draw before it did,
 * throws CamphorError `no-randomness`. It finds a missing or stuck generator, not a clever one.
 */
export function watchedRandom(fill: FillRandom = engineRandom): RandomBytes {
  let before: Uint8Array | null = null;
  return (sizeBytes) => {
    const bytes = new Uint8Array(Math.max(sizeBytes, comparableBytes));
    fill(bytes);
    const head = bytes.slice(0, comparableBytes);
    const repeated = before?.every((byte, at) => byte === head[at]) ?? false;
    if (repeated || isConstant(head)) throw new CamphorError('no-randomness');
    before = head;
    return bytes.slice(0, sizeBytes);
  };
}

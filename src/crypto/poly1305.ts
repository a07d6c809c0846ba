// Poly1305 (RFC 8439, section 2.5): the tag of a message under a one-time key. Every byte that goes to a drive or comes from one
// passes here twice, and in JavaScript it is a third of a backup's time, so its loop is in WebAssembly (poly1305.wat).

import { poly1305CodeB64 } from './poly1305-code';

const blockBytes = 16;
/** Places in the code's memory. */
const limbsAt = { r: 0, h: 40 };
const messageAt = 128;
/** Of the message as much at once as keeps to the processor's cache. */
const pieceBytes = 256 * 1024;
const limbBits = 32n;
const limbMask = (1n << limbBits) - 1n;
const prime = (1n << 130n) - 5n;
/** Bits of r that must be zero. */
const clamp = 0x0ffffffc0ffffffc0ffffffc0fffffffn;
/** A whole block counts with a one above its 16 bytes: bit 128, the lowest of the fifth limb. */
const wholeBlock = 1n;

interface Code {
  readonly memory: WebAssembly.Memory;
  multiply(from: number, to: number, high: bigint): void;
}

let code: Code | null = null;

function loadCode(): Code {
  const bytes = Uint8Array.from(atob(poly1305CodeB64), (letter) => letter.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Code;
}

/** Of a block's length, little-endian. */
function readNumber({ buffer, byteOffset }: Uint8Array): bigint {
  const view = new DataView(buffer, byteOffset, blockBytes);
  return (view.getBigUint64(8, true) << 64n) | view.getBigUint64(0, true);
}

function writeNumber(number: bigint): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(blockBytes));
  view.setBigUint64(0, number, true);
  view.setBigUint64(8, number >> 64n, true);
  return new Uint8Array(view.buffer);
}

function writeLimbs(limbs: BigUint64Array, number: bigint): void {
  for (let at = 0; at < 5; at += 1) limbs[at] = (number >> (limbBits * BigInt(at))) & limbMask;
}

function readLimbs(limbs: BigUint64Array): bigint {
  let number = 0n;
  for (let at = 4; at >= 0; at -= 1) number = (number << limbBits) + (limbs[at] ?? 0n);
  return number;
}

/** The tag, 16 bytes, of `message` under a key of 32 bytes (r, then s) that is used once. Throws RangeError for another length. */
export function poly1305(message: Uint8Array, oneTimeKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (oneTimeKey.length !== 32) throw new RangeError('a one-time key has 32 bytes');
  code ??= loadCode();
  const { memory, multiply } = code;
  const bytes = new Uint8Array(memory.buffer);
  const h = new BigUint64Array(memory.buffer, limbsAt.h, 5);
  writeLimbs(new BigUint64Array(memory.buffer, limbsAt.r, 5), readNumber(oneTimeKey.subarray(0, 16)) & clamp);
  h.fill(0n);
  const wholeBytes = message.length - (message.length % blockBytes);
  for (let at = 0; at < wholeBytes; at += pieceBytes) {
    const piece = message.subarray(at, Math.min(at + pieceBytes, wholeBytes));
    bytes.set(piece, messageAt);
    multiply(messageAt, messageAt + piece.length, wholeBlock);
  }
  if (wholeBytes < message.length) {
    const rest = message.subarray(wholeBytes);
    bytes.fill(0, messageAt, messageAt + blockBytes);
    bytes.set(rest, messageAt);
    bytes[messageAt + rest.length] = 1;
    multiply(messageAt, messageAt + blockBytes, 0n);
  }
  const sum = (readLimbs(h) % prime) + readNumber(oneTimeKey.subarray(16));
  // The key does not stay in memory that outlives the call. What is authenticated is ciphertext.
  bytes.fill(0, 0, messageAt);
  return writeNumber(sum);
}

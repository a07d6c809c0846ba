// The loops of AES-256-CBC and of three hashes in WebAssembly (page-cipher.wat): SQLite cannot wait for WebCrypto, and in JavaScript a
// page of an encrypted database takes longer than all else that is done with it.

import { pageCipherCodeB64 } from './page-cipher-code';

/** Each takes whole blocks that lie in [from, to) of the memory. */
export interface PageCode {
  readonly memory: WebAssembly.Memory;
  decryptCbc(from: number, to: number): void;
  sha1(from: number, to: number): void;
  sha256(from: number, to: number): void;
  sha512(from: number, to: number): void;
}

/** Places in the memory: round keys, the block before the first, the state of a hash, and what is worked on. */
export const pageCodeAt = { keys: 4352, iv: 4592, state: 5248, data: 6144 };
const inverseBoxAt = 4096;
const ivEnd = 4608;
const scheduleEnd = 5952;
/** What fits: the largest page, a number behind it, and the padding of a hash. */
export const pageCodeBytes = 65_536 + 512;

let loaded: PageCode | null = null;

function loadCode(): PageCode {
  const bytes = Uint8Array.from(atob(pageCipherCodeB64), (letter) => letter.charCodeAt(0));
  const code = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as PageCode;
  writeTables(code.memory);
  return code;
}

/** Twice a number of the field of AES (FIPS 197, 4.2.1). */
const double = (byte: number): number => ((byte << 1) ^ (byte & 0x80 ? 0x11b : 0)) & 0xff;

function times(byte: number, factor: number): number {
  let product = 0;
  for (let rest = factor, power = byte; rest > 0; rest >>= 1, power = double(power)) if (rest & 1) product ^= power;
  return product;
}

/** The S-box of FIPS 197, 5.1.1: the inverse in the field (its 254th power), then an affine map of its bits. */
function substitute(byte: number): number {
  let inverse = 1;
  for (let bit = 7, power = byte; bit > 0; bit -= 1) inverse = times(inverse, (power = times(power, power)));
  const turned = (bits: number): number => ((inverse << bits) | (inverse >> (8 - bits))) & 0xff;
  return inverse ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63;
}

function writeTables(memory: WebAssembly.Memory): void {
  const words = new DataView(memory.buffer);
  const inverseBox = new Uint8Array(memory.buffer, inverseBoxAt, 256);
  for (let byte = 0; byte < 256; byte += 1) inverseBox[substitute(byte)] = byte;
  for (const [at, byte] of inverseBox.entries()) {
    // A column of InvMixColumns (FIPS 197, 5.3.3), for each row turned by a byte.
    const column = times(byte, 0x0e) | (times(byte, 0x09) << 8) | (times(byte, 0x0d) << 16) | (times(byte, 0x0b) << 24);
    for (let row = 0; row < 4; row += 1) words.setInt32(row * 1024 + at * 4, (column << (8 * row)) | (column >>> (32 - 8 * row)), true);
  }
}

/** What `use` makes with the code, `length` bytes of whose data it fills; nothing of them stays in memory that outlives the call. */
export function usePageCode<Result>(length: number, use: (code: PageCode, memory: Uint8Array) => Result): Result {
  if (length > pageCodeBytes) throw new RangeError('longer than a page');
  loaded ??= loadCode();
  const memory = new Uint8Array(loaded.memory.buffer);
  try {
    return use(loaded, memory);
  } finally {
    memory.fill(0, pageCodeAt.keys, ivEnd);
    memory.fill(0, pageCodeAt.state, scheduleEnd);
    memory.fill(0, pageCodeAt.data, pageCodeAt.data + length);
  }
}

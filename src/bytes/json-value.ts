// Passes over one JSON value, in as many chunks as it takes, by counting brackets outside of strings. This is the loop
// that every byte of a large export goes through.

import { joinBytes } from './join-bytes';

const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
/** `[` and `{` differ in this bit only, and so do `]` and `}`. */
const bracketMask = 0xdf;
const openBracket = 0x5b;
const closeBracket = 0x5d;

export interface ValueScan {
  /** Bytes of the value that are kept at most. */
  limitBytes: number;
  /** Length of the value so far, kept or not. */
  lengthBytes: number;
  kept: Uint8Array[];
  keptBytes: number;
  depth: number;
  /** Greatest depth of brackets inside the value; 0 for a scalar. */
  maxDepth: number;
  isString: boolean;
  /** The chunk before ended with a backslash. */
  isEscaped: boolean;
  /** True for numbers and words, whose end shows only in what follows. */
  isBare: boolean;
}

/** A scan of a value of which at most `limitBytes` are kept. */
export function createValueScan(limitBytes: number): ValueScan {
  return { limitBytes, lengthBytes: 0, kept: [], keptBytes: 0, depth: 0, maxDepth: 0, isString: false, isEscaped: false, isBare: false };
}

/** Goes on at `from`; the position after the value's last byte, or -1 where the chunk ends first. */
export function passValue(scan: ValueScan, chunk: Uint8Array, from: number): number {
  if (scan.lengthBytes === 0) {
    const first = chunk[from] ?? 0;
    scan.isBare = first !== quote && (first & bracketMask) !== openBracket;
  }
  // The first byte of a number or word is its own, whatever it is: each value takes at least one.
  const end = scan.isBare ? passBare(chunk, scan.lengthBytes === 0 ? from + 1 : from) : passBrackets(scan, chunk, from);
  const to = end < 0 ? chunk.length : end;
  scan.lengthBytes += to - from;
  // Most values lie in one chunk, from which the caller takes them: only those that go on are kept.
  if (end < 0 || scan.kept.length > 0) keep(scan, chunk.subarray(from, to));
  return end;
}

/** What was kept of a value that is in more than one chunk; nothing of one that is in one. */
export function keptBytesOf(scan: ValueScan): Uint8Array {
  return scan.kept.length === 0 ? new Uint8Array(0) : joinBytes(scan.kept, scan.keptBytes);
}

function keep(scan: ValueScan, piece: Uint8Array): void {
  if (scan.keptBytes >= scan.limitBytes || piece.length === 0) return;
  const kept = piece.subarray(0, scan.limitBytes - scan.keptBytes);
  scan.kept.push(kept);
  scan.keptBytes += kept.length;
}

/** Comma, closing brackets and white space end a number or word. */
function passBare(chunk: Uint8Array, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d) return at;
  }
  return -1;
}

/** The whole state is in locals here, since every byte of a large export goes through this loop. */
function passBrackets(scan: ValueScan, chunk: Uint8Array, from: number): number {
  const size = chunk.length;
  let at = from;
  let { depth, maxDepth } = scan;
  let end = -1;
  if (scan.isString) {
    at = passString(scan, chunk, at);
    if (scan.isString) return -1;
    if (depth === 0) return at;
  }
  while (at < size) {
    const byte = chunk[at++] ?? 0;
    if (byte === quote) {
      scan.depth = depth;
      scan.isString = true;
      at = passString(scan, chunk, at);
      if (scan.isString) break;
      if (depth > 0) continue;
      end = at;
      break;
    }
    if (byte < openBracket) continue;
    const kind = byte & bracketMask;
    if (kind === openBracket) {
      if (++depth > maxDepth) maxDepth = depth;
    } else if (kind === closeBracket && --depth === 0) {
      end = at;
      break;
    }
  }
  scan.depth = depth;
  scan.maxDepth = maxDepth;
  return end;
}

/** Position after the string's end, or the chunk's. A line feed ends a string too, unless the string is the whole value. */
function passString(scan: ValueScan, chunk: Uint8Array, from: number): number {
  const size = chunk.length;
  const isInside = scan.depth > 0;
  let at = scan.isEscaped ? from + 1 : from;
  scan.isEscaped = false;
  while (at < size) {
    const byte = chunk[at++] ?? 0;
    if (byte > backslash) continue;
    if (byte === quote || (byte === lineFeed && isInside)) {
      scan.isString = false;
      return at;
    }
    if (byte === backslash && ++at > size) scan.isEscaped = true;
  }
  return size;
}

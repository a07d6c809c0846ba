// Passes over one JSON value, in as many chunks as it takes, by counting brackets outside of strings. One scan object
// serves all values of a file, one after the other. This is the loop that every byte of a large export goes through.

import { joinBytes } from './join-bytes';

const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
/** `[` and `{` differ in this bit only, and so do `]` and `}`. */
const bracketMask = 0xdf;
const openBracket = 0x5b;
const closeBracket = 0x5d;

export interface ValueScan {
  /** Begins a value, of which at most `limitBytes` are kept. */
  start(limitBytes: number): void;
  /** Goes on at `from`; the position after the value's last byte, or -1 where the chunk ends first. */
  push(chunk: Uint8Array, from: number): number;
  /** What was kept of the value so far. */
  bytes(): Uint8Array;
  /** Length of the value so far, kept or not. */
  lengthBytes(): number;
  /** Greatest depth of brackets inside the value; 0 for a scalar. */
  maxDepth(): number;
  /** True for numbers and words, whose end shows only in what follows. */
  isBare(): boolean;
}

/** Comma, closing brackets, white space: what ends a number or word. */
function endsBare(byte: number): boolean {
  return byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d;
}

export function createValueScan(): ValueScan {
  let limit = 0;
  let length = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let depth = 0;
  let deepest = 0;
  let isString = false;
  let isEscaped = false;
  let isBare = false;

  const keep = (piece: Uint8Array) => {
    length += piece.length;
    if (heldBytes >= limit || piece.length === 0) return;
    const kept = piece.subarray(0, limit - heldBytes);
    held.push(kept);
    heldBytes += kept.length;
  };

  /** Position after the string's end, or beyond the chunk. A line feed ends a string too, unless it is the whole value. */
  const passString = (chunk: Uint8Array, from: number): number => {
    let at = from;
    if (isEscaped) {
      isEscaped = false;
      at++;
    }
    while (at < chunk.length) {
      const byte = chunk[at++]!;
      if (byte === quote || (byte === lineFeed && depth > 0)) {
        isString = false;
        return at;
      }
      if (byte === backslash && ++at > chunk.length) isEscaped = true;
    }
    return chunk.length;
  };

  const passBrackets = (chunk: Uint8Array, from: number): number => {
    let at = from;
    while (at < chunk.length) {
      if (isString) {
        at = passString(chunk, at);
        if (isString) return -1;
        if (depth === 0) return at;
        continue;
      }
      const byte = chunk[at++]!;
      if (byte === quote) isString = true;
      else if ((byte & bracketMask) === openBracket) {
        if (++depth > deepest) deepest = depth;
      } else if ((byte & bracketMask) === closeBracket && --depth === 0) return at;
    }
    return -1;
  };

  const passBare = (chunk: Uint8Array, from: number): number => {
    let at = from;
    while (at < chunk.length) if (endsBare(chunk[at++]!)) return at - 1;
    return -1;
  };

  return {
    start(limitBytes) {
      limit = limitBytes;
      held = [];
      length = heldBytes = depth = deepest = 0;
      isString = isEscaped = isBare = false;
    },
    push(chunk, from) {
      if (length === 0) isBare = chunk[from] !== quote && (chunk[from]! & bracketMask) !== openBracket;
      // Whatever byte begins a bare value belongs to it, be it a control character: so each value takes at least one.
      const end = isBare ? passBare(chunk, length === 0 ? from + 1 : from) : passBrackets(chunk, from);
      keep(chunk.subarray(from, end < 0 ? chunk.length : end));
      return end;
    },
    bytes() {
      if (held.length > 1) held = [joinBytes(held, heldBytes)];
      return held[0] ?? new Uint8Array(0);
    },
    lengthBytes: () => length,
    maxDepth: () => deepest,
    isBare: () => isBare,
  };
}

// Little-endian base-128 integers, as in protobuf, but by arithmetic, so that they hold every safe integer.

import { CamphorError } from '../model/error';
import { freeBytes } from '../model/free-bytes';

export interface ByteWriter {
  byte(value: number): void;
  /** A safe integer of 0 or more. */
  varint(value: number): void;
  /** A safe integer of either sign: 0, -1, 1, -2, … */
  zigzag(value: number): void;
  bytes(value: Uint8Array): void;
  /** Everything that was written, in a buffer of its own; nothing is written afterwards. */
  finish(): Uint8Array<ArrayBuffer>;
}

export interface ByteReader {
  byte(): number;
  varint(): number;
  zigzag(): number;
  bytes(length: number): Uint8Array;
  position(): number;
  left(): number;
}

const longestVarintBytes = 8;

/** Zigzag values above 2^53 would not be exact; times and ids stay far below. */
const zigzagLimit = 2 ** 52;

/** Grows as needed. Throws RangeError for numbers that are no safe integers: a mistake of the caller. */
export function byteWriter(initialBytes = 1024): ByteWriter {
  let buffer = new Uint8Array(initialBytes);
  let length = 0;
  const reserve = (more: number) => {
    if (length + more > buffer.length) buffer = moved(buffer, length, Math.max(buffer.length * 2, length + more));
  };
  const varint = (value: number) => {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`no varint: ${value}`);
    reserve(longestVarintBytes);
    let left = value;
    while (left > 127) {
      buffer[length++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    buffer[length++] = left;
  };
  return {
    varint,
    byte: (value) => {
      reserve(1);
      buffer[length++] = value;
    },
    zigzag: (value) => {
      if (Math.abs(value) > zigzagLimit) throw new RangeError(`no zigzag varint: ${value}`);
      varint(value < 0 ? -2 * value - 1 : 2 * value);
    },
    bytes: (value) => {
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    finish: () => moved(buffer, length, length),
  };
}

/** The first `filledBytes` in memory of that size; what they lay in is given back. */
function moved(bytes: Uint8Array<ArrayBuffer>, filledBytes: number, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(sizeBytes);
  copy.set(bytes.subarray(0, filledBytes));
  freeBytes(bytes);
  return copy;
}

/** Reads what `byteWriter` wrote. Throws CamphorError `damaged` past the end and for integers that are not safe. */
export function byteReader(bytes: Uint8Array): ByteReader {
  let at = 0;
  const take = (length: number): number => {
    if (length > bytes.length - at) throw new CamphorError('damaged');
    at += length;
    return at - length;
  };
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < longestVarintBytes; count += 1) {
      const byte = bytes[take(1)] ?? 0;
      value += (byte % 128) * scale;
      if (byte < 128) {
        if (!Number.isSafeInteger(value)) throw new CamphorError('damaged');
        return value;
      }
      scale *= 128;
    }
    throw new CamphorError('damaged');
  };
  return {
    varint,
    byte: () => bytes[take(1)] ?? 0,
    zigzag: () => {
      const folded = varint();
      return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    },
    bytes: (length) => {
      const from = take(length);
      return bytes.subarray(from, from + length);
    },
    position: () => at,
    left: () => bytes.length - at,
  };
}

/** One varint alone. */
export function varintBytes(value: number): Uint8Array {
  const writer = byteWriter(longestVarintBytes);
  writer.varint(value);
  return writer.finish();
}

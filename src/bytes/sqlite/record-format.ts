// SQLite's variable-length numbers and the record format of rows (sqlite.org/fileformat2, 1.6 and 2.1), for what is read without
// the engine: the schema, before the engine is worth loading, and what it refuses of a damaged table.

import { decodeShortText } from './short-text';

/** An integer that fits a number is one; above 2^53 it is a bigint. */
export type SqlInteger = number | bigint;
/** What a cell of a row can hold. Text that is no UTF-8 is decoded with replacement characters. */
export type SqlValue = null | SqlInteger | string | Uint8Array;

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const encodings: readonly TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be'];

/** The encoding of all text in a database, by its page 1. */
export function encodingOf(header: Uint8Array): TextEncoding {
  return encodings[(header[59] ?? 1) - 1] ?? 'utf-8';
}

const decoders = new Map<TextEncoding, TextDecoder>();

/** Text as it is stored, byte order marks kept; never throws. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  const short = encoding === 'utf-8' ? decodeShortText(bytes) : null;
  if (short !== null) return short;
  let decoder = decoders.get(encoding);
  if (decoder === undefined) decoders.set(encoding, (decoder = new TextDecoder(encoding, { ignoreBOM: true })));
  return decoder.decode(bytes);
}

/** A number of 1 to 9 bytes and where it ends; null where the bytes end before. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: SqlInteger; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    if (index === 7) return readLongVarint(bytes, at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return null;
}

function readLongVarint(bytes: Uint8Array, at: number): { readonly value: SqlInteger; readonly end: number } | null {
  let value = 0n;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value: shorten(BigInt.asIntN(64, value)), end: at + index + 1 };
  }
  const last = bytes[at + 8];
  return last === undefined ? null : { value: shorten(BigInt.asIntN(64, (value << 8n) | BigInt(last))), end: at + 9 };
}

/** A number where it is exact. */
export function shorten(value: bigint): SqlInteger {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The values of a record, in the order of storage; null where it is no record. */
export function decodeRecord(payload: Uint8Array, encoding: TextEncoding): readonly SqlValue[] | null {
  const header = readVarint(payload, 0);
  if (header === null || typeof header.value !== 'number' || header.value > payload.length) return null;
  const values: SqlValue[] = [];
  let at = header.value;
  for (let from = header.end; from < header.value;) {
    const type = readVarint(payload, from);
    if (type === null || typeof type.value !== 'number' || type.value < 0) return null;
    const lengthBytes = lengthOf(type.value);
    if (at + lengthBytes > payload.length) return null;
    values.push(decodeValue(type.value, payload.subarray(at, at + lengthBytes), encoding));
    at += lengthBytes;
    from = type.end;
  }
  return values;
}

const fixedLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0] as const;

function lengthOf(serialType: number): number {
  return fixedLengths[serialType] ?? Math.floor((serialType - 12) / 2);
}

function decodeValue(serialType: number, bytes: Uint8Array, encoding: TextEncoding): SqlValue {
  if (serialType >= 12) return serialType % 2 === 0 ? bytes : decodeText(bytes, encoding);
  if (serialType === 8 || serialType === 9) return serialType - 8;
  if (serialType === 0 || serialType > 9) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (serialType === 7) return view.getFloat64(0);
  if (serialType === 6) return shorten(view.getBigInt64(0));
  let value = view.getInt8(0);
  for (let at = 1; at < bytes.length; at++) value = value * 256 + view.getUint8(at);
  return value;
}

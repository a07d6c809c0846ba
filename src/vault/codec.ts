// Columns and pages before sealing: one byte that names the codec, the plain length, then the bytes.

import { CamphorError } from '../model/error';
import { freeBytes } from '../model/free-bytes';
import { byteReader, varintBytes } from './varint';

/** Compresses whole columns; synchronous, since it runs inside a worker. */
export interface ColumnCodec {
  /** The result is the caller's alone, who gives its memory back. */
  compress(plain: Uint8Array): Uint8Array;
  /** Throws when the result is not exactly `plainLength` bytes. */
  decompress(packed: Uint8Array, plainLength: number): Uint8Array;
}

/** No column or page may unfold to more. */
export const columnLimitBytes = 256 * 1024 * 1024;

/** Below this a frame's header outweighs what it saves. */
const worthCompressingBytes = 48;

const stored = 0;
const compressed = 1;

/** Compressed where that is shorter, else as it is. The result has a buffer of its own. */
export function pack(codec: ColumnCodec, plain: Uint8Array): Uint8Array {
  if (plain.length > columnLimitBytes) throw new CamphorError('unexpected', { columnBytes: plain.length });
  const squeezed = plain.length < worthCompressingBytes ? plain : codec.compress(plain);
  const smaller = squeezed.length < plain.length;
  const body = smaller ? squeezed : plain;
  const length = varintBytes(plain.length);
  const packed = new Uint8Array(1 + length.length + body.length);
  packed[0] = smaller ? compressed : stored;
  packed.set(length, 1);
  packed.set(body, 1 + length.length);
  if (smaller) freeBytes(squeezed as Uint8Array<ArrayBuffer>);
  return packed;
}

/** The inverse of `pack`. Throws CamphorError `damaged` for anything that `pack` does not make. */
export function unpack(codec: ColumnCodec, packed: Uint8Array): Uint8Array {
  const reader = byteReader(packed);
  const how = reader.byte();
  const plainLength = reader.varint();
  if (plainLength > columnLimitBytes) throw new CamphorError('damaged');
  const body = packed.subarray(reader.position());
  if (how === stored && body.length === plainLength) return body;
  if (how === compressed) return codec.decompress(body, plainLength);
  throw new CamphorError('damaged');
}

// Files that are one Protobuf message after the other, each behind its length: four bytes, the highest first, or a varint.

import { joinBytes } from '../bytes/join-bytes';
import type { ByteSource } from '../bytes/source';

export interface PlacedFrame {
  readonly bytes: Uint8Array;
  /** From 0. */
  readonly number: number;
  /** Where its length stands. */
  readonly offsetBytes: number;
  /** Its length included; of the rest, all to the end of the file. */
  readonly lengthBytes: number;
}

/** Where to begin reading: a frame's number, and the byte at which its length stands. */
export type FrameStart = Pick<PlacedFrame, 'number' | 'offsetBytes'>;

export interface FrameBatch {
  readonly frames: readonly PlacedFrame[];
  /** The file ends inside of a frame, or what should be a length is none: nothing comes after. Of its bytes only the first. */
  readonly rest: PlacedFrame | null;
}

/** The length that stands at a place, and its own bytes; null where it does not end there. */
type ReadLength = (bytes: Uint8Array, at: number) => { readonly length: number; readonly headBytes: number } | null;

/** No message of Signal's is as large as this. */
const frameLimitBytes = 16 << 20;
const restLimitBytes = 65_536;
const varintLimitBytes = 5;

/** All frames from `start`, in batches. Throws what the source throws. */
export async function* readFrames(
  source: ByteSource,
  form: 'uint32' | 'varint',
  start: FrameStart = { number: 0, offsetBytes: 0 },
): AsyncGenerator<FrameBatch, void, void> {
  const readLength = form === 'uint32' ? readUint32 : readVarint;
  let held: Uint8Array = new Uint8Array(0);
  let { number, offsetBytes } = start;
  const restOf = (): PlacedFrame => {
    const lengthBytes = source.sizeBytes - offsetBytes;
    return { bytes: held.slice(0, restLimitBytes), number, offsetBytes, lengthBytes };
  };
  for await (const chunk of source.stream(offsetBytes)) {
    const bytes = held.length === 0 ? chunk : joinBytes([held, chunk], held.length + chunk.length);
    const frames: PlacedFrame[] = [];
    let at = 0;
    let next = readLength(bytes, at);
    while (next !== null && next.length <= frameLimitBytes && at + next.headBytes + next.length <= bytes.length) {
      const lengthBytes = next.headBytes + next.length;
      frames.push({ bytes: bytes.subarray(at + next.headBytes, at + lengthBytes), number: number++, offsetBytes, lengthBytes });
      at += lengthBytes;
      offsetBytes += lengthBytes;
      next = readLength(bytes, at);
    }
    held = bytes.slice(at);
    if (next !== null && next.length > frameLimitBytes) return yield { frames, rest: restOf() };
    yield { frames, rest: null };
  }
  if (held.length > 0) yield { frames: [], rest: restOf() };
}

const readUint32: ReadLength = (bytes, at) =>
  at + 4 > bytes.length ? null : { length: new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0), headBytes: 4 };

const readVarint: ReadLength = (bytes, at) => {
  let length = 0;
  for (let index = 0; index < varintLimitBytes; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { length, headBytes: index + 1 };
  }
  return { length: Infinity, headBytes: varintLimitBytes };
};

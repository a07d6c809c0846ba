// The frames of a backup that its passphrase opened: of each four bytes of length, the highest first, and one Protobuf message.

import type { ByteSource } from '../../bytes/source';
import { joinBytes } from '../../bytes/join-bytes';

export interface PlacedFrame {
  readonly bytes: Uint8Array;
  /** From 0, which is the header. */
  readonly number: number;
  /** Where its length stands. */
  readonly offsetBytes: number;
}

/** Where to begin reading: a frame's number, and the byte at which its length stands. */
export type FrameStart = Pick<PlacedFrame, 'number' | 'offsetBytes'>;

export interface FrameBatch {
  readonly frames: readonly PlacedFrame[];
  /** The file ends inside of a frame, or what should be a length is none: nothing comes after. */
  readonly rest: PlacedFrame | null;
}

const lengthBytes = 4;
/** No row of Signal's is as large as this. */
const frameLimitBytes = 16 << 20;
const restLimitBytes = 65_536;

/** All frames from `start`, in batches. Throws what the source throws. */
export async function* readFrames(
  source: ByteSource,
  start: FrameStart = { number: 0, offsetBytes: 0 },
): AsyncGenerator<FrameBatch, void, void> {
  let held = new Uint8Array(0);
  let { number, offsetBytes } = start;
  for await (const chunk of source.stream(offsetBytes)) {
    const bytes = held.length === 0 ? chunk : joinBytes([held, chunk], held.length + chunk.length);
    const frames: PlacedFrame[] = [];
    let at = 0;
    let length = lengthAt(bytes, at);
    for (; length !== null && length <= frameLimitBytes && at + lengthBytes + length <= bytes.length; length = lengthAt(bytes, at)) {
      frames.push({ bytes: bytes.subarray(at + lengthBytes, at + lengthBytes + length), number: number++, offsetBytes });
      at += lengthBytes + length;
      offsetBytes += lengthBytes + length;
    }
    held = bytes.slice(at);
    if (length !== null && length > frameLimitBytes) return yield { frames, rest: restOf(held, number, offsetBytes) };
    yield { frames, rest: null };
  }
  if (held.length > 0) yield { frames: [], rest: restOf(held, number, offsetBytes) };
}

function lengthAt(bytes: Uint8Array, at: number): number | null {
  if (at + lengthBytes > bytes.length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset + at, lengthBytes).getUint32(0);
}

const restOf = (held: Uint8Array, number: number, offsetBytes: number): PlacedFrame => ({
  bytes: held.slice(0, restLimitBytes),
  number,
  offsetBytes,
});

// What the head and the blocks of a zstd frame say of its content (RFC 8878 §3.1.1), read before anything is unfolded.

import { CamphorError } from '../model/error';

const magic = 0xfd2fb528;
const blockLimitBytes = 128 * 1024;

interface FrameHead {
  /** Null where the frame does not state it. */
  readonly contentBytes: number | null;
  readonly headBytes: number;
  readonly blockBytes: number;
  readonly hasChecksum: boolean;
}

/** The window's size by its descriptor (§3.1.1.1.2): an exponent of 5 bits and a mantissa of 3. */
function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(bytes: DataView, at: number, fieldBytes: number): number | null {
  if (fieldBytes === 0) return null;
  if (fieldBytes === 1) return bytes.getUint8(at);
  if (fieldBytes === 2) return bytes.getUint16(at, true) + 256;
  return fieldBytes === 4 ? bytes.getUint32(at, true) : Number(bytes.getBigUint64(at, true));
}

/** Throws CamphorError `damaged` for what is no frame, or one that needs a dictionary. */
function frameHead(bytes: DataView): FrameHead {
  if (bytes.byteLength < 6 || bytes.getUint32(0, true) !== magic) throw new CamphorError('damaged');
  const descriptor = bytes.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const flag = descriptor >> 6;
  const fieldBytes = flag === 0 ? (single ? 1 : 0) : 1 << flag;
  const at = single ? 5 : 6;
  if ((descriptor & 0x0b) !== 0 || at + fieldBytes > bytes.byteLength) throw new CamphorError('damaged');
  const contentBytes = contentSize(bytes, at, fieldBytes);
  const window = single ? (contentBytes ?? 0) : windowBytes(bytes.getUint8(5));
  return { contentBytes, headBytes: at + fieldBytes, blockBytes: Math.min(window, blockLimitBytes), hasChecksum: (descriptor & 4) !== 0 };
}

/** The most that the blocks can unfold to. Throws CamphorError `damaged` where they do not end where the frame does. */
function blocksBound(bytes: DataView, head: FrameHead): number {
  const end = bytes.byteLength - (head.hasChecksum ? 4 : 0);
  let bound = 0;
  for (let at = head.headBytes; at + 3 <= end;) {
    const header = bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
    const kind = (header >> 1) & 3;
    const size = header >> 3;
    if (kind === 3) break;
    bound += kind === 2 ? head.blockBytes : size;
    at += 3 + (kind === 1 ? 1 : size);
    if ((header & 1) === 1 && at === end) return bound;
    if ((header & 1) === 1) break;
  }
  throw new CamphorError('damaged');
}

/**
 * What to hold ready for the content of the one frame that `packed` is: its stated size, else what its blocks can hold at
 * most, and never more than `limitBytes`. Throws CamphorError `damaged` for anything else than one whole frame, and for a
 * stated size beyond the limit or beyond what the blocks can hold.
 */
export function frameCapacity(packed: Uint8Array, limitBytes: number): { readonly capacityBytes: number; readonly isStated: boolean } {
  const bytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const head = frameHead(bytes);
  const bound = blocksBound(bytes, head);
  const stated = head.contentBytes;
  if (stated === null) return { capacityBytes: Math.min(bound, limitBytes), isStated: false };
  if (stated > limitBytes || stated > bound) throw new CamphorError('damaged');
  return { capacityBytes: stated, isStated: true };
}

/** Number of the dictionary that the frame was packed with; 0 for none, null for what is no frame (RFC 8878 §3.1.1.1). */
export function dictionaryOf(packed: Uint8Array): number | null {
  const bytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.byteLength < 6 || bytes.getUint32(0, true) !== magic) return null;
  const descriptor = bytes.getUint8(4);
  const at = (descriptor & 0x20) === 0 ? 6 : 5;
  const sizeBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  if (sizeBytes === 0) return 0;
  if (at + sizeBytes > bytes.byteLength) return null;
  return sizeBytes === 1 ? bytes.getUint8(at) : sizeBytes === 2 ? bytes.getUint16(at, true) : bytes.getUint32(at, true);
}

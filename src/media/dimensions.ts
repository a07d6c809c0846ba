// Width and height of a picture from its header, as it is shown: a JPEG's Exif orientation is taken into account.
// JPEG: ITU-T T.81 §B, Exif 2.32 §4.6; PNG: ISO/IEC 15948 §11.2; GIF89a; WebP: RFC 9649; AVIF and HEIC: ISO/IEC 23008-12 `ispe`.

import { readOrientation } from './exif';

export interface Dimensions {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Enough of a file for nearly every header; a JPEG may have its size behind a long colour profile. */
export const dimensionsHeadBytes = 256 << 10;

/** Dimensions of a JPEG, PNG, GIF, WebP, BMP, AVIF or HEIC that begins with `head`; null where they are not there or zero. */
export function readDimensions(head: Uint8Array, mime: string): Dimensions | null {
  const read = readers.get(mime);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let found: readonly [number, number] | null = null;
  try {
    found = read?.(view) ?? null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the header is cut short
  }
  return found && found[0] > 0 && found[1] > 0 ? { widthPx: found[0], heightPx: found[1] } : null;
}

type ReadSize = (view: DataView) => readonly [widthPx: number, heightPx: number] | null;

const readers: ReadonlyMap<string, ReadSize> = new Map<string, ReadSize>([
  ['image/jpeg', readJpeg],
  ['image/png', (view) => [view.getUint32(16), view.getUint32(20)]],
  ['image/gif', (view) => [view.getUint16(6, true), view.getUint16(8, true)]],
  ['image/webp', readWebp],
  ['image/bmp', readBitmap],
  ['image/avif', readLargestItem],
  ['image/heic', readLargestItem],
  // WeChat's own kind, as its public sample has it (wxgf.ts).
  ['image/x-wxgf', (view) => [view.getUint16(7), view.getUint16(9)]],
]);

/** Walks the segments to the frame header; each segment gives its length. */
function readJpeg(view: DataView): readonly [number, number] | null {
  let orientation = 1;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // padding
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const size = [view.getUint16(at + 7), view.getUint16(at + 5)] as const;
      return orientation >= 5 ? [size[1], size[0]] : size;
    }
    const lengthBytes = view.getUint16(at + 2);
    if (lengthBytes < 2 || marker === 0xda) return null;
    if (marker === 0xe1) orientation = readOrientation(view, at + 4, at + 2 + lengthBytes) ?? orientation;
    at += 2 + lengthBytes;
  }
}

function readWebp(view: DataView): readonly [number, number] | null {
  const form = view.getUint32(12);
  if (form === 0x56503820) return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff]; // 'VP8 '
  if (form === 0x5650384c) {
    const bits = view.getUint32(21, true); // 'VP8L'
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  if (form !== 0x56503858) return null; // 'VP8X'
  return [(view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1];
}

function readBitmap(view: DataView): readonly [number, number] {
  if (view.getUint32(14, true) === 12) return [view.getUint16(18, true), view.getUint16(20, true)];
  return [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
}

/** The largest `ispe` property: a picture may hold a thumbnail and tiles besides. */
function readLargestItem(view: DataView): readonly [number, number] | null {
  let largest: readonly [number, number] | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0x69 || view.getUint32(at) !== 0x69737065) continue;
    const size = [view.getUint32(at + 8), view.getUint32(at + 12)] as const;
    if (!largest || size[0] * size[1] > largest[0] * largest[1]) largest = size;
  }
  return largest;
}

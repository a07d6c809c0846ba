// Small pictures for lists, made in a worker by the engine's own decoder.

import { freeBytes } from '../model/free-bytes';
import { type Dimensions, dimensionsHeadBytes, readDimensions } from './dimensions';
import { isInlineType } from './inline-types';
import { sniffMedia } from './sniff';

export interface Thumbnail {
  readonly bytes: Uint8Array;
  /** `image/webp`, or `image/jpeg` where the engine writes no WebP. */
  readonly mime: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Longer side of a thumbnail. */
export const thumbnailSidePx = 320;
/** A decoded pixel takes four bytes: 52 million are what the larger phone cameras make, and 208 MB. */
export const thumbnailPixelLimit = 52_000_000;
const quality = 0.8;
/** Of WeChat's own pictures. */
const wxgfMime = 'image/x-wxgf';

interface Decodable {
  readonly mime: string;
  readonly size: Dimensions;
}

/** What may be decoded, by its first bytes; null for all else. */
function decodableBy(head: Uint8Array): Decodable | null {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') return null;
  const { mime, kind } = sniffMedia(head);
  const size = kind === 'image' && (isInlineType(mime) || mime === wxgfMime) ? readDimensions(head, mime) : null;
  return size && size.widthPx * size.heightPx <= thumbnailPixelLimit ? { mime, size } : null;
}

const decode = (picture: Blob, { mime, size }: Decodable): Promise<ImageBitmap | null> =>
  mime === wxgfMime ? decodeOwnKind(picture, size) : createImageBitmap(picture.slice(0, picture.size, mime)).catch(() => null);

/**
 * A picture, decoded; to be closed. Null where this engine cannot decode it, it is not known to be a picture, or it has too many
 * pixels (which its header says before anything is decoded).
 */
export async function decodePicture(picture: Blob): Promise<ImageBitmap | null> {
  const head = new Uint8Array(await picture.slice(0, dimensionsHeadBytes).arrayBuffer());
  const decodable = decodableBy(head);
  freeBytes(head);
  return decodable && decode(picture, decodable);
}

/**
 * A thumbnail of a picture, or null where it cannot be decoded. Never larger than the picture. Only of what can be decoded a Blob is
 * made, since the engine copies what is in one.
 */
export async function makeThumbnail(picture: Uint8Array<ArrayBuffer>): Promise<Thumbnail | null> {
  const decodable = decodableBy(picture.subarray(0, dimensionsHeadBytes));
  const bitmap = decodable && (await decode(new Blob([picture]), decodable));
  if (!bitmap) return null;
  try {
    return await drawSmall(bitmap);
  } finally {
    bitmap.close();
  }
}

/** A picture of WeChat's own kind, where this engine decodes HEVC. */
async function decodeOwnKind(picture: Blob, size: Dimensions): Promise<ImageBitmap | null> {
  const { decodeWxgf } = await import('./wxgf');
  const frame = await decodeWxgf(picture, size);
  return frame === null ? null : createImageBitmap(frame).finally(() => frame.close());
}

async function drawSmall(bitmap: ImageBitmap): Promise<Thumbnail | null> {
  const scale = Math.min(1, thumbnailSidePx / Math.max(bitmap.width, bitmap.height));
  const widthPx = Math.max(1, Math.round(bitmap.width * scale));
  const heightPx = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, widthPx, heightPx);
  let image = await canvas.convertToBlob({ type: 'image/webp', quality });
  if (image.type !== 'image/webp') {
    // JPEG knows no transparency; white is what most pictures are drawn on.
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = 'white';
    context.fillRect(0, 0, widthPx, heightPx);
    image = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  }
  // Its points are given back at once, and not when the collector comes by.
  canvas.width = canvas.height = 0;
  return { bytes: new Uint8Array(await image.arrayBuffer()), mime: image.type, widthPx, heightPx };
}

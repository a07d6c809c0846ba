// Pictures of messages as JPEGs in the file, no larger than print can show, decoded one at a time.

import { decodePicture } from '../../../media/thumbnail';
import type { Sha256Hex } from '../../../model/ids';
import type { PictureSource } from '../picture-shelf';
import type { PdfFile } from './pdf-file';

export interface PutPicture {
  readonly number: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Longer side: 300 pixels an inch where it is shown largest. */
const sidePx = 1000;
const quality = 0.78;

/** Each picture is in the file once, however often it was sent. Gives null for one that cannot be decoded. */
export function createPictures(file: PdfFile, source: PictureSource): (sha256: Sha256Hex) => Promise<PutPicture | null> {
  const known = new Map<Sha256Hex, PutPicture | null>();
  const put = async (sha256: Sha256Hex): Promise<PutPicture | null> => {
    for await (const blob of source.read(sha256)) {
      const jpeg = await shrink(blob);
      if (jpeg === null) continue;
      const number = file.reserve();
      const entries = `/Type /XObject /Subtype /Image /Width ${jpeg.widthPx} /Height ${jpeg.heightPx} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`;
      file.putStream(number, entries, jpeg.bytes, 'as-is');
      return { number, widthPx: jpeg.widthPx, heightPx: jpeg.heightPx };
    }
    source.leaveOut(sha256);
    return null;
  };
  return async (sha256) => {
    const found = known.get(sha256);
    if (found !== undefined) return found;
    const picture = await put(sha256);
    known.set(sha256, picture);
    return picture;
  };
}

interface Jpeg {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly widthPx: number;
  readonly heightPx: number;
}

async function shrink(picture: Blob): Promise<Jpeg | null> {
  const bitmap = await decodePicture(picture);
  if (bitmap === null) return null;
  try {
    const scale = Math.min(1, sidePx / Math.max(bitmap.width, bitmap.height));
    const widthPx = Math.max(1, Math.round(bitmap.width * scale));
    const heightPx = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    // JPEG knows no transparency: what is transparent shows the paper.
    context.fillStyle = 'white';
    context.fillRect(0, 0, widthPx, heightPx);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, widthPx, heightPx);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    return blob.type === 'image/jpeg' ? { bytes: new Uint8Array(await blob.arrayBuffer()), widthPx, heightPx } : null;
  } finally {
    bitmap.close();
  }
}

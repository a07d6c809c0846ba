// The pictures of an export that draws them itself: what is to be drawn is handed out when its place has come, one at a time.

import { isInlineType } from '../../media/inline-types';
import type { MessageExportResult } from '../../model/export';
import type { Sha256Hex } from '../../model/ids';
import { type ArchiveReader, isHere, type MediaEntry } from '../../vault/archive';
import { isDamage, keyOf, type MediaShelf } from './media-shelf';

export interface PictureSource {
  /** The picture, then its thumbnail, to be tried in turn; nothing where they are not here or damaged. */
  read(sha256: Sha256Hex): AsyncGenerator<Blob, void, void>;
  /** Says that it was not drawn. */
  leaveOut(sha256: Sha256Hex): void;
}

export type PictureShelf = Pick<MediaShelf, 'place' | 'beside' | 'counts'> & PictureSource;

/** A picture with more bytes is drawn as its thumbnail. */
const pictureBytes = 48 * 1024 * 1024;
const isPicture = ({ mime }: Pick<MediaEntry, 'mime'>): boolean => mime.startsWith('image/') && isInlineType(mime);

/** Pictures are `inside`, without a `data:` address; all other files are named only. */
export function createPictureShelf(reader: ArchiveReader): PictureShelf {
  const drawn = new Set<Sha256Hex>();
  const leftOut = new Set<Sha256Hex>();
  return {
    counts: (): Pick<MessageExportResult, 'media' | 'leftOutMedia'> => ({ media: drawn.size, leftOutMedia: leftOut.size }),
    async place(attachment) {
      const { name, sha256 } = attachment;
      const file = { attachment, name: name ?? '', path: null, inside: null, dataUrl: null };
      if (sha256 === null || leftOut.has(sha256)) return file;
      const entry = drawn.has(sha256) ? null : await reader.media(sha256);
      const isDrawn = drawn.has(sha256) || (entry !== null && isPicture(entry) && (isHere(entry) || entry.thumbnail !== null));
      (isDrawn ? drawn : leftOut).add(sha256);
      return isDrawn ? { ...file, inside: keyOf(sha256) } : file;
    },
    async *beside() {},
    async *read(sha256) {
      const entry = await reader.media(sha256);
      if (entry === null) return;
      const whole = isHere(entry) && entry.sizeBytes <= pictureBytes;
      const bytes = whole ? await unlessDamaged(reader.openMedia(entry).read(0, entry.sizeBytes)) : null;
      if (bytes !== null) yield new Blob([bytes as Uint8Array<ArrayBuffer>], { type: entry.mime });
      const small = entry.thumbnail === null ? null : await unlessDamaged(reader.readThumbnail(entry));
      if (small !== null) yield new Blob([small as Uint8Array<ArrayBuffer>], { type: entry.thumbnail?.mime ?? '' });
    },
    leaveOut(sha256) {
      if (drawn.delete(sha256)) leftOut.add(sha256);
    },
  };
}

/** What was read; null where it is damaged. */
async function unlessDamaged(reading: Promise<Uint8Array | null>): Promise<Uint8Array | null> {
  try {
    return await reading;
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

// Media as Blobs for the screen. Only types on the caller's list keep their name; everything else is bytes to save.

import { CamphorError } from '../model/error';
import type { Sha256Hex } from '../model/ids';
import type { MediaView } from '../model/view';
import { type ArchiveReader, isHere } from '../vault/archive';

const opaque = 'application/octet-stream';

export async function mediaView(reader: ArchiveReader, sha256: Sha256Hex): Promise<MediaView | null> {
  const entry = await reader.media(sha256);
  if (entry === null) return null;
  const { mime, sizeBytes, widthPx, heightPx } = entry;
  return { sha256, mime, sizeBytes, widthPx, heightPx, isHere: isHere(entry) };
}

/** The whole medium; each chunk is authenticated as it is read. Throws `not-found` (`medium-elsewhere` where it lies elsewhere only), `tampered`. */
export async function readMedia(reader: ArchiveReader, sha256: Sha256Hex, inlineTypes: Pick<ReadonlySet<string>, 'has'>): Promise<Blob> {
  const entry = await reader.media(sha256);
  if (entry === null) throw new CamphorError('not-found', { what: 'media' });
  const parts: BlobPart[] = [];
  for await (const chunk of reader.openMedia(entry).stream()) parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  return new Blob(parts, { type: inlineTypes.has(entry.mime) ? entry.mime : opaque });
}

/** Null where the medium has no thumbnail, or is not there. */
export async function readThumbnail(
  reader: ArchiveReader,
  sha256: Sha256Hex,
  inlineTypes: Pick<ReadonlySet<string>, 'has'>,
): Promise<Blob | null> {
  const entry = await reader.media(sha256);
  if (entry === null || entry.thumbnail === null) return null;
  const bytes = await reader.readThumbnail(entry);
  if (bytes === null) return null;
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: inlineTypes.has(entry.thumbnail.mime) ? entry.thumbnail.mime : opaque });
}

// The media of an export: which are written beside the messages, under which names, and which are small enough to be inside.

import { encodeBase64 } from '../../bytes/base64';
import type { Attachment } from '../../model/message';
import { CamphorError } from '../../model/error';
import type { MessageExport, MessageExportResult } from '../../model/export';
import type { Sha256Hex } from '../../model/ids';
import { isInlineType } from '../../media/inline-types';
import { type ArchiveReader, isHere, type MediaEntry } from '../../vault/archive';
import type { WrittenFile } from './message-writer';

export interface MediaShelf {
  /** The attachment as it can be pointed at. */
  place(attachment: Attachment): Promise<WrittenFile>;
  /** Those that lie beside, each once, with what they are called there. Whole: one that is damaged is left out. */
  beside(): AsyncGenerator<{ readonly path: string; readonly bytes: AsyncIterable<Uint8Array> }>;
  /** So far. */
  counts(): Pick<MessageExportResult, 'media' | 'leftOutMedia'>;
}

/** What lies inside is a page's own weight: a picture that is larger is shown as its thumbnail, other files are only named. */
const insideBytes = 96 * 1024;
const allInsideBytes = 96 * 1024 * 1024;
/** Read whole before it is written; what is larger is read twice. */
const heldBytes = 8 * 1024 * 1024;
/** Documents of these types run script when they are opened from a disk. */
const activeTypes = new Set(['text/html', 'image/svg+xml', 'application/xml', 'application/xhtml+xml', 'text/xml']);

const codesOfDamage = new Set(['tampered', 'damaged', 'not-found']);
/** True where bytes are not what they were, or gone. */
export const isDamage = (error: unknown): boolean => error instanceof CamphorError && codesOfDamage.has(error.code);

/** Small media as `data:` addresses, until they are too much for one page; null for the others. */
function insidePlaces(reader: ArchiveReader): (entry: MediaEntry) => Promise<string | null> {
  let filledBytes = 0;
  return async (entry) => {
    const small = await readSmall(reader, entry);
    if (small === null || filledBytes + small.bytes.length > allInsideBytes) return null;
    filledBytes += small.bytes.length;
    return `data:${small.mime};base64,${encodeBase64(small.bytes)}`;
  };
}

type Place = Pick<WrittenFile, 'path' | 'inside' | 'dataUrl'>;
const nowhere: Place = { path: null, inside: null, dataUrl: null };

/** 64 bits tell the media of one page apart. */
export const keyOf = (sha256: Sha256Hex): string => sha256.slice(0, 16);

/** `fileNameOf`: a name of our own by hash and type. */
export function createMediaShelf(
  reader: ArchiveReader,
  how: MessageExport['media'],
  fileNameOf: (entry: Pick<MediaEntry, 'sha256' | 'mime'>) => string,
): MediaShelf {
  const placed = new Map<Sha256Hex, MediaEntry>();
  const inside = new Set<Sha256Hex>();
  const leftOut = new Set<Sha256Hex>();
  const placeInside = insidePlaces(reader);
  const besideOf = (entry: MediaEntry): string => `media/${fileNameOf(entry)}${activeTypes.has(entry.mime) ? '.txt' : ''}`;
  const placeOf = async (sha256: Sha256Hex): Promise<Place> => {
    if (inside.has(sha256)) return { ...nowhere, inside: keyOf(sha256) };
    const entry = placed.get(sha256) ?? (await reader.media(sha256));
    if (how === 'beside' && entry !== null && isHere(entry)) {
      placed.set(sha256, entry);
      return { ...nowhere, path: besideOf(entry) };
    }
    const dataUrl = how === 'inside' && entry !== null ? await placeInside(entry) : null;
    (dataUrl === null ? leftOut : inside).add(sha256);
    return dataUrl === null ? nowhere : { path: null, inside: keyOf(sha256), dataUrl };
  };
  return {
    counts: () => ({ media: placed.size + inside.size, leftOutMedia: leftOut.size }),
    async place(attachment) {
      const { name, sha256 } = attachment;
      const where = how === 'none' || sha256 === null ? nowhere : await placeOf(sha256);
      return { attachment, name: name ?? '', ...where };
    },
    async *beside() {
      for (const [sha256, entry] of placed) {
        const bytes = await openWhole(reader, entry);
        if (bytes !== null) yield { path: besideOf(entry), bytes };
        else if (placed.delete(sha256)) leftOut.add(sha256);
      }
    },
  };
}

/** The medium, or its thumbnail; null where neither is small and safe to show. */
async function readSmall(reader: ArchiveReader, entry: MediaEntry): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
  try {
    if (isHere(entry) && entry.sizeBytes <= insideBytes && isInlineType(entry.mime))
      return { mime: entry.mime, bytes: await reader.openMedia(entry).read(0, entry.sizeBytes) };
    const { thumbnail } = entry;
    const bytes = thumbnail !== null && isInlineType(thumbnail.mime) ? await reader.readThumbnail(entry) : null;
    return thumbnail === null || bytes === null || bytes.length > insideBytes ? null : { mime: thumbnail.mime, bytes };
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

/** Its bytes, of which it is known that all of them can be read; null where they cannot. */
async function openWhole(reader: ArchiveReader, entry: MediaEntry): Promise<AsyncIterable<Uint8Array> | null> {
  try {
    const source = reader.openMedia(entry);
    if (entry.sizeBytes > heldBytes) {
      let readBytes = 0;
      for await (const chunk of source.stream()) readBytes += chunk.length;
      return readBytes === entry.sizeBytes ? source.stream() : null;
    }
    const bytes = await source.read(0, entry.sizeBytes);
    return (async function* () {
      yield bytes;
    })();
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

// Which messages of one segment lie on which shelf. Segments never change, so it holds for ever.

import type { GalleryShelf } from '../../model/gallery';
import type { Attachment } from '../../model/message';
import { messageKinds } from '../../model/record';
import type { SegmentColumns } from '../../vault/archive';

/** Messages of a shelf in the order of time: their places in the segment, and when they were sent. */
export interface Shelf {
  readonly places: Uint16Array;
  readonly sentAtMs: Float64Array;
}

const shelfByKind: Readonly<Partial<Record<Attachment['kind'], GalleryShelf>>> = {
  image: 'media',
  video: 'media',
  animation: 'media',
  file: 'files',
  audio: 'files',
  voice: 'voice',
};

const linkKind = messageKinds.indexOf('link');
const address = /https?:\/\/|www\./i;

function shelfOf(places: readonly number[], sentAtMs: Float64Array | undefined): Shelf {
  return { places: Uint16Array.from(places), sentAtMs: Float64Array.from(places, (place) => sentAtMs?.[place] ?? 0) };
}

/** Of `times` and `rest`: messages that have attachments of the shelf's kinds, whatever their own kind. What the archive lacked is left out. */
export function attachedShelves({ times, rest }: SegmentColumns): Readonly<Record<Exclude<GalleryShelf, 'links'>, Shelf>> {
  const places: Record<GalleryShelf, number[]> = { media: [], files: [], voice: [], links: [] };
  for (const [place, { attachments }] of (rest ?? []).entries()) {
    const shelves = new Set(attachments.map(({ kind, sha256 }) => (sha256 === null ? undefined : shelfByKind[kind])));
    for (const shelf of shelves) if (shelf !== undefined) places[shelf].push(place);
  }
  const sent = times?.sentAtMs;
  return { media: shelfOf(places.media, sent), files: shelfOf(places.files, sent), voice: shelfOf(places.voice, sent) };
}

/** Of `times`, `kinds` and `text`: messages that are links or hold one, as `has:link` of the search. */
export function linkShelf({ times, kinds, text }: SegmentColumns): Shelf {
  const places: number[] = [];
  let from = 0;
  for (const [place, end] of (text?.ends ?? []).entries()) {
    if (kinds?.[place] === linkKind || address.test((text?.joined ?? '').slice(from, end))) places.push(place);
    from = end;
  }
  return shelfOf(places, times?.sentAtMs);
}

// The gallery of a conversation: what lies on a shelf, the newest first, counted by month and read a stretch at a time.

import type { Cache, CacheBudget } from '../../model/cache-budget';
import { CamphorError } from '../../model/error';
import type { GalleryShelf, GalleryView } from '../../model/gallery';
import type { SegmentId } from '../../model/ids';
import { zoneOffsetMin } from '../../model/time';
import type { MessageView } from '../../model/view';
import type { ConversationEntry, SegmentEntry } from '../../vault/archive';
import { labelOf } from '../calendar';
import { type PageContext, viewsAt } from '../pages';
import { firstPositions } from '../segments';
import { attachedShelves, linkShelf, type Shelf } from './segment-shelves';

export interface Gallery {
  view(context: PageContext, entry: ConversationEntry, shelf: GalleryShelf, zone: string): Promise<GalleryView>;
  /** Messages `from` to `to` of the shelf, the newest being 0. */
  items(context: PageContext, entry: ConversationEntry, shelf: GalleryShelf, from: number, to: number): Promise<readonly MessageView[]>;
}

/** Messages of one answer. */
export const galleryStep = 200;

/** What lies on a shelf of a whole conversation, in the order of time. */
interface Row {
  readonly positions: Uint32Array;
  readonly sentAtMs: Float64Array;
  readonly unreadMessages: number;
}

const noShelf: Shelf = { places: new Uint16Array(), sentAtMs: new Float64Array() };

async function readShelf(context: PageContext, { id }: SegmentEntry, shelf: GalleryShelf, kept: Kept): Promise<Shelf | null> {
  const { reader } = context;
  try {
    if (shelf === 'links') return await kept.links.get(id, async () => linkShelf(await reader.readColumns(id, ['times', 'kinds', 'text'])));
    return (await kept.attached.get(id, async () => attachedShelves(await reader.readColumns(id, ['times', 'rest']))))[shelf];
  } catch (error) {
    if (error instanceof CamphorError && (error.code === 'damaged' || error.code === 'tampered')) return null;
    throw error;
  }
}

interface Kept {
  readonly attached: Cache<SegmentId, ReturnType<typeof attachedShelves>>;
  readonly links: Cache<SegmentId, Shelf>;
}

async function readRow(context: PageContext, entry: ConversationEntry, shelf: GalleryShelf, kept: Kept): Promise<Row> {
  const first = firstPositions(entry.segments);
  const shelves: Shelf[] = [];
  let unreadMessages = 0;
  for (const segment of entry.segments) {
    const found = await readShelf(context, segment, shelf, kept);
    if (found === null) unreadMessages += segment.messageCount;
    shelves.push(found ?? noShelf);
  }
  const count = shelves.reduce((sum, { places }) => sum + places.length, 0);
  const positions = new Uint32Array(count);
  const sentAtMs = new Float64Array(count);
  let at = 0;
  for (const [index, one] of shelves.entries()) {
    for (const [place, within] of one.places.entries()) {
      positions[at] = (first[index] ?? 0) + within;
      sentAtMs[at] = one.sentAtMs[place] ?? 0;
      at += 1;
    }
  }
  return { positions, sentAtMs, unreadMessages };
}

const monthOf = (wallMs: number): string => {
  const date = new Date(wallMs);
  return labelOf({ year: date.getUTCFullYear(), month: date.getUTCMonth(), day: null });
};

/** As the newest come first, a month that a clock set back would begin again goes on. */
function monthsOf(sentAtMs: Float64Array, zone: string): GalleryView['months'] {
  const months: [string, number][] = [];
  for (const atMs of sentAtMs.toReversed()) {
    const month = monthOf(atMs + zoneOffsetMin(zone, atMs) * 60_000);
    const last = months.at(-1);
    if (last !== undefined && month >= last[0]) last[1] += 1;
    else months.push([month, 1]);
  }
  return months;
}

const shelfBytes = ({ places, sentAtMs }: Shelf): number => places.byteLength + sentAtMs.byteLength + 200;
const shelvesBytes = (shelves: ReturnType<typeof attachedShelves>): number =>
  Object.values(shelves).reduce((sum, shelf) => sum + shelfBytes(shelf), 0);

export function createGallery(caches: CacheBudget): Gallery {
  const kept: Kept = { attached: caches.cache(shelvesBytes), links: caches.cache(shelfBytes) };
  const rows = caches.cache<string, Row>(({ positions, sentAtMs }) => positions.byteLength + sentAtMs.byteLength);
  const rowOf = (context: PageContext, entry: ConversationEntry, shelf: GalleryShelf): Promise<Row> =>
    rows.get(`${context.reader.contentNumber} ${entry.id} ${entry.parts?.length ?? 1} ${shelf}`, () =>
      readRow(context, entry, shelf, kept),
    );
  return {
    view: async (context, entry, shelf, zone) => {
      const { sentAtMs, unreadMessages } = await rowOf(context, entry, shelf);
      return { count: sentAtMs.length, months: monthsOf(sentAtMs, zone), unreadMessages };
    },
    items: async (context, entry, shelf, from, to) => {
      const { positions } = await rowOf(context, entry, shelf);
      const end = positions.length - Math.max(0, Math.trunc(from));
      const begin = Math.max(0, positions.length - Math.trunc(to), end - galleryStep);
      const wanted = positions.subarray(Math.min(begin, end), Math.max(0, end));
      return (await viewsAt(context, entry, wanted)).toReversed();
    },
  };
}

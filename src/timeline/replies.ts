// What a reply replies to: looked for in the segments at hand and the few before them; further back by the source's ids,
// which many sources count upwards.

import type { Message } from '../model/message';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { firstPositions, idNumber } from './segments';
import type { OpenSegments } from './segments';

export interface FoundMessage {
  readonly position: number;
  readonly message: Message;
}

/** Each costs some 10 ms to open; most replies are to messages of the same day. */
const earlierSegments = 2;
/** Segments opened for the far replies of one page, at most. */
const farSegments = 6;

interface Search {
  readonly reader: ArchiveReader;
  readonly open: OpenSegments;
  readonly entry: ConversationEntry;
  readonly first: Uint32Array;
  readonly found: Map<string, FoundMessage>;
}

/** The messages with these ids of the source, as far as they can be found; the page lies in segments `firstPlace` to `lastPlace`. */
export async function findBySourceId(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  sourceIds: ReadonlySet<string>,
  firstPlace: number,
  lastPlace: number,
): Promise<ReadonlyMap<string, FoundMessage>> {
  // prettier-ignore
  const search: Search = { reader, open, entry, first: firstPositions(entry.segments), found: new Map() };
  const nearest = Math.max(0, firstPlace - earlierSegments);
  for (let place = lastPlace; place >= nearest && search.found.size < sourceIds.size; place--) await lookIn(search, place, sourceIds);
  const far = new Set<number>();
  for (const id of sourceIds) {
    if (search.found.has(id)) continue;
    const place = await placeOfId(search, idNumber(id), nearest);
    if (place !== null) far.add(place);
  }
  for (const place of [...far].toSorted((a, b) => b - a).slice(0, farSegments)) await lookIn(search, place, sourceIds);
  return search.found;
}

async function lookIn({ reader, open, entry, first, found }: Search, place: number, sourceIds: ReadonlySet<string>): Promise<void> {
  const segment = entry.segments[place];
  if (segment === undefined) return;
  for (const [index, message] of (await open.messages(reader, segment.id)).entries()) {
    const id = message.sourceId;
    if (id !== null && sourceIds.has(id) && !found.has(id)) found.set(id, { position: (first[place] ?? 0) + index, message });
  }
}

/** The segment before `end` whose ids enclose `id`, by bisection; null where none does, or where ids do not follow time. */
async function placeOfId({ reader, open, entry }: Search, id: number, end: number): Promise<number | null> {
  let low = 0;
  let high = Number.isNaN(id) ? 0 : end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const segment = entry.segments[middle];
    const bounds = segment === undefined ? null : await open.idBounds(reader, segment.id);
    if (bounds === null) return null;
    if (id < bounds.least) high = middle;
    else if (id > bounds.greatest) low = middle + 1;
    else return middle;
  }
  return null;
}

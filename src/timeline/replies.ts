// What a reply replies to: looked for in the segments at hand, then in a bounded number of earlier ones.

import type { Message } from '../model/message';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { firstPositions } from './segments';
import type { OpenSegments } from './segments';

export interface FoundMessage {
  readonly position: number;
  readonly message: Message;
}

/** Each costs some 10 ms to open; most replies are to messages of the same day. */
const earlierSegments = 2;

/** The messages with these ids of the source, as far as they lie in segment `lastPlace` or one of the few before `firstPlace`. */
export async function findBySourceId(
  reader: ArchiveReader,
  open: OpenSegments,
  entry: ConversationEntry,
  sourceIds: ReadonlySet<string>,
  firstPlace: number,
  lastPlace: number,
): Promise<ReadonlyMap<string, FoundMessage>> {
  // prettier-ignore
  const found = new Map<string, FoundMessage>();
  const first = firstPositions(entry.segments);
  const leastPlace = Math.max(0, firstPlace - earlierSegments);
  for (let place = lastPlace; place >= leastPlace && found.size < sourceIds.size; place--) {
    const segment = entry.segments[place];
    if (segment === undefined) continue;
    for (const [index, message] of (await open.messages(reader, segment.id)).entries()) {
      const id = message.sourceId;
      if (id !== null && sourceIds.has(id)) found.set(id, { position: (first[place] ?? 0) + index, message });
    }
  }
  return found;
}

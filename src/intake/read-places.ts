// Messages of a snapshot by their places, as they stream from the files of its months.

import { readMessage } from '../importers/camphor/read-message';
import { problemOf, readJsonLines } from '../importers/camphor/snapshot';
import type { Place, PortableMessage } from '../model/portable';
import type { LoadedConversation, LoadedMonth, LoadedSnapshot, SnapshotProblems } from './load-snapshot';

export interface Placed {
  readonly place: Place;
  readonly message: PortableMessage;
}

/**
 * Batches of a month. What cannot be read is a problem and leaves its place empty. Lines more than were declared have places
 * behind all others: nobody says that he held them.
 */
export async function* readPlaces(
  { snapshot }: LoadedSnapshot,
  conversation: LoadedConversation,
  { entry, month, firstPlace, messages }: LoadedMonth,
  problems: SnapshotProblems,
): AsyncGenerator<readonly Placed[], void, void> {
  let line = 0;
  for await (const batch of readJsonLines(snapshot.files, entry, readMessage)) {
    const placed: Placed[] = [];
    for (const parsed of batch) {
      const place = line < messages ? firstPlace + line : conversation.messages + firstPlace + line;
      line++;
      problems.take(parsed);
      if (parsed.value !== null) placed.push({ place, message: parsed.value });
    }
    yield placed;
  }
  if (line >= messages) return;
  const offsetBytes = snapshot.files.entries[entry]?.sizeBytes ?? 0;
  problems.add(problemOf('ends-early', '', `${month}: ${messages - line} messages`), { entry, offsetBytes, lengthBytes: 0 });
}

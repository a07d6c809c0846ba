// Who "me" is: DiscordChatExporter does not say. The archives of direct chats let it be guessed, since such a channel bears
// the other one's name.

import type { ConversationShape } from '../../model/record';
import type { Question } from '../importer';

/** Who wrote in a file, as far as its beginning tells. */
export interface Writers {
  readonly shape: ConversationShape;
  /** Names by ids. */
  readonly authors: ReadonlyMap<string, string>;
  /** Those of them who bear the channel's name, as the other side of a direct chat does. */
  readonly namesakes: ReadonlySet<string>;
}

/** So many files are looked into, and so many people are offered. */
const askedEntries = 50;
const optionLimit = 200;

/** The question `owner`; none where nobody is known to have written. `shape` unknown counts as direct where two wrote. */
export async function askOwner(
  entries: readonly number[],
  readWriters: (entry: number) => Promise<Writers | null>,
): Promise<readonly Question[]> {
  const people = new Map<string, string>();
  const sides = new Set<string>();
  for (const entry of entries.slice(0, askedEntries)) {
    const writers = await readWriters(entry);
    if (writers === null) continue;
    const { shape, authors, namesakes } = writers;
    const isDirect = shape === 'direct' || (shape === 'unknown' && authors.size === 2);
    for (const [id, name] of authors) {
      if (people.size < optionLimit && !people.has(id)) people.set(id, name);
      if (isDirect && namesakes.size > 0 && !namesakes.has(id)) sides.add(id);
    }
  }
  if (people.size === 0) return [];
  const options = [...people].map(([value, label]) => ({ value, label }));
  const guess = sides.size === 1 ? ([...sides][0] ?? null) : null;
  return [{ id: 'owner', options, guess, certain: false }];
}

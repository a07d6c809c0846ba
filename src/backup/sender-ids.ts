// Which ids the months of a conversation were written with: one hash for all of its people, where a hash of each month's own senders
// took a third of a later backup.

import type { PersonId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { ConversationEntry } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import { hashText } from './portable-id';

export interface SenderIds {
  /** Stands for the ids of all whom the conversation names. */
  readonly now: string;
  /** Whether those whom it named when that was `now` have the same ids still. */
  hold(then: string): boolean;
  has(person: PersonId): boolean;
}

/** As it is remembered: people in the order in which they were heard of, and how many there were each time that some were added. */
interface KnownPeople {
  readonly people: readonly PersonId[];
  readonly counts: readonly number[];
}

/** Ids are compared by what they are: it does not matter what became of the backup in which a month was written. */
export async function openSenderIds(
  { id, people }: Pick<ConversationEntry, 'id' | 'people'>,
  cache: BackupCache,
  personOf: (person: PersonId) => PortableId,
): Promise<SenderIds> {
  const key = `people/${id}`;
  const before = (cache.get(key) as KnownPeople | null) ?? { people: [], counts: [] };
  const all = new Set([...before.people, ...people]);
  const isGrown = all.size > before.people.length || before.counts.length === 0;
  const counts = isGrown ? [...before.counts, all.size] : before.counts;
  if (isGrown) await cache.set(key, { people: [...all], counts } satisfies KnownPeople);
  const ids = Array.from(all, personOf);
  const holding = new Set<string>();
  let now = '';
  for (const [at, count] of counts.entries()) {
    now = hashText([now, ...ids.slice(counts[at - 1] ?? 0, count)].join());
    holding.add(now);
  }
  return { now, hold: (then) => holding.has(then), has: (person) => all.has(person) };
}

// Where one archive ends in the very tick in which another begins, equal messages may be the same or not. Unless some
// archive shows that tick whole, how many there are cannot be known: the greatest count shown is kept, and a problem says so.

import type { Entry } from './match-cell';
import { floorTo } from './image';
import type { Observation } from './observation';
import { openAtEnd, openAtStart } from './observation';

export interface Cut {
  readonly kept: number;
  readonly atMost: number;
}

/** Entries that are equal: by class, sender and text, and by the second where it is known. */
function groupKey(entry: Entry): string | null {
  const first = entry.seen[0]?.item;
  if (first === undefined || first.message.sourceId !== null) return null;
  const second = first.message.clock === 'minute' ? '' : floorTo(first.message.sentAtMs, 1000);
  return `${first.messageClass}\n${first.message.sender ?? ''}\n${second}\n${first.text}`;
}

/** Cuts that the import at position `importing` of the holders takes part in. */
export function findCuts(entries: readonly Entry[], importing: number): Cut[] {
  if (!entries.some((entry) => entry.seen.some(({ item }) => item.open !== 0))) return [];
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = groupKey(entry);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const cuts: Cut[] = [];
  for (const group of groups.values()) {
    const cut = findCut(group, importing);
    if (cut !== null) cuts.push(cut);
  }
  return cuts;
}

function findCut(group: readonly Entry[], importing: number): Cut | null {
  const shownBy = new Map<Observation, { shown: number; open: number }>();
  for (const entry of group) {
    for (const { observation, item } of entry.seen) {
      const count = shownBy.get(observation) ?? { shown: 0, open: 0 };
      shownBy.set(observation, { shown: count.shown + 1, open: count.open | item.open });
    }
  }
  let atEnd = 0;
  let atStart = 0;
  const contents = new Set<string>();
  for (const [observation, { shown, open }] of shownBy) {
    if (open === 0) return null;
    if (contents.has(observation.content())) continue;
    contents.add(observation.content());
    // An archive of a single tick is open on both sides, and stands on the one that is not taken yet.
    const isAtEnd = open === openAtEnd || (open !== openAtStart && atEnd <= atStart);
    if (isAtEnd) atEnd = Math.max(atEnd, shown);
    else atStart = Math.max(atStart, shown);
  }
  const takesPart = [...shownBy.keys()].some((observation) => observation.holders.includes(importing));
  const atMost = atEnd + atStart;
  return takesPart && atEnd > 0 && atStart > 0 && atMost > group.length ? { kept: group.length, atMost } : null;
}

// Whose archive it is, where it names nobody: the one who is in every conversation may be the owner.

import type { Question } from './importer';

/** So many people are offered. */
export const optionLimit = 200;

export interface MemberCount {
  /** Takes the members of one conversation, each with a name to show; one without members says nothing. */
  take(members: Iterable<readonly [idOrName: string, label: string | null]>): void;
  /** Those who may be the owner, those of the most conversations first; null where there are none. */
  question(): Question | null;
}

/** A count of who is in how many conversations. `others` may be the owner without being in any. */
export function countMembers(others: Iterable<string> = []): MemberCount {
  const counts = new Map<string, number>([...others].map((id) => [id, 0]));
  const labels = new Map<string, string>();
  let asked = 0;
  return {
    take(members) {
      const ids = new Set<string>();
      for (const [id, label] of members) {
        ids.add(id);
        if (label !== null) labels.set(id, label);
      }
      if (ids.size > 0) asked++;
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    },
    question() {
      if (counts.size === 0) return null;
      const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, optionLimit);
      const inAll = sorted.filter(([, count]) => count === asked);
      const guess = asked > 1 && inAll.length === 1 ? (inAll[0]?.[0] ?? null) : null;
      return { id: 'owner', options: sorted.map(([id]) => ({ value: id, label: labels.get(id) ?? id })), guess, certain: false };
    },
  };
}

// Which of the eight colours the names of people have.

import type { PersonId } from '../model/ids';
import type { PersonEntry } from '../vault/archive';

const hueCount = 8;
/** From one hue to another that is far from it, until all eight were had. */
const hueStep = 3;

/** 0..7, of the person alone: the same wherever and whenever they are shown. */
export function hueOf(id: PersonId): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % hueCount;
}

/**
 * Hues by person for those who are shown together, merged ones under the id that they are one by: up to eight people differ, and
 * where there are more, each hue has as many as another. Who comes first in `ids` keeps the hue that they have everywhere.
 */
export function huesAmong(ids: readonly PersonId[], people: ReadonlyMap<PersonId, PersonEntry>): ReadonlyMap<PersonId, number> {
  const hues = new Map<PersonId, number>();
  const uses = Array.from({ length: hueCount }, () => 0);
  for (const id of new Set(ids.map((each) => people.get(each)?.one ?? each))) {
    const wanted = uses.map((_, step) => (hueOf(id) + hueStep * step) % hueCount);
    const hue = wanted.reduce((best, other) => ((uses[other] ?? 0) < (uses[best] ?? 0) ? other : best));
    hues.set(id, hue);
    uses[hue] = (uses[hue] ?? 0) + 1;
  }
  return hues;
}

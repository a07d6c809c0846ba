// Which messages of several archives are one: the observations of a cell become entries, each with its images. A function
// of the set of observations; docs/merging.md gives the rules in words.

import type { Item, Observation } from './observation';
import { openAtStart } from './observation';
import { floorTo } from './image';
import { isFirstLinesOf } from './join-images';
import { isWordedByApp } from './frozen-text';

export interface Entry {
  readonly seen: { readonly observation: Observation; readonly item: Item }[];
}

export interface MatchedCell {
  /** In the order in which the archives show them; not yet sorted by time. */
  readonly entries: readonly Entry[];
  /** Versions that could belong to more than one message. */
  readonly ambiguous: number;
}

/** Comparisons at most; a minute with more that are unlike (a hostile or broken clock) keeps all of them apart. */
const looseMatchLimit = 20_000_000;

/** `observations` as `arrangeObservations` gives them. */
export function matchCell(observations: readonly Observation[]): MatchedCell {
  const entries: Entry[] = [];
  let ambiguous = 0;
  for (const observation of observations) {
    const matching: Matching = { observation, entries, entryOf: new Map(), taken: new Set() };
    matchEqual(matching);
    const left = freeEntries(matching).length === 0 ? 0 : freeItems(matching).length;
    if (left * (entries.length + observation.items.length) > looseMatchLimit) ambiguous++;
    else if (left > 0) {
      ambiguous += matchSlots(matching) + matchVersions(matching);
      matchCut(matching);
    }
    takeOver(matching);
  }
  return { entries, ambiguous };
}

interface Matching {
  readonly observation: Observation;
  readonly entries: Entry[];
  readonly entryOf: Map<Item, Entry>;
  readonly taken: Set<Entry>;
}

function bind(matching: Matching, item: Item, entry: Entry): void {
  matching.entryOf.set(item, entry);
  matching.taken.add(entry);
}

function isSameTick(a: Item, b: Item): boolean {
  if (a.message.clock !== 'minute' && b.message.clock !== 'minute')
    return floorTo(a.message.sentAtMs, 1000) === floorTo(b.message.sentAtMs, 1000);
  return true;
}

function mayBeOne(entry: Entry, item: Item): boolean {
  return entry.seen.every(({ item: seen }) => {
    if (seen.message.sourceId !== null && item.message.sourceId !== null) return seen.message.sourceId === item.message.sourceId;
    return isSameTick(seen, item);
  });
}

/** False where the one archive ends in this tick and the other begins in it: then only equal messages are taken for one. */
function mayDiffer(entry: Entry, item: Item): boolean {
  return entry.seen.some(({ item: seen }) => seen.open === 0 || item.open === 0 || (seen.open & item.open) !== 0);
}

/** Equal key, or the same id of the source. App-worded classes are equal here by their words only. */
function keysOf(item: Item): string[] {
  const { message, messageClass } = item;
  const sender = messageClass === 'system' ? '' : (message.sender ?? '');
  const byContent = `${messageClass}\n${sender}\n${item.text}`;
  if (messageClass === 'media') {
    const named = message.attachments.flatMap(({ sha256, name }) => [sha256 ?? '', name ?? '']).filter((part) => part !== '');
    return named.map((part) => `${byContent}\n${part}`);
  }
  return [byContent];
}

function matchEqual(matching: Matching): void {
  const buckets = new Map<string, Entry[]>();
  const file = (key: string, entry: Entry): void => {
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [entry]);
    else if (bucket[bucket.length - 1] !== entry) bucket.push(entry);
  };
  for (const entry of matching.entries) {
    for (const { item } of entry.seen) {
      if (item.message.sourceId !== null) file(`#${item.message.sourceId}`, entry);
      for (const key of keysOf(item)) file(key, entry);
    }
  }
  const firstFree = new Map<string, number>();
  const claim = (item: Item, key: string): boolean => {
    const bucket = buckets.get(key);
    if (bucket === undefined) return false;
    let index = firstFree.get(key) ?? 0;
    while (index < bucket.length && matching.taken.has(bucket[index] as Entry)) index++;
    firstFree.set(key, index);
    const entry = bucket.slice(index).find((candidate) => !matching.taken.has(candidate) && mayBeOne(candidate, item));
    if (entry !== undefined) bind(matching, item, entry);
    return entry !== undefined;
  };
  for (const item of matching.observation.items) if (item.message.sourceId !== null) claim(item, `#${item.message.sourceId}`);
  for (const item of matching.observation.items) if (!matching.entryOf.has(item)) keysOf(item).some((key) => claim(item, key));
}

function freeItems(matching: Matching): Item[] {
  return matching.observation.items.filter((item) => !matching.entryOf.has(item));
}

function freeEntries(matching: Matching): Entry[] {
  return matching.entries.filter((entry) => !matching.taken.has(entry));
}

/** Classes whose words say nothing (system lines, calls, media of one caption): the first with the first, and so on. */
function slotOf(item: Item): string | null {
  const { message, messageClass } = item;
  if (isWordedByApp(messageClass)) return messageClass === 'system' ? 'system' : `${messageClass}\n${message.sender ?? ''}`;
  return messageClass === 'media' ? `media\n${message.sender ?? ''}\n${item.text}` : null;
}

function areDifferentFiles(entry: Entry, item: Item): boolean {
  const hash = item.message.attachments[0]?.sha256 ?? null;
  if (hash === null) return false;
  return entry.seen.some(({ item: seen }) => (seen.message.attachments[0]?.sha256 ?? hash) !== hash);
}

/** Returns how many media had a deleted message to choose beside them. */
function matchSlots(matching: Matching): number {
  let ambiguous = 0;
  const items = freeItems(matching).filter((item) => slotOf(item) !== null);
  // An archive that begins in this tick shows its end: the last goes with the last.
  const fromEnd = items.every((item) => (item.open & openAtStart) !== 0);
  const ordered = fromEnd ? items.toReversed() : items;
  for (const item of ordered) {
    const candidates = freeEntries(matching).filter((entry) => hasSlot(entry, item) && mayBeOne(entry, item) && mayDiffer(entry, item));
    const entry = candidates[fromEnd ? candidates.length - 1 : 0];
    if (entry === undefined) continue;
    if (item.messageClass === 'media' && mayBeDeleted(matching, item, candidates.length)) ambiguous++;
    bind(matching, item, entry);
  }
  return ambiguous;
}

function hasSlot(entry: Entry, item: Item): boolean {
  const slot = slotOf(item);
  return entry.seen.some(({ item: seen }) => slotOf(seen) === slot) && !areDifferentFiles(entry, item);
}

/** True where there are not as many on both sides, and one of them may be what another archive shows as deleted. */
function mayBeDeleted(matching: Matching, item: Item, candidates: number): boolean {
  const slot = slotOf(item);
  if (freeItems(matching).filter((other) => slotOf(other) === slot).length === candidates) return false;
  const isDeleted = (other: Item): boolean => other.messageClass === 'deleted' && other.message.sender === item.message.sender;
  return freeItems(matching).some(isDeleted) || freeEntries(matching).some((entry) => entry.seen.some(({ item: seen }) => isDeleted(seen)));
}

function isMarked(item: Item): boolean {
  return item.message.facts?.edited !== undefined || item.messageClass === 'deleted';
}

function hasVersionClass(item: Item): boolean {
  return item.messageClass === 'text' || item.messageClass === 'media' || item.messageClass === 'deleted' || item.messageClass === 'poll';
}

/** Same tick and sender, one side edited or deleted: a version. Returns how many had more than one to choose from. */
function matchVersions(matching: Matching): number {
  let ambiguous = 0;
  const areNeighboursSure = !areEqualsLeft(matching);
  for (const item of freeItems(matching)) {
    if (!hasVersionClass(item)) continue;
    const candidates = freeEntries(matching).filter((entry) => isVersion(entry, item) && mayBeOne(entry, item) && mayDiffer(entry, item));
    const between = candidates.filter((entry) => isBetweenNeighbours(matching, item, entry));
    const entry = between[0] ?? candidates[0];
    if (entry === undefined) continue;
    if ((between.length === 1 && areNeighboursSure ? between : candidates).length > 1) ambiguous++;
    bind(matching, item, entry);
  }
  return ambiguous;
}

/** True where one archive shows fewer of several equal messages: which of them was taken for which, and so what stands beside them, is open. */
function areEqualsLeft(matching: Matching): boolean {
  const taken = new Set([...matching.entryOf.keys()].flatMap(keysOf));
  const isLeft = (item: Item): boolean => keysOf(item).some((key) => taken.has(key));
  return freeItems(matching).some(isLeft) || freeEntries(matching).some((entry) => entry.seen.some(({ item }) => isLeft(item)));
}

function isVersion(entry: Entry, item: Item): boolean {
  return (
    entry.seen.some(({ item: seen }) => isMarked(seen) || isMarked(item)) &&
    entry.seen.some(({ item: seen }) => seen.message.sender === item.message.sender && hasVersionClass(seen))
  );
}

/** True where the messages before and after it in its archive are those before and after the entry. */
function isBetweenNeighbours(matching: Matching, item: Item, entry: Entry): boolean {
  const { items } = matching.observation;
  const at = items.indexOf(item);
  const position = matching.entries.indexOf(entry);
  const placeOf = (other: Item): number | null => {
    const found = matching.entryOf.get(other);
    return found === undefined ? null : matching.entries.indexOf(found);
  };
  const before =
    items
      .slice(0, at)
      .map(placeOf)
      .findLast((place) => place !== null) ?? -1;
  const after =
    items
      .slice(at + 1)
      .map(placeOf)
      .find((place) => place !== null) ?? matching.entries.length;
  return position > before && position < after;
}

/** The last message of a cut file is the first lines of a whole one. */
function matchCut(matching: Matching): void {
  for (const item of freeItems(matching)) {
    const entry = freeEntries(matching).find(
      (candidate) =>
        mayBeOne(candidate, item) &&
        mayDiffer(candidate, item) &&
        candidate.seen.some(
          ({ item: seen }) =>
            seen.message.sender === item.message.sender &&
            ((item.isLast && isFirstLinesOf(item.message.text, seen.message.text)) ||
              (seen.isLast && isFirstLinesOf(seen.message.text, item.message.text))),
        ),
    );
    if (entry !== undefined) bind(matching, item, entry);
  }
}

/** Matched items become images of their entries; what is left becomes entries of its own, after its predecessor. */
function takeOver(matching: Matching): void {
  const { observation, entries } = matching;
  let place = 0;
  for (const item of observation.items) {
    const entry = matching.entryOf.get(item);
    if (entry === undefined) entries.splice(place++, 0, { seen: [{ observation, item }] });
    else {
      entry.seen.push({ observation, item });
      place = (entries[place] === entry ? place : entries.indexOf(entry)) + 1;
    }
  }
}

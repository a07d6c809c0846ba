// Ids that are the same in every vault that holds the same: derived from what archives say, never from local ids.

import { createSha256 } from '../crypto/sha256';
import type { PortableId } from '../model/portable';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { writeInstant } from './utc-dates';

/** What an id is the hash of: JSON of an array of strings and numbers. */
export type IdKey = readonly (string | number)[];

const encoder = new TextEncoder();

export function hashText(text: string): string {
  const hash = createSha256();
  hash.update(encoder.encode(text));
  return hash.digestHex();
}

/** The first 32 hex digits of the SHA-256 of the key's JSON. */
export function portableId(key: IdKey): PortableId {
  return hashText(JSON.stringify(key)).slice(0, 32);
}

/** A message as ids know it: its minute, whether it has a sender, and the SHA-256 of its plain text. */
export type FirstKey = readonly [minute: string, hasSender: 0 | 1, textHash: string];

const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const msPerMinute = 60_000;

/** Frozen: a change here would give every conversation without an id another one. */
export function firstKeyOf({ sentAtMs, sender, text }: Readonly<{ sentAtMs: number; sender: string | null; text: string }>): FirstKey {
  const minute = writeInstant(Math.floor(sentAtMs / msPerMinute) * msPerMinute);
  const plain = text.replace(marks, '').replace(/\s+/g, ' ').trim().normalize('NFC');
  return [minute, sender === null ? 0 : 1, hashText(plain)];
}

/** `first`: its earliest message; null for a conversation that holds none. */
export function conversationKey(entry: Pick<ConversationEntry, 'source' | 'sourceId' | 'name'>, first: FirstKey | null): IdKey {
  const { source, sourceId, name } = entry;
  if (sourceId !== null) return ['conversation', source, 'id', sourceId];
  return first === null ? ['conversation', source, 'name', name ?? ''] : ['conversation', source, 'first', ...first];
}

/** `conversation`: of a person known by name only; `first`: their earliest message in it, null where they sent none. */
export function personKey(
  person: Pick<PersonEntry, 'source' | 'sourceId' | 'names'>,
  conversation: PortableId | null,
  first: FirstKey | null,
): IdKey {
  const { source, sourceId, names } = person;
  if (sourceId !== null) return ['person', source, 'id', sourceId];
  const within = conversation ?? source;
  return first === null ? ['person', within, 'name', names[0] ?? ''] : ['person', within, 'first', ...first];
}

export interface Keyed<Item> {
  readonly item: Item;
  readonly key: IdKey;
  /** Orders items of one key by content. */
  readonly tie: string;
}

/** An id for each item. Of several with one key, the first by `tie` has the key's id, the others add their number to the key. */
export function assignIds<Item>(keyed: readonly Keyed<Item>[]): Map<Item, PortableId> {
  const groups = new Map<string, Keyed<Item>[]>();
  for (const each of keyed) {
    const name = JSON.stringify(each.key);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const ids = new Map<Item, PortableId>();
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0));
    for (const [rank, { item, key }] of sorted.entries()) ids.set(item, portableId(rank === 0 ? key : [...key, rank]));
  }
  return ids;
}

// Conversations that the owner has joined: which belong together, and how messages of several are numbered in one.

import type { ConversationId, MessageAddress } from './ids';
import type { Overlay, OverlayStamp } from './overlay';

/**
 * In a joined conversation a message of part n has its own number plus n times this, so that it is found again in its part; ten
 * million messages, the most that we count on, leave room in every part.
 */
export const seqsOfPart = 2 ** 24;
/** Numbers have 32 bits. */
export const partsLimit = 128;

/** The message of a part that a number of the joined conversation stands for. */
export function addressIn(parts: readonly ConversationId[], seq: number): MessageAddress | null {
  const conversation = parts[Math.floor(seq / seqsOfPart)];
  return conversation === undefined ? null : { conversation, seq: seq % seqsOfPart };
}

const prefix = 'conversation:';
const longestChain = 16;

interface Joining {
  readonly into: ConversationId;
  readonly stamp: OverlayStamp;
}

/** Joined conversations by the first of each, which gives its name to all; the others in the order in which they joined. */
export function groupsOf(overlays: readonly Overlay[]): Map<ConversationId, ConversationId[]> {
  const joinings = new Map<ConversationId, Joining>();
  for (const { kind, subject, fields } of overlays) {
    if (kind !== 'joined-conversations' || !subject.startsWith(prefix)) continue;
    const field = Object.values(fields).find(({ value }) => value?.startsWith(prefix));
    const into = field?.value?.slice(prefix.length) as ConversationId | undefined;
    const from = subject.slice(prefix.length) as ConversationId;
    if (field !== undefined && into !== undefined && into !== from) joinings.set(from, { into, stamp: field.stamp });
  }
  const groups = new Map<ConversationId, ConversationId[]>();
  const ordered = [...joinings].sort(([idA, a], [idB, b]) => compareStamps(a.stamp, b.stamp) || (idA < idB ? -1 : 1));
  for (const [from] of ordered) {
    const first = firstOf(joinings, from);
    if (first !== null) groups.set(first, [...(groups.get(first) ?? [first]), from].slice(0, partsLimit));
  }
  return groups;
}

/** Where a chain of joinings ends; null for a circle, which two devices can make and nobody means. */
function firstOf(joinings: ReadonlyMap<ConversationId, Joining>, from: ConversationId): ConversationId | null {
  let id = from;
  for (let step = 0; step < longestChain; step++) {
    const next = joinings.get(id);
    if (next === undefined) return id;
    id = next.into;
  }
  return null;
}

function compareStamps(a: OverlayStamp, b: OverlayStamp): number {
  return a.wallMs - b.wallMs || a.counter - b.counter || (a.device < b.device ? -1 : Number(a.device > b.device));
}

// A minute of a conversation with what one import shows of it.

import type { Message } from '../model/message';
import type { Holder } from './holder';
import { imageOf } from './holder';
import { isSameImage } from './image';
import { mergeCell } from './merge-cell';
import { observe } from './observation';
import { startOfCell } from './segment-cursor';

export interface MergeEvents {
  onCut(importing: Holder, atMs: number, kept: number, atMost: number): void;
  onAmbiguous(importing: Holder, atMs: number): void;
}

export interface MergeIncoming {
  readonly holders: readonly Holder[];
  /** One of `holders`. */
  readonly importing: Holder;
  readonly startMs: number;
  readonly existing: readonly Message[];
  /** In the order of its archive. */
  readonly shown: readonly Message[];
  readonly events: MergeEvents;
  /** A number for what is new; `shown` is the import's message where it is that alone. */
  takeSeq(shown: Message | null): number;
}

export interface MergedIncoming {
  /** The messages as they are kept; the very same array where nothing changed. */
  readonly messages: readonly Message[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export function mergeIncoming(input: MergeIncoming): MergedIncoming {
  const { existing, shown, importing, takeSeq } = input;
  if (existing.length === 0) {
    const messages = shown.map((message) => ({ ...message, seq: takeSeq(message) })).sort((a, b) => a.sentAtMs - b.sentAtMs);
    for (const { seq } of messages) importing.held.add(seq);
    return { messages, added: messages.length, changed: 0, removed: 0 };
  }
  if (isKnownCell(importing, existing, shown)) {
    for (const { seq } of existing) importing.held.add(seq);
    return { messages: existing, added: 0, changed: 0, removed: 0 };
  }
  return mergeObserved(input);
}

/** True where the archive shows the cell exactly as the vault keeps it, and does not begin or end in it. */
export function isKnownCell({ edges, held }: Holder, existing: readonly Message[], shown: readonly Message[]): boolean {
  if (existing.length !== shown.length) return false;
  const startMs = startOfCell((existing[0] as Message).sentAtMs);
  if (edges !== null && (startOfCell(edges.firstTickMs) === startMs || startOfCell(edges.lastTickMs) === startMs)) return false;
  return existing.every((message, index) => isSameImage(message, shown[index] as Message) && !held.has(message.seq));
}

function mergeObserved({ holders, importing, startMs, existing, shown, events, takeSeq }: MergeIncoming): MergedIncoming {
  const earlier = existing.filter((message) => importing.held.has(message.seq));
  const images = [...earlier.map((message) => imageOf(importing, message)), ...shown];
  const seqs = [...earlier.map(({ seq }) => seq), ...shown.map(() => -1)];
  const observation = observe(holders.indexOf(importing), importing.asOfMs, importing.edges, images, seqs);
  const { messages, added, changed, removed, cuts, ambiguous } = mergeCell(existing, holders, observation, takeSeq);
  for (const { kept, atMost } of cuts) events.onCut(importing, startMs, kept, atMost);
  if (ambiguous > 0) events.onAmbiguous(importing, startMs);
  const isSame = messages.length === existing.length && messages.every((message, index) => message === existing[index]);
  return { messages: isSame ? existing : messages, added, changed, removed };
}

// What one archive shows of one cell (a minute of one conversation), prepared for matching.

import type { Message } from '../model/message';
import type { MessageClass } from './frozen-text';
import { classOf, freezeText } from './frozen-text';
import { floorTo, isSameImage, writeImageContent } from './image';

/** The edges of an archive's conversation, at which its export may have been cut. */
export interface Edges {
  readonly tickMs: 1000 | 60000;
  /** First and last tick; an instant at the precision of `tickMs`. */
  readonly firstTickMs: number;
  readonly lastTickMs: number;
}

export const openAtStart = 1;
export const openAtEnd = 2;

export interface Item {
  readonly message: Message;
  /** Number under which the vault knows it; -1 for one that is only now coming in. */
  readonly seq: number;
  readonly messageClass: MessageClass;
  /** Frozen text; '' where the wording is the app's. */
  readonly text: string;
  /** `openAtStart` and `openAtEnd`: whether its tick is one of the archive's open ones. */
  readonly open: number;
  /** The very last message of an archive, which may have been cut in the middle. */
  readonly isLast: boolean;
}

export interface Observation {
  /** Position of the archive among the holders; several that show the same share one observation. */
  readonly holders: number[];
  readonly asOfMs: number;
  readonly items: readonly Item[];
  /** Orders observations by content: finer clocks first, then what lies inside its archive, then the fuller one. */
  readonly rank: readonly number[];
  /** Worked out where the rank does not decide. */
  content(): string;
}

/** `messages` in the order of the archive; `seqs[i]` is the number that message i is known by. */
export function observe(
  holder: number,
  asOfMs: number,
  edges: Edges | null,
  messages: readonly Message[],
  seqs: readonly number[],
): Observation {
  const items = messages.map((message, index): Item => {
    const messageClass = classOf(message);
    const open = edges === null ? 0 : openSides(message, edges);
    const isLast = (open & openAtEnd) !== 0 && index === messages.length - 1;
    return {
      message,
      seq: seqs[index] ?? -1,
      messageClass,
      text: messageClass === 'deleted' ? '' : freezeText(message.text),
      open,
      isLast,
    };
  });
  const coarse = items.some((item) => item.message.clock === 'minute') ? 1 : 0;
  const open = items.some((item) => item.open !== 0) ? 1 : 0;
  const held = items.reduce((sum, item) => sum + item.message.attachments.filter((attachment) => attachment.sha256 !== null).length, 0);
  return {
    holders: [holder],
    asOfMs,
    items,
    rank: [coarse, open, -items.length, -held, -asOfMs],
    content: remember(() => items.map((item) => `${item.open} ${writeImageContent(item.message)}`).join('\n')),
  };
}

function openSides(message: Message, edges: Edges): number {
  const tick = floorTo(message.sentAtMs, edges.tickMs);
  return (tick === edges.firstTickMs ? openAtStart : 0) | (tick === edges.lastTickMs ? openAtEnd : 0);
}

/** Sorts by content, so that matching does not depend on the order of imports, and lets equal observations be one. */
export function arrangeObservations(observations: readonly Observation[]): Observation[] {
  const sorted = observations.toSorted(compareObservations);
  const arranged: Observation[] = [];
  for (const observation of sorted) {
    const previous = arranged[arranged.length - 1];
    if (previous !== undefined && isSameObservation(previous, observation)) previous.holders.push(...observation.holders);
    else arranged.push({ ...observation, holders: [...observation.holders] });
  }
  return arranged;
}

function compareObservations(a: Observation, b: Observation): number {
  for (const [index, value] of a.rank.entries()) {
    const difference = value - (b.rank[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareWords(a.content(), b.content()) || compareWords(writeSenders(a), writeSenders(b));
}

function compareWords(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function writeSenders({ items }: Observation): string {
  return items.map(({ message }) => message.sender ?? '').join();
}

function isSameObservation(a: Observation, b: Observation): boolean {
  return (
    a.asOfMs === b.asOfMs &&
    a.items.length === b.items.length &&
    a.items.every((item, index) => {
      const other = b.items[index];
      return other !== undefined && item.seq === other.seq && item.open === other.open && isSameImage(item.message, other.message);
    })
  );
}

function remember<Value>(work: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= work());
}

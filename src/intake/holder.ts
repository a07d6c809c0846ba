// A holder is an import as one conversation sees it: which messages its archive showed, and where what it showed is not
// what the vault keeps (its images). From the holders everything can be worked out again as if one of them had never been.

import type { ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { SeqRun } from '../model/receipt';
import { coarsen, isSameImage } from './image';
import type { Edges, Observation } from './observation';
import { observe } from './observation';
import type { SeqSet } from './seq-set';
import { makeSeqSet } from './seq-set';

export interface Holder {
  /** The importing one's is known when its file has been hashed, which is done while it is read. */
  receipt: ReceiptId;
  /** Known at the end only where an archive is read without a whole survey before. */
  asOfMs: number;
  edges: Edges | null;
  readonly held: SeqSet;
  readonly images: ImageSet;
  /** True once `held` or `images` differ from what is kept. */
  changed: boolean;
}

/** Images that differ from the vault's message: only in the precision of the clock (a bit each), or in anything. */
export interface ImageSet {
  readonly coarse: SeqSet;
  readonly other: Map<number, Message>;
  /** Places inside their cell of messages that the archive shows in another order than the vault keeps. */
  readonly places: Map<number, number>;
}

/** An image set as a sealed note. */
export interface KeptImages {
  readonly coarse: readonly SeqRun[];
  readonly other: readonly Message[];
  readonly places: readonly (readonly [seq: number, place: number])[];
}

export function makeImageSet(kept: KeptImages | null = null): ImageSet {
  return {
    coarse: makeSeqSet(kept?.coarse ?? []),
    other: new Map((kept?.other ?? []).map((message) => [message.seq, message])),
    places: new Map(kept?.places ?? []),
  };
}

/** The set as it is kept, or null where it is empty. */
export function packImages(images: ImageSet): KeptImages | null {
  const { coarse, other, places } = images;
  if (other.size === 0 && places.size === 0 && coarse.runs().length === 0) return null;
  return {
    coarse: coarse.runs(),
    other: [...other.values()].sort((a, b) => a.seq - b.seq),
    places: [...places].sort(([a], [b]) => a - b),
  };
}

/** True where the holder shows that message otherwise than the vault. */
export function hasImage(holder: Holder, seq: number): boolean {
  return holder.images.coarse.has(seq) || holder.images.other.has(seq);
}

/** The message as the holder's archive shows it. */
export function imageOf(holder: Holder, message: Message): Message {
  return holder.images.other.get(message.seq) ?? (holder.images.coarse.has(message.seq) ? coarsen(message) : message);
}

/** Records what the holder shows of the message that the vault keeps as `kept`. */
export function setImage(holder: Holder, kept: Message, image: Message): void {
  const { seq } = kept;
  const same = isSameImage(kept, image);
  const coarse = !same && isSameImage(coarsen(kept), image);
  const wasCoarse = holder.images.coarse.has(seq);
  const wasOther = holder.images.other.get(seq);
  if (coarse !== wasCoarse) {
    if (coarse) holder.images.coarse.add(seq);
    else holder.images.coarse.delete(seq);
    holder.changed = true;
  }
  if (same || coarse) holder.changed = holder.images.other.delete(seq) || holder.changed;
  else if (wasOther === undefined || !isSameImage(wasOther, image)) {
    holder.images.other.set(seq, { ...image, seq });
    holder.changed = true;
  }
}

/** Records the order in which the holder shows messages of a cell; `positions` are their positions as kept. */
export function setPlaces(holder: Holder, seqs: readonly number[], positions: readonly number[]): void {
  const isAsKept = positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0));
  for (const [place, seq] of seqs.entries()) {
    if (holder.images.places.get(seq) === (isAsKept ? undefined : place)) continue;
    holder.changed = true;
    if (isAsKept) holder.images.places.delete(seq);
    else holder.images.places.set(seq, place);
  }
}

/** What `left` shows of messages that `holder` passed over, it shows too: both are of the same archive, read in the same way. */
export function holdAsLeft(holder: Holder, left: Holder): void {
  const isPassed = (seq: number): boolean => !holder.held.has(seq);
  for (const [seq, image] of left.images.other) if (isPassed(seq)) holder.images.other.set(seq, image);
  for (const [seq, place] of left.images.places) if (isPassed(seq)) holder.images.places.set(seq, place);
  for (const [from, to] of left.images.coarse.runs())
    for (let seq = from; seq < to; seq += 1) if (isPassed(seq)) holder.images.coarse.add(seq);
  for (const [from, to] of left.held.runs()) holder.held.addRun(from, to);
}

/** Forgets that the holder holds a number. */
export function dropSeq(holder: Holder, seq: number): void {
  holder.held.delete(seq);
  holder.images.coarse.delete(seq);
  holder.images.other.delete(seq);
  holder.images.places.delete(seq);
  holder.changed = true;
}

/** What each holder shows of the messages of a cell. A message that no holder knows of is its own witness. */
export function observeCell(holders: readonly Holder[], messages: readonly Message[]): Observation[] {
  const observations: Observation[] = [];
  const known = new Set<Message>();
  for (const [index, holder] of holders.entries()) {
    const shown = messages.filter((message) => holder.held.has(message.seq));
    if (shown.length === 0) continue;
    const { places } = holder.images;
    if (places.size > 0) shown.sort((a, b) => (places.get(a.seq) ?? 0) - (places.get(b.seq) ?? 0));
    for (const message of shown) known.add(message);
    const images = shown.map((message) => imageOf(holder, message));
    const seqs = shown.map(({ seq }) => seq);
    observations.push(observe(index, holder.asOfMs, holder.edges, images, seqs));
  }
  const orphans = messages.filter((message) => !known.has(message));
  if (orphans.length > 0)
    observations.push(
      observe(
        -1,
        -Infinity,
        null,
        orphans,
        orphans.map(({ seq }) => seq),
      ),
    );
  return observations;
}

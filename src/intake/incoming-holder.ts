// An import of a snapshot on its way into a conversation: what it held, by places, and what it has come to hold here.

import type { ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { Place, PortableMessage } from '../model/portable';
import type { SeqRun } from '../model/receipt';
import type { Holder } from './holder';
import { makeImageSet } from './holder';
import { coarsen } from './image';
import type { Edges } from './observation';
import { clipRuns, hasPlace } from './place-runs';
import { makeSeqSet } from './seq-set';

export interface IncomingHolder {
  readonly holder: Holder;
  readonly held: readonly SeqRun[];
  readonly coarse: readonly SeqRun[];
  /** Sorted by place. */
  readonly otherwise: readonly (readonly [place: Place, message: PortableMessage])[];
  readonly order: readonly (readonly [place: Place, position: number])[];
  readonly otherwiseAt: ReadonlyMap<Place, PortableMessage>;
  readonly orderAt: ReadonlyMap<Place, number>;
  /** Messages that it changed. */
  changed: number;
}

export interface HeldPlaces {
  readonly held: readonly SeqRun[];
  readonly coarse?: readonly SeqRun[];
  readonly otherwise?: readonly (readonly [Place, PortableMessage])[];
  readonly order?: readonly (readonly [Place, number])[];
}

export function makeHolder(receipt: ReceiptId, edges: Edges | null): Holder {
  const asOfMs = edges?.lastTickMs ?? -Infinity;
  return { receipt, asOfMs, edges, held: makeSeqSet(), images: makeImageSet(), changed: true };
}

export function makeIncoming(holder: Holder, { held, coarse = [], otherwise = [], order = [] }: HeldPlaces): IncomingHolder {
  const byPlace = (a: readonly [Place, unknown], b: readonly [Place, unknown]): number => a[0] - b[0];
  return {
    holder,
    held,
    coarse,
    otherwise: otherwise.toSorted(byPlace),
    order: order.toSorted(byPlace),
    otherwiseAt: new Map(otherwise),
    orderAt: new Map(order),
    changed: 0,
  };
}

/** What it showed of messages of a cell (whose `seq` are places), in its own order; [] where it held none of them. */
export function imagesIn(
  { held, coarse, otherwiseAt, orderAt }: IncomingHolder,
  cell: readonly Message[],
  toMessage: (message: PortableMessage, place: Place) => Message,
): Message[] {
  const shown = cell.filter(({ seq }) => hasPlace(held, seq));
  if (orderAt.size > 0) shown.sort((a, b) => (orderAt.get(a.seq) ?? 0) - (orderAt.get(b.seq) ?? 0));
  return shown.map((message) => {
    const otherwise = otherwiseAt.get(message.seq);
    if (otherwise !== undefined) return toMessage(otherwise, message.seq);
    return hasPlace(coarse, message.seq) ? coarsen(message) : { ...message };
  });
}

/** Records that the messages at [place, place + count) have the numbers from `seq` on, and are kept as the snapshot has them. */
export function takeAsKept(
  incoming: IncomingHolder,
  place: Place,
  count: number,
  seq: number,
  toMessage: (message: PortableMessage, place: Place) => Message,
): void {
  const { holder, held, coarse, otherwise, order } = incoming;
  const by = seq - place;
  const end = place + count;
  for (const [from, to] of clipRuns(held, place, end)) holder.held.addRun(from + by, to + by);
  for (const [from, to] of clipRuns(coarse, place, end)) holder.images.coarse.addRun(from + by, to + by);
  for (let index = firstAt(otherwise, place); (otherwise[index]?.[0] ?? end) < end; index++) {
    const [at, message] = otherwise[index] as readonly [Place, PortableMessage];
    if (hasPlace(held, at)) holder.images.other.set(at + by, { ...toMessage(message, at), seq: at + by });
  }
  for (let index = firstAt(order, place); (order[index]?.[0] ?? end) < end; index++) {
    const [at, position] = order[index] as readonly [Place, number];
    if (hasPlace(held, at)) holder.images.places.set(at + by, position);
  }
}

function firstAt(sorted: readonly (readonly [Place, unknown])[], place: Place): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.[0] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

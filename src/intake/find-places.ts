// Which message of the vault stands for a message of a snapshot, within one minute: for what the owner has said of it there.

import type { Message } from '../model/message';
import type { Place } from '../model/portable';
import { classOf, freezeText } from './frozen-text';
import { isSameImage } from './image';

/** Comparisons at most, as in matching; in a minute with more, what the owner said is not carried over. */
const comparisonsLimit = 20_000_000;

/** How well two messages agree, the best first. */
const likenesses: readonly ((there: Message, here: Message) => boolean)[] = [
  isSameImage,
  (there, here) => there.sourceId !== null && there.sourceId === here.sourceId,
  (there, here) => there.sender === here.sender && textsOf(there).some((text) => textsOf(here).includes(text)),
  (there, here) => there.sender === here.sender && classOf(there) === classOf(here),
  (there, here) => there.sender === here.sender,
];

function textsOf({ text, facts }: Message): string[] {
  return [text, ...(facts?.olderTexts ?? []).map((older) => older.text)].map(freezeText).filter((each) => each !== '');
}

/** Numbers of the wanted ones of `cell`, whose `seq` are places. Each of `kept` stands for one; equals go in their order. */
export function findPlaces(cell: readonly Message[], kept: readonly Message[], wanted: ReadonlySet<Place>): Map<Place, number> {
  const found = new Map<Place, number>();
  if (!cell.some(({ seq }) => wanted.has(seq)) || cell.length * kept.length > comparisonsLimit) return found;
  const free = new Set(kept);
  const left = new Set(cell);
  for (const isAlike of likenesses) {
    for (const there of left) {
      const here = [...free].find((each) => isAlike(there, each));
      if (here === undefined) continue;
      free.delete(here);
      left.delete(there);
      if (wanted.has(there.seq)) found.set(there.seq, here.seq);
    }
  }
  return found;
}

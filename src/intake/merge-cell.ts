// A cell of the vault with one observation more, or one less: which messages there are, under which numbers, and what each
// holder shows of them.

import type { Message } from '../model/message';
import type { Holder } from './holder';
import { dropSeq, observeCell, setImage, setPlaces } from './holder';
import { isSameImage } from './image';
import { joinImages } from './join-images';
import type { Entry } from './match-cell';
import { matchCell } from './match-cell';
import type { Observation } from './observation';
import { arrangeObservations } from './observation';
import { findCuts } from './run-cut';

export interface MergedCell {
  readonly messages: readonly Message[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly ambiguous: number;
  /** Counts of equals that no archive settles: kept, and how many there could be. */
  readonly cuts: readonly { readonly kept: number; readonly atMost: number }[];
}

/**
 * Works the cell out of what all `holders` show, with `incoming` (an observation of `holders`' import `incoming.holders[0]`)
 * in place of what that one showed so far. Updates the holders; takes numbers from `takeSeq` for what is new.
 */
export function mergeCell(
  existing: readonly Message[],
  holders: readonly Holder[],
  incoming: Observation | null,
  takeSeq: (shown: Message | null) => number,
): MergedCell {
  const importing = incoming?.holders[0] ?? -1;
  const others = observeCell(holders, existing).filter((observation) => importing < 0 || !observation.holders.includes(importing));
  const observations = arrangeObservations(incoming === null ? others : [...others, incoming]);
  const { entries, ambiguous } = matchCell(observations);
  const numbered = numberEntries(entries, existing, takeSeq);
  const old = new Map(existing.map((message) => [message.seq, message]));
  const messages = numbered.map(({ message }) => message).sort((a, b) => a.sentAtMs - b.sentAtMs);
  for (const { entry, message } of numbered) recordHolders(holders, entry, message);
  forgetMoved(holders, numbered);
  recordPlaces(holders, observations, numbered, messages);
  return {
    messages,
    added: messages.filter(({ seq }) => !old.has(seq)).length,
    changed: messages.filter((message) => old.has(message.seq) && !isSameImage(message, old.get(message.seq) as Message)).length,
    removed: existing.length - messages.filter(({ seq }) => old.has(seq)).length,
    ambiguous,
    cuts: incoming === null ? [] : findCuts(entries, importing),
  };
}

interface NumberedEntry {
  readonly entry: Entry;
  readonly message: Message;
}

/** Each entry keeps a number that one of its images had: first those whose content stays, then the lowest; else a new one. */
function numberEntries(
  entries: readonly Entry[],
  existing: readonly Message[],
  takeSeq: (shown: Message | null) => number,
): NumberedEntry[] {
  const old = new Map(existing.map((message) => [message.seq, message]));
  const joined = entries.map((entry) =>
    joinImages(entry.seen.map(({ observation, item }) => ({ message: item.message, asOfMs: observation.asOfMs, mayBeCut: item.isLast }))),
  );
  const candidates = entries.map((entry) =>
    [...new Set(entry.seen.map(({ item }) => item.seq))].filter((seq) => old.has(seq)).sort((a, b) => a - b),
  );
  const chosen = new Map<number, number>();
  const taken = new Set<number>();
  const choose = (accept: (index: number, seq: number) => boolean): void => {
    for (const [index, seqs] of candidates.entries()) {
      if (chosen.has(index)) continue;
      const seq = seqs.find((candidate) => !taken.has(candidate) && accept(index, candidate));
      if (seq === undefined) continue;
      chosen.set(index, seq);
      taken.add(seq);
    }
  };
  choose((index, seq) => isSameImage(joined[index] as Message, old.get(seq) as Message));
  choose(() => true);
  return entries.map((entry, index) => {
    const seq = chosen.get(index) ?? takeSeq(entry.seen.find(({ item }) => item.seq < 0)?.item.message ?? null);
    const kept = old.get(seq);
    const message = joined[index] as Message;
    return { entry, message: kept !== undefined && isSameImage(kept, message) ? kept : { ...message, seq } };
  });
}

function recordHolders(holders: readonly Holder[], entry: Entry, message: Message): void {
  for (const { observation, item } of entry.seen) {
    for (const index of observation.holders) {
      const holder = holders[index];
      if (holder === undefined) continue;
      if (!holder.held.has(message.seq)) {
        holder.held.add(message.seq);
        holder.changed = true;
      }
      setImage(holder, message, item.message);
    }
  }
}

/** A holder whose message now goes by another number gives up the old one. */
function forgetMoved(holders: readonly Holder[], numbered: readonly NumberedEntry[]): void {
  const now = new Map<number, Set<number>>();
  for (const { entry, message } of numbered) {
    for (const { observation } of entry.seen) {
      for (const index of observation.holders) now.set(index, (now.get(index) ?? new Set()).add(message.seq));
    }
  }
  for (const { entry } of numbered) {
    for (const { observation, item } of entry.seen) {
      for (const index of observation.holders) {
        const holder = holders[index];
        if (holder !== undefined && item.seq >= 0 && now.get(index)?.has(item.seq) !== true) dropSeq(holder, item.seq);
      }
    }
  }
}

function recordPlaces(
  holders: readonly Holder[],
  observations: readonly Observation[],
  numbered: readonly NumberedEntry[],
  messages: readonly Message[],
): void {
  const positions = new Map(messages.map(({ seq }, position) => [seq, position]));
  const seqOf = new Map(numbered.flatMap(({ entry, message }) => entry.seen.map(({ item }) => [item, message.seq] as const)));
  for (const observation of observations) {
    const seqs = observation.items.map((item) => seqOf.get(item) ?? -1);
    for (const index of observation.holders) {
      const holder = holders[index];
      if (holder !== undefined)
        setPlaces(
          holder,
          seqs,
          seqs.map((seq) => positions.get(seq) ?? 0),
        );
    }
  }
}

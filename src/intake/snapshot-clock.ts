// Times of a snapshot as this vault has them. The same archive may have been read in another zone there, or put right by a
// constant; whoever restores it reads it as it would have been read here.

import type { Message } from '../model/message';
import { clampTime, isZone, wallClockToInstant, zoneOffsetMin } from '../model/time';

const msPerMinute = 60_000;

export interface ClockTranslation {
  /** The instant here of a tick there. */
  tick(atMs: number): number;
  /** The zone that its wall clocks are read in; null where that stays. */
  readonly zone: string | null;
  time(time: Pick<Message, 'sentAtMs' | 'clock' | 'zoneOffsetMin'>): Pick<Message, 'sentAtMs' | 'zoneOffsetMin'>;
}

export const sameClock: ClockTranslation = {
  zone: null,
  tick: (atMs) => atMs,
  time: ({ sentAtMs, zoneOffsetMin: offsetMin }) => ({ sentAtMs, zoneOffsetMin: offsetMin }),
};

export function shiftedClock(byMs: number): ClockTranslation {
  return {
    zone: null,
    tick: (atMs) => clampTime(atMs + byMs),
    time: ({ sentAtMs, zoneOffsetMin: offsetMin }) => ({ sentAtMs: clampTime(sentAtMs + byMs), zoneOffsetMin: offsetMin }),
  };
}

/** The wall clocks of `from` read in `to`. */
export function rezonedClock(from: string, to: string): ClockTranslation {
  const read = (wallMs: number): number => clampTime(wallClockToInstant(to, wallMs));
  return {
    zone: to,
    tick: (atMs) => read(atMs + zoneOffsetMin(from, atMs) * msPerMinute),
    time({ sentAtMs, clock, zoneOffsetMin: offsetMin }) {
      if (clock === 'absolute') return { sentAtMs, zoneOffsetMin: offsetMin };
      const wallMs = sentAtMs + offsetMin * msPerMinute;
      const atMs = read(wallMs);
      return { sentAtMs: atMs, zoneOffsetMin: (wallMs - atMs) / msPerMinute };
    },
  };
}

export interface ClockEvidence {
  /** Pairs of a tick there and the same one here. */
  readonly ticks: readonly (readonly [there: number, here: number])[];
  readonly zoneThere: string | null;
  readonly zoneHere: string | null;
}

/** The translation that all the evidence agrees with: none, another zone, or a constant; none where they contradict each other. */
export function findTranslation({ ticks, zoneThere, zoneHere }: ClockEvidence): ClockTranslation {
  const [first] = ticks;
  if (first === undefined) return sameClock;
  const candidates = [sameClock];
  if (zoneThere !== null && zoneHere !== null && zoneThere !== zoneHere && isZone(zoneThere) && isZone(zoneHere))
    candidates.push(rezonedClock(zoneThere, zoneHere));
  candidates.push(shiftedClock(first[1] - first[0]));
  return candidates.find(({ tick }) => ticks.every(([there, here]) => tick(there) === here)) ?? sameClock;
}

// A record's time as the vault keeps it.

import type { Message } from '../model/message';
import type { Clock } from '../model/record';
import { clampTime, wallClockToInstant } from '../model/time';
import { floorTo } from './image';
import type { Edges } from './observation';

/** How one conversation's clocks are read: their zone, and how far they are put right first. */
export interface ClockReading {
  readonly zone: string;
  readonly shiftMs: number;
}

const msPerMinute = 60_000;

/** The instant that a record's time stands for. */
export function readClock(sentAtMs: number, clock: Clock, reading: ClockReading): number {
  const shiftedMs = clampTime(sentAtMs + reading.shiftMs);
  return clock === 'absolute' ? shiftedMs : clampTime(wallClockToInstant(reading.zone, shiftedMs));
}

/** `sentAtMs` and `zoneOffsetMin` of a message. */
export function readTime(sentAtMs: number, clock: Clock, reading: ClockReading): Pick<Message, 'sentAtMs' | 'zoneOffsetMin'> {
  const instantMs = readClock(sentAtMs, clock, reading);
  return {
    sentAtMs: instantMs,
    zoneOffsetMin: clock === 'absolute' ? 0 : (clampTime(sentAtMs + reading.shiftMs) - instantMs) / msPerMinute,
  };
}

/** First and last tick of an archive's conversation; null where it is empty. */
export function makeEdges(firstAtMs: number, lastAtMs: number, isCoarse: boolean): Edges | null {
  if (firstAtMs > lastAtMs) return null;
  const tickMs = isCoarse ? 60_000 : 1000;
  return { tickMs, firstTickMs: floorTo(firstAtMs, tickMs), lastTickMs: floorTo(lastAtMs, tickMs) };
}

// Times as people read them: what the clock showed, written from the largest unit to the smallest.

import type { Message } from '../../model/message';
import { clampTime, zoneOffsetMin } from '../../model/time';

const msPerMinute = 60_000;

/** What the clock showed, as ms of UTC: the source's own where it gave a clock without a zone, else the one of `zone`. */
export function clockOf(
  { sentAtMs, clock, zoneOffsetMin: ownMin }: Pick<Message, 'sentAtMs' | 'clock' | 'zoneOffsetMin'>,
  zone: string,
): number {
  const atMs = clampTime(sentAtMs);
  return clampTime(atMs + (clock === 'absolute' ? zoneOffsetMin(zone, atMs) : ownMin) * msPerMinute);
}

/** `yyyy-mm-dd` */
export const writeDay = (clockMs: number): string => new Date(clockMs).toISOString().slice(0, 10);

/** `HH:MM:SS`; a clock that is exact to the minute has no seconds. */
export function writeTime(clockMs: number, clock: Message['clock']): string {
  return new Date(clockMs).toISOString().slice(11, clock === 'minute' ? 16 : 19);
}

/** RFC 3339 in UTC. */
export const writeUtc = (sentAtMs: number): string => new Date(clampTime(sentAtMs)).toISOString().replace('.000Z', 'Z');

// Which minutes of an archive hold attachments, or something that the merge could not decide. An import that brings the media after the
// messages looks into no others: what it would find there is what the import before it has just left.

import { startOfCell } from './segment-cursor';
import type { ClockReading } from './clock';

export interface AttachedCells {
  /** A message of conversation `index` of the archive has attachments, or is among those that the merge had a problem with. */
  note(index: number, reading: ClockReading, sentAtMs: number): void;
  /** False only where it is certain that nothing was noted of that minute: under another reading of the clocks it is not. */
  has(index: number, reading: ClockReading, sentAtMs: number): boolean;
}

interface Noted {
  readonly reading: ClockReading;
  readonly cells: Set<number>;
}

export function noteAttachedCells(): AttachedCells {
  const conversations = new Map<number, Noted>();
  const isRead = ({ reading }: Noted, { zone, shiftMs }: ClockReading): boolean => reading.zone === zone && reading.shiftMs === shiftMs;
  return {
    note(index, reading, sentAtMs) {
      const noted = conversations.get(index) ?? { reading, cells: new Set() };
      noted.cells.add(startOfCell(sentAtMs));
      conversations.set(index, noted);
    },
    has(index, reading, sentAtMs) {
      const noted = conversations.get(index);
      return noted !== undefined && (!isRead(noted, reading) || noted.cells.has(startOfCell(sentAtMs)));
    },
  };
}

// The drive's own clock, as far as it was heard.

export interface DriveClock {
  /** Takes a date as servers write it (RFC 9110 §5.6.7); anything else is passed over. */
  hear(date: string | null): void;
  /** The drive's time in ms, moved on by the time since it was heard; null before. */
  nowMs(): number | null;
}

export function createDriveClock(ourNowMs: () => number): DriveClock {
  let aheadMs: number | null = null;
  return {
    hear(date) {
      const heardMs = date === null ? Number.NaN : Date.parse(date);
      if (Number.isFinite(heardMs)) aheadMs = heardMs - ourNowMs();
    },
    nowMs: () => (aheadMs === null ? null : ourNowMs() + aheadMs),
  };
}

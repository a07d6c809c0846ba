// Times as Messages writes them: nanoseconds since 2001 (macOS 10.13, iOS 11 and later), seconds before that.

const epochMs = 978_307_200_000;
/** Seconds stay below for 30,000 years. */
const nanosecondsFrom = 1_000_000_000_000n;

/** Ms since 1970; null for 0, which stands for never. */
export function appleMs(value: bigint | null): number | null {
  if (value === null || value === 0n) return null;
  const size = value < 0n ? -value : value;
  return epochMs + (size > nanosecondsFrom ? Number(value / 1_000_000n) : Number(value) * 1000);
}

/** Of seconds with a fraction. */
export function appleSecondsMs(seconds: number): number {
  return epochMs + Math.round(seconds * 1000);
}

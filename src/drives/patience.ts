// How long a drive may be silent before a call is given up: a guard against hanging, not a measure of speed.

const silenceMs = 30_000;

/** The slowest upload that is waited for: 32 KiB/s. An upload tells nothing of its progress until the answer comes. */
const slowestBytesPerMs = 32;

/** For one request that sends so many bytes, and for the wait for each next piece of an answer (0). */
export function requestPatienceMs(sentBytes: number): number {
  return silenceMs + sentBytes / slowestBytesPerMs;
}

/** For one call of a drive, which is several requests. */
export function callPatienceMs(call: 'list' | 'other', bytes: number): number {
  return call === 'list' ? 60 * silenceMs : 5 * silenceMs + (2 * bytes) / slowestBytesPerMs;
}

// Discord's ids are snowflakes: their upper bits are the time at which they were made (Discord's public API reference).

const epochMs = 1_420_070_400_000n;
const greatestId = 2n ** 63n;

/** ms since 1970 at which an id was made; null where it is none. */
export function snowflakeTime(id: string): number | null {
  if (!/^\d{15,19}$/.test(id)) return null;
  const bits = BigInt(id);
  return bits >= greatestId ? null : Number((bits >> 22n) + epochMs);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampTime, earliestAtMs, isPlausibleTime, isZone, latestAtMs, wallClockToInstant, zoneOffsetMin } from '../../src/model/time';

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
];

function offsetByEngine(zone: string, atMs: number): number {
  const text = new Date(atMs).toLocaleString('sv-SE', { timeZone: zone });
  return Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000) / 60_000);
}

test('offsets are those of the engine', () => {
  const instant = fc.integer({ min: Date.UTC(1972, 0, 8), max: Date.UTC(2038, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, atMs) => zoneOffsetMin(zone, atMs) === offsetByEngine(zone, atMs)),
    { numRuns: 2000 },
  );
});

test('a transition is found to the minute', () => {
  const springForward = Date.UTC(2024, 2, 31, 1);
  expect(zoneOffsetMin('Europe/Berlin', springForward - 1)).toBe(60);
  expect(zoneOffsetMin('Europe/Berlin', springForward)).toBe(120);
});

test('a clock gives an instant whose clock it is, except in a gap', () => {
  const wall = fc.integer({ min: Date.UTC(1972, 0, 8), max: Date.UTC(2038, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), wall, (zone, wallMs) => {
      const atMs = wallClockToInstant(zone, wallMs);
      if (atMs + offsetByEngine(zone, atMs) * 60_000 === wallMs) return true;
      for (let probe = wallMs - 26 * 3_600_000; probe <= wallMs + 26 * 3_600_000; probe += 1_800_000) {
        const candidate = Math.floor(probe / 1_800_000) * 1_800_000 + (wallMs % 1_800_000);
        if (candidate + offsetByEngine(zone, candidate) * 60_000 === wallMs) return false;
      }
      return true;
    }),
    { numRuns: 1000 },
  );
});

test('gap and overlap are stable', () => {
  const at = (text: string): number => wallClockToInstant('Europe/Berlin', Date.parse(`${text}Z`));
  expect(at('2024-10-27T02:30')).toBe(Date.parse('2024-10-27T00:30Z'));
  expect(at('2024-10-27T03:00')).toBe(Date.parse('2024-10-27T02:00Z'));
  expect(at('2024-03-31T02:30')).toBe(Date.parse('2024-03-31T01:30Z'));
  expect(at('2024-03-31T03:00')).toBe(Date.parse('2024-03-31T01:00Z'));
  expect(wallClockToInstant('Pacific/Apia', Date.parse('2011-12-30T12:00Z'))).toBe(Date.parse('2011-12-30T22:00Z'));
});

test.each([0, -1, 292277026596e3, Infinity, -Infinity, NaN, 8.64e15, 1.5, 4_102_444_800_000])(
  'an absurd time %s can be ordered and shown',
  (atMs) => {
    const clamped = clampTime(atMs);
    expect(Number.isInteger(clamped)).toBe(true);
    expect(clamped).toBeGreaterThanOrEqual(earliestAtMs);
    expect(clamped).toBeLessThanOrEqual(latestAtMs);
    expect(Number.isNaN(new Date(clamped + 14 * 3_600_000).getTime())).toBe(false);
    expect(isPlausibleTime(clamped)).toBe(false);
  },
);

test('zones are told from other words', () => {
  expect(isZone('Asia/Shanghai')).toBe(true);
  expect(isZone('Camphor/Nowhere')).toBe(false);
  expect(() => zoneOffsetMin('Camphor/Nowhere', 0)).toThrow(RangeError);
});

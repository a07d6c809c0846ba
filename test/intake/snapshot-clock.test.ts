import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from '../../src/intake/clock';
import { findTranslation, rezonedClock, sameClock, shiftedClock } from '../../src/intake/snapshot-clock';

const zones = ['UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'] as const;
const wallMs = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2030, 0, 1) });

test('a wall clock read in one zone, then in another, is as if it had been read in that one only', () => {
  fc.assert(
    fc.property(
      wallMs,
      fc.constantFrom(...zones),
      fc.constantFrom(...zones),
      fc.constantFrom('minute', 'second'),
      (wall, from, to, clock) => {
        const there = readTime(wall, clock, { zone: from, shiftMs: 0 });
        expect(rezonedClock(from, to).time({ ...there, clock })).toEqual(readTime(wall, clock, { zone: to, shiftMs: 0 }));
      },
    ),
  );
});

describe('the translation that evidence gives', () => {
  const [first, last] = [Date.UTC(2024, 0, 5, 12), Date.UTC(2024, 6, 5, 12)];
  const hour = 3_600_000;
  test.each([
    [
      'none',
      [
        [first, first],
        [last, last],
      ],
      sameClock,
    ],
    [
      'a constant',
      [
        [first, first + 8 * hour],
        [last, last + 8 * hour],
      ],
      shiftedClock(8 * hour),
    ],
    ['nothing to go by', [], sameClock],
    [
      'contradictions',
      [
        [first, first + hour],
        [last, last + 3 * hour],
      ],
      sameClock,
    ],
  ] as const)('%s', (_name, ticks, expected) => {
    const { tick } = findTranslation({ ticks, zoneThere: 'UTC', zoneHere: 'UTC' });
    for (const atMs of [first, last]) expect(tick(atMs)).toBe(expected.tick(atMs));
  });

  test('another zone, in winter and in summer', () => {
    const ticks = [
      [first, first - hour],
      [last, last - 2 * hour],
    ] as const;
    const found = findTranslation({ ticks, zoneThere: 'UTC', zoneHere: 'Europe/Berlin' });
    expect(found.zone).toBe('Europe/Berlin');
    expect(found.time({ sentAtMs: last, clock: 'minute', zoneOffsetMin: 0 })).toEqual({ sentAtMs: last - 2 * hour, zoneOffsetMin: 120 });
    expect(found.time({ sentAtMs: last, clock: 'absolute', zoneOffsetMin: 0 }).sentAtMs).toBe(last);
  });
});

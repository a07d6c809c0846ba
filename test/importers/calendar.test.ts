import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../src/importers/calendar';

/** What ICU makes of a day, as numbers. */
function fields(day: number, calendar: string): [number, number, number] {
  const parts = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const of = Object.fromEntries(
    parts.formatToParts(new Date(day * 86_400_000)).map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return [of['year'] ?? of['relatedYear']!, of['month']!, of['day']!];
}

const days = fc.integer({ min: 0, max: 47_000 }); // 1970 to 2098

test('Persian dates are those of ICU', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(dayOf(...fields(day, 'persian'))).toBe(day);
    }),
    { numRuns: 2000 },
  );
});
test('Buddhist dates are those of ICU', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(dayOf(...fields(day, 'buddhist'))).toBe(day);
    }),
    { numRuns: 500 },
  );
});
test('Gregorian dates of four and of two digits', () => {
  fc.assert(
    fc.property(days, (day) => {
      const [year, month, date] = fields(day, 'gregory');
      expect(dayOf(year, month, date)).toBe(day);
      if (year >= 2000) expect(dayOf(year - 2000, month, date)).toBe(day);
    }),
  );
});
test('days that do not exist', () => {
  const wrong = [
    [2023, 2, 29],
    [2100, 2, 29],
    [2023, 4, 31],
    [2023, 0, 1],
    [2023, 13, 1],
    [2023, 1, 0],
    [2023, 1, 32],
    [1969, 1, 1],
    [2200, 1, 1],
    [1402, 12, 30],
    [1402, 7, 31],
    [1300, 1, 1],
    [999, 1, 1],
  ] as const;
  for (const [year, month, day] of wrong) expect(dayOf(year, month, day), `${year}-${month}-${day}`).toBe(-1);
  expect(dayOf(2024, 2, 29)).toBeGreaterThan(0);
  expect(dayOf(1403, 12, 30)).toBeGreaterThan(0);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogramOf, monthAtPlace, placeOf, sumOf, yearMarks } from '../../../src/ui/searching/histogram';
import { monthLabel, monthNumber } from '../../../src/ui/searching/month-range';

const counts = (entries: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(entries));

describe('a histogram', () => {
  test('has a column a month, empty ones too, and reaches over the months asked for', () => {
    const drawn = histogramOf(counts({ '2024-03': 4, '2024-01': 2 }), null);
    expect(drawn?.columns.map(({ count }) => count)).toEqual([2, 0, 4]);
    expect(drawn).toMatchObject({ from: monthNumber('2024-01'), to: monthNumber('2024-03'), most: 4 });
    const wider = { from: monthNumber('2023-12'), to: monthNumber('2024-02') };
    expect(histogramOf(counts({ '2024-01': 2 }), wider)?.columns.map(({ count }) => count)).toEqual([0, 2, 0]);
    expect(histogramOf(new Map(), null)).toBe(null);
  });

  test('of forty years has a column a year', () => {
    const drawn = histogramOf(counts({ '1985-06': 1, '1985-07': 2, '2025-01': 5 }), null);
    expect(drawn).toMatchObject({ width: 12, most: 5 });
    expect(drawn?.columns).toHaveLength(41);
    expect(drawn?.columns[0]).toEqual({ from: monthNumber('1985-06'), to: monthNumber('1985-12'), count: 3 });
  });

  test('never has more columns than can be told apart, counts every hit once, and finds each month where it lies', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 12, max: 119_999 }), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 40 }),
        (pairs) => {
          const months = new Map(pairs.map(([month, count]) => [monthLabel(month), count]));
          const drawn = histogramOf(months, null);
          if (drawn === null) throw new Error('nothing drawn');
          expect(drawn.columns.length).toBeLessThanOrEqual(72);
          const all = [...months.values()].reduce((sum, count) => sum + count, 0);
          expect(drawn.columns.reduce((sum, { count }) => sum + count, 0)).toBe(all);
          expect(sumOf(months, drawn)).toBe(all);
          for (const label of months.keys()) {
            const month = monthNumber(label);
            const place = placeOf(drawn, month + 0.5);
            expect(place).toBeGreaterThan(0);
            expect(place).toBeLessThan(1);
            expect(monthAtPlace(drawn, place)).toBe(month);
          }
        },
      ),
    );
  });

  test('marks a few beginnings of years', () => {
    expect(yearMarks({ from: monthNumber('2019-11'), to: monthNumber('2024-02') }, 6)).toEqual([2020, 2021, 2022, 2023, 2024]);
    expect(yearMarks({ from: monthNumber('1985-06'), to: monthNumber('2025-01') }, 6)).toEqual([1990, 2000, 2010, 2020]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, factsOf, monthsOf, yearsOf } from '../../../src/ui/statistics/day-facts';

describe('facts of days', () => {
  it('are the busiest day, the longest run, and the mean of days that have any', () => {
    const days = [
      ['2023-12-30', 2],
      ['2023-12-31', 1],
      ['2024-01-01', 9],
      ['2024-02-28', 1],
      ['2024-02-29', 1],
    ] as const;
    expect(factsOf(days)).toEqual({
      busiest: { day: '2024-01-01', messages: 9 },
      streak: { days: 3, from: '2023-12-30' },
      perDay: 14 / 5,
    });
    expect(factsOf([])).toEqual({ busiest: null, streak: null, perDay: 0 });
    expect(yearsOf(days)).toEqual(['2023', '2024']);
  });

  it('by month have the empty ones between, and keep absurd times few', () => {
    expect(
      monthsOf([
        ['2023-11-30', 2],
        ['2024-01-01', 3],
        ['2024-01-31', 4],
      ]),
    ).toEqual([
      ['2023-11', 2],
      ['2023-12', 0],
      ['2024-01', 7],
    ]);
    expect(
      monthsOf([
        ['0001-01-02', 1],
        ['2024-01-01', 1],
      ]),
    ).toEqual([
      ['0001-01', 1],
      ['2024-01', 1],
    ]);
    expect(monthsOf([])).toEqual([]);
  });

  it('lie in a calendar whose weeks begin on Monday, whatever the year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9998 }), (number) => {
        const year = String(number).padStart(4, '0');
        const isLeap = (number % 4 === 0 && number % 100 !== 0) || number % 400 === 0;
        const days = calendarOf([[`${year}-03-01`, 7]], year);
        expect(days).toHaveLength(isLeap ? 366 : 365);
        expect(days.filter(({ messages }) => messages > 0).map(({ day }) => day)).toEqual([`${year}-03-01`]);
        for (const { day, weekday } of days.slice(0, 8)) expect((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7).toBe(weekday);
        expect(days.every(({ week }, at) => at === 0 || week >= (days[at - 1]?.week ?? 0))).toBe(true);
        expect(Math.max(...days.map(({ week }) => week))).toBeLessThan(54);
      }),
    );
  });
});

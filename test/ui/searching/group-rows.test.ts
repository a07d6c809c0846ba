import { describe, expect, test } from 'vitest';
import { dayBeside, dayOfQuery } from '../../../src/ui/searching/day-query';
import { groupsByTime } from '../../../src/ui/searching/group-rows';
import { monthNumber } from '../../../src/ui/searching/month-range';

describe('groups by time', () => {
  test('are months in the order of the search', () => {
    const months = new Map([['2024-01', 2], ['2023-12', 5], ['2024-03', 1]]); // prettier-ignore
    expect(groupsByTime(months, 'newest').map(({ month, count }) => [month, count])).toEqual([['2024-03', 1], ['2024-01', 2], ['2023-12', 5]]); // prettier-ignore
    expect(groupsByTime(months, 'oldest').map(({ month }) => month)).toEqual(['2023-12', '2024-01', '2024-03']);
  });

  test('are years where there are many months, and their counts add up', () => {
    const months = new Map(
      Array.from({ length: 30 }, (_, at) => [`20${10 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`, at + 1]),
    );
    const years = groupsByTime(months, 'oldest');
    expect(years.map(({ year, month, count }) => [year, month, count])).toEqual([[2010, null, 78], [2011, null, 222], [2012, null, 165]]); // prettier-ignore
    expect(years[0]?.range).toEqual({ from: monthNumber('2010-01'), to: monthNumber('2010-12') });
  });
});

describe('the query for a day', () => {
  test.each([
    ['on:2023-05-01', '2023-05-01'],
    [' 日期：2023-05-01 ', '2023-05-01'],
    ['on:2023-05', null],
    ['on:2023-05-01 wine', null],
    ['-on:2023-05-01', null],
  ])('%s', (query, day) => {
    expect(dayOfQuery(query)).toBe(day);
  });

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2023-12-31', 1, '2024-01-01'],
    ['0001-01-01', -1, null],
    ['9999-12-31', 1, null],
    ['0050-03-01', -1, '0050-02-28'],
  ] as const)('beside %s by %i is %s', (day, by, expected) => {
    expect(dayBeside(day, by)).toBe(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/importers/instant';

describe('parseInstant', () => {
  it('reads back every instant that ISO text can say', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) }), (atMs) => {
        expect(parseInstant(new Date(atMs).toISOString())).toBe(atMs);
      }),
    );
  });

  // 1,701,404,323 s is 2023-12-01 04:18:43 UTC (date -u -d @1701404323).
  it.each([
    ['2023-12-01T04:18:43.3390000+00:00', 1_701_404_323_339],
    ['2023-12-01T06:18:43.339+02:00', 1_701_404_323_339],
    ['2023-11-30T23:48:43.339-0430', 1_701_404_323_339],
    ['2023-12-01 04:18:43.342000+00:00', 1_701_404_323_342],
    ['2023-12-01 04:18:43 UTC', 1_701_404_323_000],
    ['2023-12-01T04:18:43.3Z', 1_701_404_323_300],
    ['2023-12-01T04:18Z', 1_701_404_280_000],
  ])('reads %s', (text, atMs) => {
    expect(parseInstant(text)).toBe(atMs);
  });

  it('takes a text without a zone only where the zone is known', () => {
    expect(parseInstant('2023-12-01 04:18:43')).toBeNull();
    expect(parseInstant('2023-12-01 04:18:43', 'utc')).toBe(1_701_404_323_000);
  });

  it.each(['', '2023-02-29T00:00:00Z', '2023-13-01T00:00:00Z', '2023-12-01T24:00:00Z', '2023-12-01', '0000-00-00T00:00:00Z', 'now'])(
    'refuses %j',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});

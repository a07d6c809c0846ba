import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/search/dates';
import { monthRunsOf, runsOfOneMonth } from '../../src/search/months';
import type { SegmentEntry } from '../../src/vault/archive';

const at = (text: string): number => Date.parse(text);
const segment = (firstAtMs: number, lastAtMs: number): SegmentEntry => ({
  id: 's' as SegmentEntry['id'],
  messageCount: 7,
  firstAtMs,
  lastAtMs,
});

describe('months of messages', () => {
  test('are those of the clocks in the zone', () => {
    // Shanghai is eight hours ahead: its May begins at 16:00 of 30 April by UTC.
    const times = [at('2024-04-30T15:59:59Z'), at('2024-04-30T16:00:00Z'), at('2024-05-31T16:00:00Z'), at('2024-05-31T16:00:00Z')];
    expect(monthRunsOf(times, 'Asia/Shanghai')).toEqual({ months: ['2024-04', '2024-05', '2024-06'], ends: [1, 2, 4] });
    expect(monthRunsOf(times, 'UTC')).toEqual({ months: ['2024-04', '2024-05'], ends: [2, 4] });
  });

  test('of none are none', () => {
    expect(monthRunsOf([], 'UTC')).toEqual({ months: [], ends: [] });
  });

  test('hold exactly what `during:` of that month holds, also where clocks jump at the first midnight', () => {
    // Paraguay put its clocks back over midnight into 1 April 2000: 23:00 to 24:00 of 31 March was there twice.
    for (const zone of ['America/Asuncion', 'Asia/Amman', 'Europe/Berlin', 'Pacific/Apia']) {
      for (let hour = 0; hour < 24 * 366; hour++) {
        const atMs = Date.UTC(2000, 0, 1, hour);
        const [month = ''] = monthRunsOf([atMs], zone).months;
        const range = parseDate(month, zone, 0);
        expect(range !== null && range.fromMs <= atMs && atMs < range.toMs, `${zone} ${new Date(atMs).toISOString()}`).toBe(true);
      }
    }
  });

  test('reach from the year 1 to 9999', () => {
    expect(monthRunsOf([new Date(0).setUTCFullYear(1, 0, 2), Date.UTC(9999, 11, 31)], 'UTC').months).toEqual(['0001-01', '9999-12']);
  });

  test('of a segment within one month are known from its ends', () => {
    expect(runsOfOneMonth(segment(at('2024-05-01T00:00Z'), at('2024-05-31T23:59Z')), 'UTC')).toEqual({ months: ['2024-05'], ends: [7] });
    expect(runsOfOneMonth(segment(at('2024-05-01T00:00Z'), at('2024-06-01T00:00Z')), 'UTC')).toBe(null);
  });
});

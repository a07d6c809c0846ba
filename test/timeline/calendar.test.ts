import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, message } from '../search/memory-reader';
import type { MemoryReader } from '../search/memory-reader';

const id = conversationId('c');

function timelineOver(reader: MemoryReader) {
  return createTimeline({ reader: async () => reader, overlays: async () => [], inlineTypes: new Set() });
}

const over = (times: readonly number[], segmentSize = 4096): MemoryReader =>
  memoryReader([{ id: 'c', messages: times.map((sentAtMs, seq) => message('x', { seq, sentAtMs })) }], [], segmentSize);

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows, by the engine's own calendar. */
function dayIn(zone: string, atMs: number): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US-u-ca-gregory', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}`;
}

// Zones with half hours, changes at midnight, a skipped day and a half-hour summer time.
const zones = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
];

describe('the calendar', () => {
  test('counts every message once, under the day that clocks showed', async () => {
    const hour = 3_600_000;
    const around = fc.constantFrom(
      Date.UTC(2011, 11, 29, 20),
      Date.UTC(2018, 10, 4),
      Date.UTC(2023, 9, 28),
      Date.UTC(2024, 2, 10),
      Date.UTC(2024, 1, 28),
    );
    const times = fc.array(
      fc.tuple(around, fc.integer({ min: -40, max: 40 })).map(([atMs, quarter]) => atMs + (quarter * hour) / 2),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(times, fc.constantFrom(...zones), fc.integer({ min: 1, max: 9 }), async (unsorted, zone, segmentSize) => {
        const sorted = unsorted.toSorted((a, b) => a - b);
        const timeline = timelineOver(over(unsorted, segmentSize));
        const months = await timeline.months(id, zone);
        const byDay = (await Promise.all(months.map(({ month }) => timeline.days(id, month, zone)))).flat();
        const expected = new Map<string, number[]>();
        for (const [position, atMs] of sorted.entries()) {
          const day = dayIn(zone, atMs);
          expected.set(day, [...(expected.get(day) ?? []), position]);
        }
        expect(byDay).toEqual(
          [...expected].map(([day, positions]) => ({ day, firstPosition: positions[0], messageCount: positions.length })),
        );
        expect(months.map(({ messageCount }) => messageCount).reduce((sum, count) => sum + count, 0)).toBe(sorted.length);
        expect(months.map(({ month }) => month)).toEqual([...new Set(byDay.map(({ day }) => day.slice(0, 7)))]);
      }),
      { numRuns: 400 },
    );
  });

  test('goes on with a day whose clocks are set back over midnight', async () => {
    // St John's, 2009-11-01: at 00:01 clocks went back to 23:01 of 31 October.
    const zone = 'America/St_Johns';
    const back = Date.UTC(2009, 10, 1, 2, 31);
    const timeline = timelineOver(over([back - 120_000, back - 30_000, back + 60_000, back + 7_200_000]));
    expect(await timeline.months(id, zone)).toEqual([
      { month: '2009-10', firstPosition: 0, messageCount: 1 },
      { month: '2009-11', firstPosition: 1, messageCount: 3 },
    ]);
    expect(await timeline.days(id, '2009-11', zone)).toEqual([{ day: '2009-11-01', firstPosition: 1, messageCount: 3 }]);
  });

  test('is the zone’s: the same messages fall on other days elsewhere', async () => {
    const timeline = timelineOver(over([Date.UTC(2024, 0, 31, 20)]));
    expect(await timeline.months(id, 'UTC')).toMatchObject([{ month: '2024-01' }]);
    expect(await timeline.months(id, 'Asia/Shanghai')).toMatchObject([{ month: '2024-02' }]);
    expect(await timeline.days(id, '2024-02', 'Asia/Shanghai')).toEqual([{ day: '2024-02-01', firstPosition: 0, messageCount: 1 }]);
  });

  test('costs nothing for empty centuries, and holds for absurd times', async () => {
    const reader = over([new Date(0).setUTCFullYear(1, 0, 2), 0, Date.UTC(2024, 0, 1), Date.UTC(9999, 11, 31)], 1);
    expect((await timelineOver(reader).months(id, 'Europe/Berlin')).map(({ month }) => month)).toEqual([
      '0001-01',
      '1970-01',
      '2024-01',
      '9999-12',
    ]);
    expect(reader.opened).toEqual([]);
  });

  test('opens only segments in which a month begins, and each once', async () => {
    const day = 86_400_000;
    const times = Array.from({ length: 365 * 4 }, (_, index) => Date.UTC(2023, 0, 1) + (index * day) / 4);
    const reader = over(times, 40);
    const timeline = timelineOver(reader);
    const months = await timeline.months(id, 'UTC');
    expect(months).toHaveLength(12);
    expect(reader.opened.length).toBeLessThanOrEqual(11);
    await timeline.months(id, 'UTC');
    expect(new Set(reader.opened).size).toBe(reader.opened.length);
  });

  test('has no days in what is no month or holds nothing', async () => {
    const timeline = timelineOver(over([0]));
    for (const month of ['1971-01', 'x', '']) expect(await timeline.days(id, month, 'UTC')).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNeverEdited, messageTime, parseUnixTime, parseWallClock } from '../../../src/importers/telegram/clock';

describe('parseWallClock', () => {
  it('reads back every second that ISO text can say', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 }), (seconds) => {
        expect(parseWallClock(new Date(seconds * 1000).toISOString().slice(0, 19))).toBe(seconds * 1000);
      }),
    );
  });

  it.each([
    '',
    '2024-02-30T00:00:00',
    '2023-02-29T00:00:00',
    '2024-13-01T00:00:00',
    '2024-00-10T00:00:00',
    '2024-01-15T24:00:00',
    '2024-01-15T10:60:00',
    '2024-01-15 10:00:00',
    '2024-01-15T10:00:00Z',
    '2024-01-15T10:00',
    '٢٠٢٤-01-15T10:00:00',
    '-024-01-15T10:00:00',
  ])('refuses %j', (text) => {
    expect(parseWallClock(text)).toBeNull();
  });
});

describe('parseUnixTime', () => {
  it('reads strings and numbers of seconds', () => {
    expect(parseUnixTime('1705312800')).toBe(1_705_312_800_000);
    expect(parseUnixTime(1_705_312_800)).toBe(1_705_312_800_000);
  });

  it.each(['', '0', '-5', '1.5', 'NaN', 'Infinity', '292277026596', '99999999999999999', null, undefined, true, {}])(
    'refuses %j',
    (value) => {
      expect(parseUnixTime(value)).toBeNull();
    },
  );
});

describe('messageTime', () => {
  it('prefers the instant, falls back to the wall clock, and says which it is', () => {
    expect(messageTime('1705312800', '2024-01-15T20:00:00')).toEqual({ sentAtMs: 1_705_312_800_000, clock: 'absolute' });
    expect(messageTime(undefined, '2024-01-15T10:00:00')).toEqual({ sentAtMs: 1_705_312_800_000, clock: 'second' });
    expect(messageTime('1652135033', undefined)).toEqual({ sentAtMs: 1_652_135_033_000, clock: 'absolute' });
    expect(messageTime('soon', 'yesterday')).toBeNull();
  });
});

describe('isNeverEdited', () => {
  it('takes the epoch, in any zone, for "not edited"', () => {
    expect(isNeverEdited('1970-01-01T05:00:00')).toBe(true);
    expect(isNeverEdited('1969-12-31T19:00:00')).toBe(true);
    expect(isNeverEdited('2018-11-17T00:58:05')).toBe(false);
    expect(isNeverEdited(undefined)).toBe(false);
  });
});

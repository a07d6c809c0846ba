// Times as tables write them, each read by its pattern; the instants were worked out by hand.

import { describe, expect, test } from 'vitest';
import { guessTime } from '../../../src/importers/table/guess-time';
import { readTime } from '../../../src/importers/table/read-time';
import type { TimeWriting } from '../../../src/model/table-mapping';

/** 7 March 2024, 15:04:05 as a clock; and what it is in Shanghai, eight hours ahead. */
const clockMs = Date.UTC(2024, 2, 7, 15, 4, 5);
const shanghaiMs = Date.UTC(2024, 2, 7, 7, 4, 5);
const minuteMs = Date.UTC(2024, 2, 7, 15, 4);

describe('texts', () => {
  test.each<[string, TimeWriting, 12 | 24, number, string]>([
    ['2024-03-07 15:04:05', 'YMD', 24, clockMs, 'second'],
    ['2024-03-07T15:04', 'YMD', 24, minuteMs, 'minute'],
    ['2024-03-07T15:04:05Z', 'YMD', 24, clockMs, 'absolute'],
    ['2024-03-07T15:04:05.120+08:00', 'YMD', 24, shanghaiMs + 120, 'absolute'],
    ['2024-03-07 15:04:05 +0800 CST', 'YMD', 24, shanghaiMs, 'absolute'],
    ['2024-03-07 15:04:05 UTC', 'YMD', 24, clockMs, 'absolute'],
    ['2024/3/7 15:04', 'YMD', 24, minuteMs, 'minute'],
    ['24.03.07 15:04', 'YMD', 24, minuteMs, 'minute'],
    ['20240307150405', 'YMD', 24, clockMs, 'second'],
    ['20240307T150405', 'YMD', 24, clockMs, 'second'],
    ['2024年3月7日 星期四 15:04:05', 'YMD', 24, clockMs, 'second'],
    ['2024年3月7日 下午3:04:05', 'YMD', 12, clockMs, 'second'],
    ['2024年3月7日 下午3时04分05秒', 'YMD', 12, clockMs, 'second'],
    ['7.3.2024, 15:04', 'DMY', 24, minuteMs, 'minute'],
    ['07/03/24 15:04:05', 'DMY', 24, clockMs, 'second'],
    ['3/7/2024, 3:04\u202fPM', 'MDY', 12, minuteMs, 'minute'],
    ['Mar 7, 2024 3:04:05 p.m.', 'MDY', 12, clockMs, 'second'],
    ['Thursday, 7 March 2024 at 15:04', 'DMY', 24, minuteMs, 'minute'],
    ['Thu Mar 07 15:04:05 +0800 2024', 'MDY', 24, shanghaiMs, 'absolute'],
    ['2024-Mar-07 15:04', 'YMD', 24, minuteMs, 'minute'],
    ['15:04:05 07-03-2024', 'DMY', 24, clockMs, 'second'],
    ['2024-03-07', 'YMD', 24, Date.UTC(2024, 2, 7), 'minute'],
    ['12:30 AM 3/7/2024', 'MDY', 12, Date.UTC(2024, 2, 7, 0, 30), 'minute'],
    ['2024-03-07 中午12:30', 'YMD', 12, Date.UTC(2024, 2, 7, 12, 30), 'minute'],
    ['2024-03-07 中午11:30', 'YMD', 12, Date.UTC(2024, 2, 7, 11, 30), 'minute'],
    ['2024-03-07 凌晨2:30', 'YMD', 12, Date.UTC(2024, 2, 7, 2, 30), 'minute'],
    ['2024-03-07 晚上12:30', 'YMD', 12, Date.UTC(2024, 2, 7, 0, 30), 'minute'],
    ['1709795045', 's', 24, shanghaiMs, 'absolute'],
    ['1709795045.5', 's', 24, shanghaiMs + 500, 'absolute'],
    ['1709795045120', 'ms', 24, shanghaiMs + 120, 'absolute'],
    ['1709795045120999', 'us', 24, shanghaiMs + 120, 'absolute'],
    ['1709795045120999999', 'ns', 24, shanghaiMs + 120, 'absolute'],
    // 978,307,200 seconds lie between 1970 and 2001.
    [String(1_709_795_045 - 978_307_200), 'apple-s', 24, shanghaiMs, 'absolute'],
    [`${1_709_795_045 - 978_307_200}000000000`, 'apple-ns', 24, shanghaiMs, 'absolute'],
    // 7 March 2024 is day 45,358 of a spreadsheet; 0.5 of it is noon.
    ['45358.5', 'days', 24, Date.UTC(2024, 2, 7, 12), 'second'],
  ])('%s', (text, written, hours, atMs, clock) => {
    expect(readTime(text, { written, hours })).toMatchObject({ atMs, clock });
  });

  test.each<[string, TimeWriting, 12 | 24]>([
    ['', 'YMD', 24],
    ['yesterday', 'YMD', 24],
    ['2024-02-30 10:00', 'YMD', 24],
    ['2024-13-01 10:00', 'YMD', 24],
    ['31/12/2024 10:00', 'MDY', 24],
    ['2024-03-07 25:00', 'YMD', 24],
    ['2024-03-07 10:61', 'YMD', 24],
    ['2024-03-07 10:00', 'YMD', 12],
    ['3/7/2024 15:04 PM', 'MDY', 12],
    ['0', 's', 24],
    ['abc', 's', 24],
    ['1'.repeat(70), 's', 24],
    ['99999999999999', 's', 24],
  ])('%s is no time in %s', (text, written, hours) => {
    expect(readTime(text, { written, hours })).toBeNull();
  });
});

describe('guesses', () => {
  const guess = (...texts: string[]): unknown => guessTime(texts);
  test('numbers by their size', () => {
    expect(guess('1709795045')).toMatchObject({ written: 's', share: 1, isCertain: true });
    expect(guess('1709795045120')).toMatchObject({ written: 'ms' });
    expect(guess('1709795045120999')).toMatchObject({ written: 'us' });
    expect(guess('1709795045120999999')).toMatchObject({ written: 'ns' });
    expect(guess('731487845')).toMatchObject({ written: 'apple-s' });
    expect(guess('731487845000000000')).toMatchObject({ written: 'apple-ns' });
    expect(guess('45358.5')).toMatchObject({ written: 'days' });
    expect(guess('20240307', '20240308')).toMatchObject({ written: 'YMD' });
  });
  test('the order of day and month by a day above twelve, else by times that never step back', () => {
    expect(guess('01/02/2024 10:00', '13/02/2024 10:00')).toMatchObject({ written: 'DMY', isCertain: true });
    expect(guess('01/02/2024 10:00', '01/13/2024 10:00')).toMatchObject({ written: 'MDY', isCertain: true });
    expect(guess('01/11/2024 10:00', '02/11/2024 10:00', '03/01/2024 10:00')).toMatchObject({ written: 'MDY', isCertain: true });
    expect(guess('03/11/2024 10:00', '02/11/2024 10:00', '01/11/2024 10:00')).toMatchObject({ isCertain: false });
  });
  test('a twelve-hour clock by its marks, the zone by the name of the column', () => {
    expect(guess('3/7/2024, 3:04 PM')).toMatchObject({ written: 'MDY', hours: 12, isCertain: false });
    expect(guessTime(['2024-03-07 15:04'], 'Date (UTC)')).toMatchObject({ written: 'YMD', zone: 'UTC' });
    expect(guessTime(['hello', 'you'])).toMatchObject({ share: 0 });
    expect(guessTime([])).toMatchObject({ share: 0 });
  });
});

import { describe, expect, test } from 'vitest';
import { defaultRetention } from '../../../src/model/backup-view';
import { ago, retentionWords, scheduleWords, verifiedWords } from '../../../src/ui/backups/words';
import { createFormat } from '../../../src/ui/format';
import { en } from '../../../src/ui/strings/en';
import { enBackup } from '../../../src/ui/strings/en/backup';
import { createTranslate } from '../../../src/ui/strings/strings';
import { zhCN } from '../../../src/ui/strings/zh-cn';
import { zhBackup } from '../../../src/ui/strings/zh-cn/backup';

const english = createTranslate(() => ({ language: 'en', table: { ...en, ...enBackup } }));
const chinese = createTranslate(() => ({ language: 'zh-CN', table: { ...zhCN, ...zhBackup } }));
const format = createFormat('en-GB');
const nowMs = new Date(2026, 4, 14, 9).getTime();
const dayMs = 86_400_000;

describe('ago', () => {
  test.each([
    [0, 'today'],
    [10 * 3_600_000, 'yesterday'],
    [2 * dayMs, '2 days ago'],
    [59 * dayMs, '59 days ago'],
    [90 * dayMs, '3 months ago'],
    [800 * dayMs, '2 years ago'],
  ])('%d ms', (ageMs, words) => expect(ago(nowMs - ageMs, nowMs, 'en')).toBe(words));
  test('a time to come is today, one that no calendar shows is a dash', () => {
    expect(ago(nowMs + dayMs, nowMs, 'en')).toBe('today');
    expect(ago(NaN, nowMs, 'en')).toBe('–');
    expect(ago(nowMs - 2 * dayMs, nowMs, 'zh-CN')).toBe('前天');
  });
});

describe('retention in words', () => {
  test('as a sentence, spans of zero left out', () => {
    expect(retentionWords(defaultRetention, english, format)).toBe(
      'The last 3, one a day for 7 days, one a week for 4 weeks, one a month for 12 months and one a year for 10 years; nothing younger than 30 days is removed',
    );
    expect(retentionWords({ last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, keepDays: 0 }, english, format)).toBe('The last one');
    expect(retentionWords({ last: 3, daily: 7, weekly: 0, monthly: 0, yearly: 0, keepDays: 30 }, chinese, createFormat('zh-CN'))).toBe(
      '最近 3 个和7 天内每天一个；30 天以内的都不删',
    );
  });
  test('all zero keeps everything', () =>
    expect(retentionWords({ last: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, keepDays: 30 }, english, format)).toBe('Everything'));
});

describe('schedule and verify', () => {
  test('when the next one is', () => {
    expect(scheduleWords({ schedule: 'daily', dueAtMs: nowMs + 5 * 3_600_000 }, nowMs, english, format)).toBe('Every day, next in 5 hours');
    expect(scheduleWords({ schedule: 'daily', dueAtMs: nowMs - 1 }, nowMs, english, format)).toBe('Every day, due now');
    expect(scheduleWords({ schedule: 'manual', dueAtMs: nowMs }, nowMs, english, format)).toBe('Only by hand');
  });
  test('how much was re-read', () => {
    expect(verifiedWords({ lastVerifiedAtMs: nowMs, verifiedShare: 0.42 }, nowMs, english, format)).toBe('Today, 42% of it re-read');
    expect(verifiedWords({ lastVerifiedAtMs: null, verifiedShare: 0 }, nowMs, english, format)).toBe('Not yet');
  });
});

// What a drive's state is, in words.

import type { BackupSchedule, DriveStatus, RetentionPolicy } from '../../model/backup-view';
import { dayKey, type Format, isShowable } from '../format';
import type { Translate } from '../strings/strings';

const dayMs = 86_400_000;

/** "today", "2 days ago", "3 months ago": by days of the calendar of the screen. */
export function ago(ms: number, nowMs: number, locale: string): string {
  if (!isShowable(ms)) return '–';
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const days = Math.max(0, Math.round((Date.parse(dayKey(nowMs)) - Date.parse(dayKey(ms))) / dayMs));
  if (days < 60) return relative.format(-days, 'day');
  return days < 730 ? relative.format(-Math.round(days / 30.44), 'month') : relative.format(-Math.round(days / 365.25), 'year');
}

/** "Today, 14:03", "12 May 2026, 09:10". */
export function whenExactly(ms: number, nowMs: number, format: Format, t: Translate): string {
  return [format.day(ms, nowMs), format.clock(ms)].join(t('mark.comma'));
}

const spans = ['last', 'daily', 'weekly', 'monthly', 'yearly'] as const;

/** True where nothing is ever let go. */
export function keepsEverything(policy: RetentionPolicy): boolean {
  return spans.every((span) => policy[span] === 0);
}

/** "The last 3, then one a day for 7 days, …; nothing younger than 30 days is removed". */
export function retentionWords(policy: RetentionPolicy, t: Translate, format: Format): string {
  if (keepsEverything(policy)) return t('backup.keep.all');
  const parts = spans.filter((span) => policy[span] > 0).map((span) => t(`backup.keep.${span}`, { count: policy[span] }));
  const days = policy.keepDays > 0 ? [t('backup.keep.days', { count: policy.keepDays })] : [];
  const words = [format.list(parts), ...days].join(t('mark.semicolon'));
  return asSentence(words, format);
}

/** Not worth counting down. */
const aboutNowMs = 60_000;

/** "Every day, next in 5 hours". */
export function scheduleWords(drive: Pick<DriveStatus, 'schedule' | 'dueAtMs'>, nowMs: number, t: Translate, format: Format): string {
  const schedule: BackupSchedule = drive.schedule;
  const words = t(`backup.schedule.${schedule}`);
  if (schedule === 'manual' || drive.dueAtMs === null) return words;
  const next =
    drive.dueAtMs <= nowMs + aboutNowMs ? t('backup.due.now') : t('backup.due.in', { time: format.remaining(drive.dueAtMs - nowMs) });
  return [words, next].join(t('mark.comma'));
}

/** "Today, 42 % of it re-read". */
export function verifiedWords(
  drive: Pick<DriveStatus, 'lastVerifiedAtMs' | 'verifiedShare'>,
  nowMs: number,
  t: Translate,
  format: Format,
): string {
  if (drive.lastVerifiedAtMs === null) return t('backup.verified.never');
  const words = t('backup.verified.share', {
    when: ago(drive.lastVerifiedAtMs, nowMs, format.locale),
    share: format.percent(drive.verifiedShare),
  });
  return asSentence(words, format);
}

/** "3 days ago": when a sample was last restored and found the same. */
export function drilledWords(
  { lastDrilledAtMs }: Pick<DriveStatus, 'lastDrilledAtMs'>,
  nowMs: number,
  t: Translate,
  format: Format,
): string {
  return lastDrilledAtMs === null ? t('backup.verified.never') : asSentence(ago(lastDrilledAtMs, nowMs, format.locale), format);
}

function asSentence(words: string, format: Format): string {
  return words.charAt(0).toLocaleUpperCase(format.locale) + words.slice(1);
}

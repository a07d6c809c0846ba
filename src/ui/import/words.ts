// What an archive is, in words.

import type { PlannedArchive, PlannedQuestion } from '../../model/view';
import { dayToMs, type Format } from '../format';
import type { Translate } from '../strings/strings';

/** The first part of a format's version, where it has words; years and numbers of versions stand in the receipt only. */
const versions = { ios: 'version.ios', android: 'version.android', chat: 'version.chat', account: 'version.account' } as const;
const isDay = /^\d{4}-\d\d-\d\d$/;
const orders = { DMY: 'order.dmy', MDY: 'order.mdy', YMD: 'order.ymd' } as const;

/** "WhatsApp export, iPhone": the app and, where it says more than the name does, the variant. */
export function archiveKind(archive: Pick<PlannedArchive, 'source' | 'formatVersion'>, t: Translate): string {
  const known = versions[archive.formatVersion.split('-')[0] as keyof typeof versions] as
    | (typeof versions)[keyof typeof versions]
    | undefined;
  // A space stands between Chinese and Latin words only: "WhatsApp 导出", "微信导出".
  const exported = t('plan.export', { app: t(`source.${archive.source}`) }).replace(/(\p{Script=Han}) (?=\p{Script=Han})/u, '$1');
  return [exported, ...(known === undefined ? [] : [t(known)])].join(t('mark.comma'));
}

type Option = PlannedQuestion['options'][number];

/** An option of a question, in our words where the value is one that we know; its example is a date such as `2026-03-07`. */
export function optionLabel(question: PlannedQuestion, option: Option, t: Translate, format: Format): string {
  const order = orders[option.value as keyof typeof orders] as (typeof orders)[keyof typeof orders] | undefined;
  if (question.kind === 'date-order' && order !== undefined) {
    const isExample = option.label !== '' && option.label !== option.value;
    const example = isDay.test(option.label) ? format.date(dayToMs(option.label)) : option.label;
    return isExample && !question.certain ? t('order.example', { order: t(order), example }) : t(order);
  }
  if (question.kind === 'country') return t('mark.aside', { words: countryName(option.value, format.locale), aside: option.label });
  return option.label === '' ? option.value : option.label;
}

/** A country in the language of the screen; its code where the browser has no name for it. */
function countryName(country: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}

/** The facts that the file itself proves, such as the order of its dates. */
export function certainFacts(archive: PlannedArchive, t: Translate, format: Format): readonly string[] {
  return archive.questions
    .filter(({ certain, answer }) => certain && answer !== null)
    .map((question) => {
      const option = question.options.find(({ value }) => value === question.answer) ?? {
        value: question.answer ?? '',
        label: question.answer ?? '',
      };
      return t(`fact.${question.kind}`, { value: optionLabel(question, option, t, format) });
    });
}

/** How many media files an archive brings, and how many it names and lacks. */
export function mediaSums({ mediaFound, mediaMissing, mediaBytes }: PlannedArchive, t: Translate, format: Format): string {
  return [
    mediaFound > 0 ? t('plan.media', { count: mediaFound, size: format.bytes(mediaBytes) }) : t('plan.noMedia'),
    ...(mediaMissing > 0 ? [t('plan.mediaMissing', { count: mediaMissing })] : []),
  ].join(t('mark.dot'));
}

/** "12,480 messages · 2014 – 2024 · 31 MB". */
export function archiveSums(archive: PlannedArchive, t: Translate, format: Format): string {
  const times = archive.conversations.flatMap(({ firstAtMs, lastAtMs }) =>
    firstAtMs === null || lastAtMs === null ? [] : [firstAtMs, lastAtMs],
  );
  const least = times.reduce((a, b) => Math.min(a, b), Infinity);
  const most = times.reduce((a, b) => Math.max(a, b), -Infinity);
  return [
    ...(archive.contacts === undefined ? [t(archive.counted ? 'count.messages' : 'plan.atLeast', { count: archive.messages })] : []),
    ...(times.length === 0 ? [] : [format.dateRange(least, most)]),
    format.bytes(archive.sizeBytes),
  ].join(t('mark.dot'));
}

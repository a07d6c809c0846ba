// Dates and times as KakaoTalk writes them, Korean and English, of phones and computers (formats/international.md §8).

import { dayOf } from '../calendar';
import { dayPeriods, hourOfDay } from '../day-periods';
import { isBlank, isMark, phraseKey } from '../marks';
import { isWeekdayOf } from '../weekday-words';

/** A date, a time, or both, at the beginning of a text. */
export interface Stamp {
  /** Days since 1970-01-01; null where there is only a time. */
  readonly day: number | null;
  /** Null where there is only a date. */
  readonly minuteOfDay: number | null;
  /** Code units of the text that it takes. */
  readonly length: number;
}

const months = 'january february march april may june july august september october november december'.split(' ');
/** No stamp is longer, weekday and all. */
const stampLimit = 48;

const koreanDate = String.raw`(\d{4})(?:년 ?(\d{1,2})월 ?(\d{1,2})일|\. ?(\d{1,2})\. ?(\d{1,2})\.?|-(\d{1,2})-(\d{1,2}))(?: ([월화수목금토일]요일))?`;
const englishDate = String.raw`(?:([A-Z][a-z]{2,8}), )?([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})`;
const time = String.raw`(?:(오전|오후|[AaPp][Mm]) ?)?(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([AaPp][Mm])(?![A-Za-z]))?`;
const dateThenTime = new RegExp(`^(?:${koreanDate}|${englishDate})(?:(?: at |,? )${time})?`);
const timeThenDate = new RegExp(`^${time}(?:, ${englishDate})?`);

/** The stamp that `text` begins with, or null. Marks before it and special blanks in it are allowed. */
export function readStamp(text: string): Stamp | null {
  const { plain, origins } = plainHead(text);
  const dated = dateThenTime.exec(plain);
  const timed = dated === null ? timeThenDate.exec(plain) : null;
  const match = dated ?? timed;
  if (match === null) return null;
  const day = dated
    ? dayOfMatch(dated.slice(1, 13))
    : timed?.[7] === undefined
      ? null
      : dayOfMatch([...noKoreanDate, ...timed.slice(5, 9)]);
  const minuteOfDay = minuteOf(dated ? dated.slice(13, 17) : match.slice(1, 5));
  if (day === -1 || minuteOfDay === -1 || (day === null && minuteOfDay === null)) return null;
  return { day, minuteOfDay, length: (origins[match[0].length - 1] ?? 0) + 1 };
}

const noKoreanDate = Array.from({ length: 8 }, () => undefined);

/** Days since 1970-01-01; -1 for no date, or one whose weekday is another. */
function dayOfMatch(parts: readonly (string | undefined)[]): number {
  const [koreanYear, month, date, dottedMonth, dottedDate, dashedMonth, dashedDate, koreanWord, word, name, englishDay, englishYear] =
    parts;
  const day =
    koreanYear === undefined
      ? dayOf(Number(englishYear), months.findIndex((month) => month.startsWith((name ?? '').toLowerCase())) + 1, Number(englishDay))
      : dayOf(Number(koreanYear), Number(month ?? dottedMonth ?? dashedMonth), Number(date ?? dottedDate ?? dashedDate));
  const weekday = koreanWord ?? word;
  return day >= 0 && weekday !== undefined && !isWeekdayOf(weekday, day) ? -1 : day;
}

/** Minutes since midnight; null where there is no time, -1 where there is no such time. */
function minuteOf([before, hours, minutes, after]: readonly (string | undefined)[]): number | null {
  if (hours === undefined) return null;
  const word = before ?? after;
  if ((before !== undefined && after !== undefined) || Number(minutes) > 59) return -1;
  const hour = hourOfDay(Number(hours), word === undefined ? null : (dayPeriods.get(phraseKey(word)) ?? null));
  return hour < 0 ? -1 : hour * 60 + Number(minutes);
}

/** The first code units without marks and with plain spaces, and where each stood. */
function plainHead(text: string): { plain: string; origins: number[] } {
  let plain = '';
  const origins: number[] = [];
  for (let at = 0; at < text.length && plain.length < stampLimit; at++) {
    const code = text.charCodeAt(at);
    if (isMark(code)) continue;
    plain += isBlank(code) ? ' ' : text[at];
    origins.push(at);
  }
  return { plain, origins };
}

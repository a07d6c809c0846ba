// Dates as people say them, in English and Chinese: "last week", "3 days ago", "May 2023", "last summer", 上周, 3天前, 去年夏天.
// Weeks begin on Monday. Seasons are those of the north, three whole months each; a winter belongs to the year it begins in.

/** A stretch of the calendar: where it begins and how long it is. Months count from 0; days and months may run over. */
export interface CalendarSpan {
  readonly start: YearMonthDay;
  readonly length: YearMonthDay;
}

export type YearMonthDay = readonly [year: number, month: number, day: number];

type Unit = 'day' | 'week' | 'month' | 'year';

const oneOf: Readonly<Record<Unit, YearMonthDay>> = { day: [0, 0, 1], week: [0, 0, 7], month: [0, 1, 0], year: [1, 0, 0] };
const days = new Map([['today', 0], ['今天', 0], ['今日', 0], ['yesterday', 1], ['昨天', 1], ['昨日', 1], ['前天', 2], ['thedaybeforeyesterday', 2]]); // prettier-ignore
const chineseUnits = new Map<string, Unit>([['天', 'day'], ['日', 'day'], ['周', 'week'], ['星期', 'week'], ['礼拜', 'week'], ['月', 'month'], ['年', 'year']]); // prettier-ignore
const yearsBack = new Map([['今年', 0], ['去年', 1], ['前年', 2]]); // prettier-ignore
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']; // prettier-ignore
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** The month each begins in. */
const seasons = new Map([['spring', 2], ['春', 2], ['summer', 5], ['夏', 5], ['autumn', 8], ['fall', 8], ['秋', 8], ['winter', 11], ['冬', 11]]); // prettier-ignore

/** `word` in lower case, simplified characters, without spaces and hyphens; `today` is the calendar day in the reader's zone. */
export function naturalDate(word: string, today: YearMonthDay): CalendarSpan | null {
  const back = days.get(word);
  if (back !== undefined) return spanBack('day', back, today);
  return thisOrLast(word, today) ?? ago(word, today) ?? recent(word, today) ?? weekday(word, today) ?? named(word, today);
}

/** The whole unit that lies `count` before the one today is in. */
function spanBack(unit: Unit, count: number, [year, month, day]: YearMonthDay): CalendarSpan {
  const start = {
    day: [year, month, day - count],
    week: [year, month, day - weekdayOf([year, month, day]) - 7 * count],
    month: [year, month - count, 1],
    year: [year - count, 0, 1],
  } as const;
  return { start: start[unit], length: oneOf[unit] };
}

/** 0 for Monday. */
const weekdayOf = ([year, month, day]: YearMonthDay): number =>
  (new Date(new Date(0).setUTCFullYear(year, month, day)).getUTCDay() + 6) % 7;

function thisOrLast(word: string, today: YearMonthDay): CalendarSpan | null {
  const english = /^(this|last)(week|month|year)$/.exec(word);
  if (english) return spanBack(english[2] as Unit, english[1] === 'last' ? 1 : 0, today);
  const years = yearsBack.get(word);
  if (years !== undefined) return spanBack('year', years, today);
  const chinese = /^(这|本|上)个?(周|星期|礼拜|月)$/u.exec(word);
  return chinese ? spanBack(chineseUnits.get(chinese[2] ?? '') ?? 'week', chinese[1] === '上' ? 1 : 0, today) : null;
}

const count = '(\\d{1,4}|[一二两三四五六七八九十])';
const chineseUnit = '(天|日|周|月|年|星期|礼拜)';
const agoEnglish = /^(\d{1,4}|an?)(day|week|month|year)s?ago$/;
const agoChinese = new RegExp(`^${count}个?${chineseUnit}前$`, 'u');
const recentEnglish = /^(?:last|past)(\d{1,4})(day|week|month|year)s?$/;
const recentChinese = new RegExp(`^(?:最近|近|过去)${count}个?${chineseUnit}$`, 'u');

/** `null` where the text is not of that form. */
function countAndUnit(word: string, english: RegExp, chinese: RegExp): readonly [number, Unit] | null {
  const found = english.exec(word) ?? chinese.exec(word);
  if (found === null) return null;
  const [, number = '', unit = ''] = found;
  const place = '一二三四五六七八九十'.indexOf(number === '两' ? '二' : number);
  return [place >= 0 ? place + 1 : /\d/.test(number) ? Number(number) : 1, chineseUnits.get(unit) ?? (unit as Unit)];
}

function ago(word: string, today: YearMonthDay): CalendarSpan | null {
  const said = countAndUnit(word, agoEnglish, agoChinese);
  return said && spanBack(said[1], said[0], today);
}

/** "last 3 months": up to the end of today, beginning on the day after the same date then; "last 7 days" holds today. */
function recent(word: string, [year, month, day]: YearMonthDay): CalendarSpan | null {
  const said = countAndUnit(word, recentEnglish, recentChinese);
  if (said === null) return null;
  const [years, monthsLong, daysLong] = oneOf[said[1]].map((each) => each * said[0]) as unknown as YearMonthDay;
  // Counted back from tomorrow; a length has to lead from the start to tomorrow again, in whichever month that falls.
  const start = new Date(new Date(0).setUTCFullYear(year - years, month - monthsLong, day + 1 - daysLong));
  const whole = new Date(0).setUTCFullYear(year, month, day + 1) - start.getTime();
  return { start: [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()], length: [0, 0, Math.round(whole / 86_400_000)] };
}

/** The latest such day that is not after today. */
function weekday(word: string, today: YearMonthDay): CalendarSpan | null {
  const chinese = /^(?:周|星期|礼拜)([一二三四五六日天])$/u.exec(word)?.[1];
  const wanted = chinese ? '一二三四五六日'.indexOf(chinese === '天' ? '日' : chinese) : placeByPrefix(weekdays, word);
  return wanted < 0 ? null : spanBack('day', (weekdayOf(today) - wanted + 7) % 7, today);
}

/** Whole names, or their first three letters or more. */
const placeByPrefix = (names: readonly string[], word: string): number =>
  word.length < 3 ? -1 : names.findIndex((name) => name.startsWith(word));

/** A month or season, of the year that is said with it; else "last summer" is the latest that is over, "may" the latest that has begun. */
function named(word: string, today: YearMonthDay): CalendarSpan | null {
  const found =
    /^(?<back>this|last)?(?<name>[a-z]{3,9})(?<year>\d{4})?$/.exec(word) ??
    /^(?<year>\d{4})(?<name>[a-z]{3,9})$/.exec(word) ??
    /^(?:(?<back>[今去前]年)|(?<year>\d{4})年?)?(?:(?<name>[春夏秋冬])[天季]?|(?<number>\d{1,2})月份?)$/u.exec(word);
  if (found === null) return null;
  const { back, name = '', year, number } = found.groups ?? {};
  const season = seasons.get(name);
  const month = season ?? (number === undefined ? placeByPrefix(months, name) : Number(number) - 1);
  if (month < 0 || month > 11 || (back !== undefined && year !== undefined)) return null;
  const length = season === undefined ? 1 : 3;
  const begun = today[0] - (month > today[1] ? 1 : 0);
  const isOver = (candidate: number): boolean => candidate * 12 + month + length <= today[0] * 12 + today[1];
  const over = [today[0], today[0] - 1].find(isOver) ?? today[0] - 2;
  const spoken = back === 'this' ? today[0] : back === 'last' ? over : back === undefined ? begun : today[0] - (yearsBack.get(back) ?? 0);
  return { start: [year === undefined ? spoken : Number(year), month, 1], length: [0, length, 0] };
}

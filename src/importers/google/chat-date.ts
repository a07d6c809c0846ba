// Dates of Google Chat's Takeout: `Thursday, November 3, 2016 at 11:59:50 AM UTC`, in the language of the account.

import { dayOf } from '../calendar';
import { hourOfDay } from '../day-periods';
import type { HalfDay } from '../day-periods';

/** Months from January, as they stand in long dates of a language (CLDR). */
const monthLists = [
  'january february march april may june july august september october november december',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jänner februar märz april mai juni juli august september oktober november dezember',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november december',
  'januar februar mars april mai juni juli august september oktober november desember',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  'januari februari maret april mei juni juli agustus september oktober november desember',
];

const months = new Map<string, number>(monthLists.flatMap((list) => list.split(' ').map((word, at) => [word, at + 1] as const)));

/** Halves of the day in the languages of the lists that have a clock of twelve hours, and in those that write dates in numbers. */
const halves: readonly (readonly [pattern: RegExp, half: HalfDay])[] = [
  [/(?:^|[^\p{L}])a\.? ?m(?:$|[^\p{L}])|上午|凌晨|清晨|早上|午前|오전/u, 'am'],
  [/(?:^|[^\p{L}])p\.? ?m(?:$|[^\p{L}])|下午|中午|晚上|午後|오후/u, 'pm'],
];

/** Longer texts are no dates. */
const longestDate = 120;
const colonClock = /(\d{1,2})[:時时시] ?(\d{1,2})[:分분] ?(\d{1,2})(?!\d)/;
const dotClock = /(?<!\d)(\d{1,2})\.(\d{2})\.(\d{2})(?!\d)/;
const numberDate = /(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]/;
const msPerSecond = 1000;

/** ms since 1970; null for what is no such date, for a language that is not known, and for another zone than UTC. */
export function parseChatDate(text: string): number | null {
  if (text.length > longestDate) return null;
  const plain = text.replaceAll(/\s/g, ' ').toLowerCase();
  if (/(?:utc|gmt) ?[+\u2212-] ?\d/.test(plain)) return null;
  const clock = colonClock.exec(plain) ?? dotClock.exec(plain);
  if (clock === null) return null;
  const rest = `${plain.slice(0, clock.index)} ${plain.slice(clock.index + clock[0].length)}`;
  const half = halves.find(([pattern]) => pattern.test(rest))?.[1] ?? null;
  const [hour, minute, second] = [hourOfDay(Number(clock[1]), half), Number(clock[2]), Number(clock[3])];
  const day = readDay(rest);
  if (day === -1 || hour === -1 || minute > 59 || second > 59) return null;
  return (((day * 24 + hour) * 60 + minute) * 60 + second) * msPerSecond;
}

/** Days since 1970, or -1. */
function readDay(text: string): number {
  const numbers = numberDate.exec(text);
  if (numbers !== null) return dayOf(Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
  const year = /(?<!\d)\d{4}(?!\d)/.exec(text)?.[0];
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(text)?.[0];
  const month = (text.match(/[\p{L}\p{M}]{2,20}/gu) ?? []).map((word) => months.get(word)).find((known) => known !== undefined);
  return year === undefined || day === undefined || month === undefined ? -1 : dayOf(Number(year), month, Number(day));
}

// Dates as phones write them, in three calendars, as days since 1970-01-01.

const dayMs = 86_400_000;
const firstYear = 1970;
const lastYear = 2199;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Days since 1970-01-01, or -1 where there is no such day or the year is absurd for a chat. A year below 100 is 2000 and
 * that; from 2400 on it is Buddhist (543 ahead); 1300–1500 is Persian (solar Hijri).
 */
export function dayOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return -1;
  if (year < 100) return gregorianDay(2000 + year, month, day);
  if (year >= 2400) return gregorianDay(year - 543, month, day);
  if (year >= 1300 && year <= 1500) return persianDay(year, month, day);
  return gregorianDay(year, month, day);
}

function gregorianDay(year: number, month: number, day: number): number {
  if (year < firstYear || year > lastYear) return -1;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > monthLengths[month - 1]! + (leap ? 1 : 0)) return -1;
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** In the Persian calendar of 1799 to 2256, years are leap in a cycle of 33, at these remainders. */
const persianLeapRemainders = [1, 5, 9, 13, 17, 22, 26, 30];
const persianAnchorYear = 1386; // = 33 * 42: the first of Farvardin 1386 was 2007-03-21
const persianAnchorDay = Date.UTC(2007, 2, 21) / dayMs;

function persianDay(year: number, month: number, day: number): number {
  const remainder = ((year % 33) + 33) % 33;
  const isLeap = persianLeapRemainders.includes(remainder);
  if (day > (month <= 6 ? 31 : month < 12 || isLeap ? 30 : 29)) return -1;
  const cycles = Math.floor((year - persianAnchorYear) / 33);
  const leapsInCycle = persianLeapRemainders.filter((leap) => leap < remainder).length;
  const yearDays = cycles * (33 * 365 + 8) + remainder * 365 + leapsInCycle;
  const monthDays = (month - 1) * 30 + Math.min(month - 1, 6);
  const days = persianAnchorDay + yearDays + monthDays + day - 1;
  return days >= 0 ? days : -1;
}

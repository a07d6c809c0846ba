// Times of the HTML form: `03.12.2025 19:07:28 UTC+02:00` in the title of the clock, without a zone before 2022; and the
// headings of days, `3 December 2025`, English in every language of the app.

import type { HtmlElement } from '../../../bytes/html-elements';
import { childElements, hasClass } from '../../../bytes/html-query';
import type { Clock } from '../../../model/record';

export interface HtmlTime {
  readonly sentAtMs: number;
  readonly clock: Clock;
  /** What the wall clock was ahead of UTC; null where it does not say. */
  readonly offsetMs: number | null;
}

const titlePattern = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):(\d\d))?$/;
const headingPattern = /^(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})$/;
const months = 'January February March April May June July August September October November December'.split(' ');

/** The time that a body's own clock shows: of the message, or of what was forwarded. Null where there is none. */
export function readTime(parent: HtmlElement): HtmlTime | null {
  const clock = childElements(parent, (element) => hasClass(element, 'date') && element.attributes.has('title'))[0];
  return clock === undefined ? null : parseTime(clock.attributes.get('title') ?? '');
}

/** The time of a title; a wall clock is read as UTC. Null for any other text, and for days that the calendar does not have. */
export function parseTime(title: string): HtmlTime | null {
  const match = titlePattern.exec(title);
  if (match === null) return null;
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const dayMs = dayOf(year, month, day);
  if (dayMs === null || hour > 23 || minute > 59 || second > 59) return null;
  const wallMs = dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
  if (match[7] === undefined) return { sentAtMs: wallMs, clock: 'second', offsetMs: null };
  const offsetMs = (Number(match[8]) * 60 + Number(match[9])) * (match[7] === '-' ? -60_000 : 60_000);
  return { sentAtMs: wallMs - offsetMs, clock: 'absolute', offsetMs };
}

/** The midnight of a day's heading, read as UTC; null for any other text. */
export function parseHeading(text: string): number | null {
  const match = headingPattern.exec(text);
  return match === null ? null : dayOf(Number(match[3]), months.indexOf(match[2] ?? '') + 1, Number(match[1]));
}

function dayOf(year: number, month: number, day: number): number | null {
  if (year < 1970 || month < 1 || month > 12) return null;
  const atMs = Date.UTC(year, month - 1, day);
  return new Date(atMs).getUTCDate() === day ? atMs : null;
}

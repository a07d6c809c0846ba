// The line that a message begins with: `TIME<tab>SENDER<tab>TEXT` from phones, `TIME SENDER TEXT` from computers.

import { dayPeriods, hourOfDay } from '../day-periods';
import { phraseKey } from '../marks';

export interface MessageLine {
  readonly minuteOfDay: number;
  /** Null for lines of LINE itself, and from computers, where nothing but a space divides sender and text. */
  readonly sender: string | null;
  /** What follows, where it has more lines with these. */
  readonly text: string;
  readonly hasTabs: boolean;
}

const timeCellLimit = 20;
const timeCell = /^([^\d\t]{0,10}?) ?(\d{1,2})[:.](\d{2})(?: ?([^\d\t]{1,10}))?$/;
const timeBeforeSpace = /^(?:([^\d\s]{1,4}) ?)?(\d{1,2}):(\d{2})(?: ?([AaPp]\.?[Mm]\.?))? /;

/** Reads the beginning of a message, or gives null. `line` may hold line feeds. */
export function readMessageLine(line: string): MessageLine | null {
  const tab = line.slice(0, timeCellLimit + 1).indexOf('\t');
  return tab > 0 ? readTabbed(line, tab) : readSpaced(line);
}

function readTabbed(line: string, tab: number): MessageLine | null {
  const time = timeCell.exec(line.slice(0, tab).replaceAll('\ufeff', ''));
  const minuteOfDay = time ? minuteOf(time) : null;
  if (minuteOfDay === null) return null;
  const rest = line.slice(tab + 1);
  const next = rest.indexOf('\t');
  const lineEnd = rest.indexOf('\n');
  if (next < 0 || (lineEnd >= 0 && lineEnd < next)) return { minuteOfDay, sender: null, text: rest, hasTabs: true };
  const sender = rest.slice(0, next);
  return { minuteOfDay, sender: sender.trim() === '' ? null : sender, text: rest.slice(next + 1), hasTabs: true };
}

function readSpaced(line: string): MessageLine | null {
  const time = timeBeforeSpace.exec(line.slice(0, timeCellLimit + 1));
  const minuteOfDay = time ? minuteOf(time) : null;
  if (time === null || minuteOfDay === null) return null;
  return { minuteOfDay, sender: null, text: line.slice(time[0].length), hasTabs: false };
}

/** Minutes since midnight; hour 24 is the first of the same listed day. Null where it is no time. */
function minuteOf([, before, hours, minutes, after]: RegExpExecArray): number | null {
  const words = [before, after].map((word) => phraseKey(word ?? '')).filter((word) => word !== '');
  const halves = words.map((word) => dayPeriods.get(word));
  if (halves.length > 1 || halves.includes(undefined)) return null;
  const hour = Number(hours) === 24 ? 0 : hourOfDay(Number(hours), halves[0] ?? null);
  return hour < 0 || Number(minutes) > 59 ? null : hour * 60 + Number(minutes);
}

// Times as imessage-exporter writes them: English months, twelve hours, the zone of the computer that it ran on.

import { dayOf } from '../calendar';
import { hourOfDay } from '../day-periods';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pattern = /^([A-Z][a-z]{2}) (\d{2}), (\d{4}) {1,2}(\d{1,2}):(\d{2}):(\d{2}) ([AP]M)(?= |$)/;
const stampLimit = 32;

export interface ExporterStamp {
  /** The wall clock read as UTC. */
  readonly sentAtMs: number;
  /** Code units that it takes. */
  readonly length: number;
}

/** The time that `line` begins with, such as `May 17, 2022  5:29:42 PM`, or null. */
export function readExporterStamp(line: string): ExporterStamp | null {
  const found = pattern.exec(line.slice(0, stampLimit));
  if (found === null) return null;
  const [whole, name = '', date, year, hours, minutes, seconds, half] = found;
  const day = dayOf(Number(year), months.indexOf(name) + 1, Number(date));
  const hour = hourOfDay(Number(hours), half === 'AM' ? 'am' : 'pm');
  if (day < 0 || hour < 0 || Number(hours) > 12 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const secondOfDay = hour * 3600 + Number(minutes) * 60 + Number(seconds);
  return { sentAtMs: (day * 86_400 + secondOfDay) * 1000, length: whole.length };
}

const readNote = /^ \(Read by .{1,200} after .{1,100}\)$/;

/** What follows the time on a message's first line: nothing, or when it was read. Null where the line says something else. */
export function readReadNote(rest: string): string | null {
  return rest === '' ? '' : readNote.test(rest) ? rest.slice(2, -1) : null;
}

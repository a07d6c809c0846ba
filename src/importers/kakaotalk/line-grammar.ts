// What a line of a chat begins: a message, a line of KakaoTalk itself, a date. There are three styles, one a file.

import { dropMarks } from '../marks';
import { readStamp } from './stamp';

/**
 * `stamped`: date and time before each message (Android, iPhone); `timed`: the time, under lines with the date (iPhone);
 * `bracketed`: `[name] [time] text` under lines with the date (computers).
 */
export type LineStyle = 'stamped' | 'timed' | 'bracketed';

/** `day` is null where the last date line says it, `sender` where KakaoTalk itself speaks. */
export type KakaoLine =
  | { readonly name: 'date'; readonly day: number }
  | {
      readonly name: 'message';
      readonly day: number | null;
      readonly minuteOfDay: number;
      readonly sender: string | null;
      readonly text: string;
    };

const nameLimit = 128;
const rule = /^-{5,40} ([^-].{4,40}?) -{5,40}$/;
const ruleLimit = 160;

/** The line between days of any style: alone on its line, or between hyphens; null for any other line. */
export function readDateLine(line: string): number | null {
  if (line.length > ruleLimit) return null;
  const text = dropMarks(line).trim();
  const inside = rule.exec(text)?.[1] ?? text;
  const stamp = readStamp(inside);
  return stamp?.length === inside.length ? stamp.day : null;
}

/** What `line` begins in this style, or null. */
export function readKakaoLine(line: string, style: LineStyle): KakaoLine | null {
  const day = readDateLine(line);
  if (day !== null) return { name: 'date', day };
  return style === 'bracketed' ? readBracketed(line) : readStamped(line, style);
}

/** `STAMP, NAME : TEXT`, or `STAMP, TEXT` and `STAMP: TEXT` where KakaoTalk itself speaks. */
function readStamped(line: string, style: LineStyle): KakaoLine | null {
  const stamp = readStamp(line);
  if (stamp === null || stamp.minuteOfDay === null || (stamp.day === null) !== (style === 'timed')) return null;
  const { day, minuteOfDay, length } = stamp;
  const rest = line.slice(length);
  if (rest.startsWith(': ')) return { name: 'message', day, minuteOfDay, sender: null, text: rest.slice(2) };
  if (!rest.startsWith(', ')) return null;
  const nameEnd = findNameEnd(rest);
  if (nameEnd < 0) return { name: 'message', day, minuteOfDay, sender: null, text: rest.slice(2) };
  return { name: 'message', day, minuteOfDay, sender: rest.slice(2, nameEnd), text: rest.slice(nameEnd + 3) };
}

/** Where the first ` : ` stands; a message without text may end with the colon. -1 where nobody speaks. */
function findNameEnd(rest: string): number {
  const found = rest.indexOf(' : ', 2);
  const end = found < 0 && rest.endsWith(' :') ? rest.length - 2 : found;
  return end > 2 && end - 2 <= nameLimit ? end : -1;
}

/** `[NAME] [TIME] TEXT`; a name may hold brackets, so the first one before a time ends it. */
function readBracketed(line: string): KakaoLine | null {
  if (!line.startsWith('[')) return null;
  for (let at = line.indexOf('] ['); at > 1 && at <= nameLimit; at = line.indexOf('] [', at + 1)) {
    const stamp = readStamp(line.slice(at + 3, at + 3 + 16));
    const end = stamp === null ? -1 : at + 3 + stamp.length;
    if (stamp?.minuteOfDay === null || stamp?.day !== null || line[end] !== ']') continue;
    return {
      name: 'message',
      day: null,
      minuteOfDay: stamp.minuteOfDay,
      sender: line.slice(1, at),
      text: line.slice(end + 1).replace(/^ /, ''),
    };
  }
  return null;
}

const ownLine =
  /(?:님이 (?:들어왔습니다|나갔습니다|메시지를 가렸습니다)|님을 (?:초대하였습니다|초대했습니다|내보냈습니다)|채팅방 관리자가 메시지를 가렸습니다)\.?$|(?:joined|left|has left) (?:this|the) chat ?room\.?$|^.{1,80} (?:invited .{1,200}|left)\.$/;
const ownLineLimit = 512;

/** True for a line that KakaoTalk itself says, in files of computers, which mark them by nothing. */
export function isOwnLine(line: string): boolean {
  return line.length <= ownLineLimit && ownLine.test(dropMarks(line).trim());
}

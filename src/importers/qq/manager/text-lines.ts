// The lines of a message manager's text file that are more than text: headers of messages and of conversations.

import { dayOf, timeOf } from '../clock';

export interface TextHeader {
  /** The wall clock read as UTC. */
  readonly sentAtMs: number;
  /** The rest of the line, as written. */
  readonly sender: string;
}

const headerPattern = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: |$)/;

/** The header of a message, if the line can be one. The hour has one digit or two. */
export function readTextHeader(line: string): TextHeader | null {
  const first = line.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return null;
  const found = headerPattern.exec(line);
  if (found === null) return null;
  const day = dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
  const time = timeOf(Number(found[4]), Number(found[5]), Number(found[6]));
  return day === null || time === null ? null : { sentAtMs: day + time, sender: line.slice(found[0].length) };
}

/** First words of the file; what stands behind them differs between versions. */
export const bannerStart = '消息记录';
const bannerPattern = /^消息记录[（(]此消息记录为文本格式/;

/** The line that a text file of the message manager begins with. */
export function isBanner(line: string): boolean {
  return bannerPattern.test(line);
}

/** The rule of 64 equals signs between the parts of a conversation's heading. */
export function isRule(line: string): boolean {
  return line.length >= 32 && line.length <= 128 && /^=+$/.test(line);
}

const headingPattern = /^消息(分组|对象)[:：](.*)$/;

/** A line of a conversation's heading: the list of contacts that it is in, or whom it is with. */
export function readHeading(line: string): { readonly part: 'group' | 'object'; readonly name: string } | null {
  const found = headingPattern.exec(line);
  if (found === null) return null;
  return { part: found[1] === '分组' ? 'group' : 'object', name: (found[2] ?? '').trim() };
}

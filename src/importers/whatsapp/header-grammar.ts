// The grammar of headers (formats/international.md §1.1), on a cleaned copy of the beginning of a line. Used for the first
// line of each kind and for lines that begin like a header; the others are read by header-reader.ts.

import { dayPeriods, type HalfDay } from '../day-periods';
import { isBlank, isMark, phraseKey } from '../marks';

/** No header is longer than this, marks included; the cleaned copy, and with it the pattern's work, is bounded by it. */
const headerLimit = 72;
const zeroDigits = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** Value of a decimal digit, or -1: ASCII, Arabic-Indic, Extended Arabic-Indic, Devanagari, Bengali, Thai. */
export function digitValue(code: number): number {
  for (const zero of zeroDigits) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

/** True where a line may begin with a header: with a digit or a bracket, after marks. */
export function mayBeHeader(line: string): boolean {
  let at = 0;
  while (at < line.length && isMark(line.charCodeAt(at))) at++;
  const code = line.charCodeAt(at);
  return code === 0x5b || (code >= 0x30 && code <= 0x39) || (code >= 0x660 && digitValue(code) >= 0);
}

// A day period is at most 14 code units; what it means is looked up, so the pattern need not list the words.
const word = String.raw`[^\d\s\[\]:,\-][^\d\[\]:,\-]{0,13}?`;
const headerPattern = new RegExp(
  String.raw`^(?<bracket>\[)?(?<first>\d{1,4})` +
    String.raw`(?:(?<separator>[./\-]) ?(?<second>\d{1,2})\k<separator> ?(?<third>\d{1,4})|(?<year>[年년]) ?(?<month>\d{1,2})[月월] ?(?<day>\d{1,2})[日일])` +
    String.raw`\.?(?: г\.)?(?:[,،] ?| klo | )(?:(?<before>${word}) ?)?` +
    String.raw`(?<hour>\d{1,2})(?<colon>[:.])(?<minute>\d{2})(?:\k<colon>(?<secondOfMinute>\d{2}))?` +
    String.raw`(?: ч\.)?(?: ?(?<after>${word}))?(?<end>\] | [\-–] |, )`,
  'd',
);

/** A header's parts. `ranges` are where its numbers stand in the line: the date's three, hour, minute, and second or none. */
export interface ParsedHeader {
  readonly bracketed: boolean;
  readonly separator: string;
  readonly timeSeparator: string;
  readonly half: HalfDay | null;
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly restAt: number;
}

/** Reads the header at the beginning of `line`, or gives null. Numbers are not checked here. */
export function parseHeader(line: string): ParsedHeader | null {
  const { text, origins } = cleanHead(line);
  const match = headerPattern.exec(text);
  if (!match) return null;
  const groups = match.groups!;
  const bracketed = groups['bracket'] !== undefined;
  if (bracketed !== (groups['end'] === '] ')) return null;
  const half = halfDayOf(groups['before'], groups['after']);
  if (half === undefined) return null;
  const restAt = origins[match[0].length - 1]! + 1;
  if (groups['end'] === ', ' && !isCommaHeader(line, restAt, groups)) return null;
  const names = ['first', 'second', 'month', 'third', 'day', 'hour', 'minute', 'secondOfMinute'];
  const places = names.flatMap((name) => match.indices!.groups![name] ?? []);
  const ranges: [number, number][] = [];
  for (let at = 0; at < places.length; at += 2) ranges.push([origins[places[at]!]!, origins[places[at + 1]! - 1]! + 1]);
  return { bracketed, separator: groups['separator'] ?? '年', timeSeparator: groups['colon']!, half, ranges, restAt };
}

/** The first code units without marks, with plain spaces and ASCII digits, and where each stood. */
function cleanHead(line: string): { text: string; origins: number[] } {
  const origins: number[] = [];
  let text = '';
  const end = Math.min(line.length, headerLimit);
  for (let at = 0; at < end; at++) {
    const code = line.charCodeAt(at);
    if (isMark(code)) continue;
    const digit = digitValue(code);
    text += digit >= 0 ? String(digit) : isBlank(code) ? ' ' : line[at];
    origins.push(at);
  }
  return { text, origins };
}

/** The half of the day, null where there is none, undefined where a word is none that we know. */
function halfDayOf(before: string | undefined, after: string | undefined): HalfDay | null | undefined {
  let half: HalfDay | null = null;
  for (const text of [before, after]) {
    if (text === undefined) continue;
    const found = dayPeriods.get(phraseKey(text));
    if (found === undefined || half !== null) return undefined;
    half = found;
  }
  return half;
}

/**
 * A header that ends with a comma is seen with Korean dates only, where KakaoTalk writes the same: there a space stands
 * on both sides of the colon after the name.
 */
function isCommaHeader(line: string, restAt: number, groups: Record<string, string | undefined>): boolean {
  if (groups['before'] === undefined || (groups['separator'] !== '.' && groups['year'] !== '년')) return false;
  const colon = line.indexOf(': ', restAt);
  return colon > restAt && line[colon - 1] !== ' ';
}

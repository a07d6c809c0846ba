// The texts of a segment as a vault stores them: in UTF-8, which takes less memory than strings and folds faster.

import { textOfUnits } from '../model/unit-text';
import { joinedFrom } from '../vault/columns/text';
import type { SegmentColumns } from '../vault/archive';

export interface RawTexts {
  readonly utf8: Uint8Array;
  /** Where each text ends, in UTF-16 units. */
  readonly ends: Uint32Array;
}

/** Of a column as a reader gives it. */
export const rawTextsOf = (column: NonNullable<SegmentColumns['text']>): RawTexts => ({
  utf8: column.utf8 ?? new TextEncoder().encode(column.joined),
  ends: column.ends,
});

/** Bytes of the UTF-8 sequence that begins with this byte; 1 for what begins none. */
export const sequenceBytes = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);

/** The byte that so many UTF-16 units after the one at `from` lie at. */
export function byteAfter(utf8: Uint8Array, from: number, units: number): number {
  let at = from;
  for (let left = units; left > 0 && at < utf8.length;) {
    const bytes = sequenceBytes(utf8[at] ?? 0);
    left -= bytes === 4 ? 2 : 1;
    at += bytes;
  }
  return at;
}

/** The text of so many UTF-16 units that begins at a byte, and the byte after it. Throws CamphorError `damaged`. */
export function textFromByte(utf8: Uint8Array, from: number, units: number): { readonly text: string; readonly end: number } {
  const end = byteAfter(utf8, from, units);
  const short = units <= shortUnits.length ? shortText(utf8, from, end) : null;
  return { text: short?.length === units ? short : joinedFrom(utf8.subarray(from, end), Uint32Array.of(units)), end };
}

/** Longer ones are decoded by the engine, a call of which takes as long as a hundred characters here. */
const shortUnits = new Uint16Array(256);

/** Null where it is not well formed; the engine's decoder then says so. */
function shortText(utf8: Uint8Array, from: number, end: number): string | null {
  let length = 0;
  for (let at = from; at < end;) {
    const first = utf8[at] ?? 0;
    const bytes = sequenceBytes(first);
    let code = bytes === 1 ? first : first & (0x7f >> bytes);
    for (let next = 1; next < bytes; next++) {
      const rest = (utf8[at + next] ?? 0) ^ 0x80;
      if (rest > 0x3f) return null;
      code = (code << 6) | rest;
    }
    const isShortest = bytes === 1 ? code < 0x80 : code >= (bytes === 2 ? 0x80 : bytes === 3 ? 0x800 : 0x10000);
    if (!isShortest || first >= 0xf8 || code > 0x10ffff || (code & 0xfffff800) === 0xd800) return null;
    at += bytes;
    if (code > 0xffff) shortUnits[length++] = 0xd7c0 + (code >> 10);
    shortUnits[length++] = code > 0xffff ? 0xdc00 | (code & 0x3ff) : code;
  }
  return textOfUnits(shortUnits.subarray(0, length));
}

/** One text. Throws CamphorError `damaged`. */
export function textAt({ utf8, ends }: RawTexts, place: number): string {
  const before = endBefore(ends, place);
  return textFromByte(utf8, byteAfter(utf8, 0, before), (ends[place] ?? before) - before).text;
}

/** Those from a place on, in memory of their own. */
export function textsFrom({ utf8, ends }: RawTexts, place: number): RawTexts {
  const before = endBefore(ends, place);
  return { utf8: utf8.slice(byteAfter(utf8, 0, before)), ends: ends.slice(place).map((end) => end - before) };
}

const endBefore = (ends: Uint32Array, place: number): number => (place === 0 ? 0 : (ends[place - 1] ?? 0));

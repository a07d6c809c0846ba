// The texts of a segment as a vault stores them: in UTF-8, which takes less memory than strings and folds faster.

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
function byteAfter(utf8: Uint8Array, from: number, units: number): number {
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
  return { text: joinedFrom(utf8.subarray(from, end), Uint32Array.of(units)), end };
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

// Normalisation for search, at speed: a table over UTF-16 code units for what folds one to one, `foldCluster` for the rest.
// Not the frozen normalisation of message keys, which belongs to intake.

import { CamphorError } from '../model/error';
import { foldCluster, foldHan, isExtender } from './fold';
import { textFromByte } from './raw-texts';
import type { RawTexts } from './raw-texts';
import { freeBytes } from '../model/free-bytes';
import { textOfUnits } from '../model/unit-text';

/** Texts one after another: text i is `joined.slice(ends[i-1] ?? 0, ends[i])`. */
export interface JoinedTexts {
  readonly joined: string;
  readonly ends: Uint32Array;
}

/** A normalised text and the way back: code unit i of `text` came from [from[i], to[i]) of the original. */
export interface MappedText {
  readonly text: string;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** In the table: not one to one, or part of a surrogate pair, or a mark. */
const slow = 0xffff;
/** As many as a stream-safe text has (UAX 15); more would let a million marks be sorted as one cluster. */
const extenderLimit = 30;
const clusterCacheLimit = 8192;

let table: Uint16Array | null = null;
const clusterCache = new Map<string, string>();

/** Folded code unit by code unit, or `slow`. Made at first use. */
function foldTable(): Uint16Array {
  if (table !== null) return table;
  const units = new Uint16Array(65_536).fill(slow);
  for (let code = 0; code < slow; code++) {
    // Surrogates, private use and later marks of Hangul stay slow; Hangul syllables are what they are.
    if (code >= 0xd7a4 && code <= 0xf8ff) continue;
    const character = String.fromCharCode(code);
    const folded = code >= 0xac00 && code <= 0xd7a3 ? character : isHan(code) ? foldHan(character) : foldCluster(character);
    if (folded.length === 1 && (isHan(code) || !isExtender(character))) units[code] = folded.charCodeAt(0);
  }
  table = units;
  return units;
}

/** Unified ideographs, for which no other rule than that of `foldHan` holds. */
const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff);

function foldCached(cluster: string): string {
  const known = clusterCache.get(cluster);
  if (known !== undefined) return known;
  const folded = foldCluster(cluster);
  if (clusterCache.size >= clusterCacheLimit) clusterCache.clear();
  if (cluster.length <= 8) clusterCache.set(cluster, folded);
  return folded;
}

const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

function codePointEnd(text: string, at: number, end: number): number {
  return at + 1 < end && isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1)) ? at + 2 : at + 1;
}

/** Where the cluster that starts at `at` ends, at most `end`. */
function clusterEnd(text: string, at: number, end: number, units: Uint16Array): number {
  let next = codePointEnd(text, at, end);
  for (let marks = 0; marks < extenderLimit && next < end && units[text.charCodeAt(next)] === slow; marks++) {
    const after = codePointEnd(text, next, end);
    if (!isExtender(text.slice(next, after))) break;
    next = after;
  }
  return next;
}

/** The text as search compares it (docs/search.md). */
export function normaliseText(text: string): string {
  return normaliseJoined({ joined: text, ends: Uint32Array.of(text.length) }).joined;
}

/** Every text normalised on its own, joined again. */
export function normaliseJoined(texts: JoinedTexts): JoinedTexts {
  if (isAscii(texts.joined)) return { joined: texts.joined.toLowerCase().replace(/[\t-\r]/g, ' '), ends: texts.ends };
  return foldJoined(texts, foldTable());
}

// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

function foldJoined({ joined, ends }: JoinedTexts, units: Uint16Array): JoinedTexts {
  const out = new FoldedUnits(joined.length);
  const foldedEnds = new Uint32Array(ends.length);
  let begin = 0;
  for (let text = 0; text < ends.length; text++) {
    const end = ends[text] ?? begin;
    foldText(joined, begin, end, units, out);
    foldedEnds[text] = out.length;
    begin = end;
  }
  const folded = out.toText();
  freeBytes(out.units);
  return { joined: folded, ends: foldedEnds };
}

/** Folds one text, `joined` from `begin` to `end`, to the end of `out`. */
function foldText(joined: string, begin: number, end: number, units: Uint16Array, out: FoldedUnits): void {
  out.reserve(end - begin);
  for (let next = begin; next < end;) {
    const unit = joined.charCodeAt(next);
    const folded = units[unit] ?? slow;
    if (folded !== slow) {
      out.units[out.length++] = folded;
      next++;
      continue;
    }
    let from = next;
    if (next > begin && units[joined.charCodeAt(next - 1)] !== slow && isExtender(joined.slice(next, codePointEnd(joined, next, end)))) {
      from--;
      out.length--;
    }
    next = clusterEnd(joined, from, end, units);
    const piece = foldCached(joined.slice(from, next));
    out.reserve(piece.length + (end - next));
    for (let index = 0; index < piece.length; index++) out.units[out.length++] = piece.charCodeAt(index);
  }
}

/**
 * The same as `normaliseJoined` of texts as they are stored, in a third of the time, since most are never decoded. Throws
 * CamphorError `damaged` where the bytes are no UTF-8, or not as long as the texts are.
 */
export function normaliseRaw({ utf8, ends }: RawTexts): JoinedTexts {
  const units = foldTable();
  const out = new FoldedUnits(utf8.length);
  const foldedEnds = new Uint32Array(ends.length);
  let at = 0;
  let begin = 0;
  for (let text = 0; text < ends.length; text++) {
    const end = ends[text] ?? begin;
    const before = out.length;
    const next = foldBytes(utf8, at, end - begin, units, out);
    if (next >= 0) at = next;
    else {
      const whole = textFromByte(utf8, at, end - begin);
      out.length = before;
      foldText(whole.text, 0, whole.text.length, units, out);
      at = whole.end;
    }
    foldedEnds[text] = out.length;
    begin = end;
  }
  if (at !== utf8.length) throw new CamphorError('damaged');
  return { joined: out.toText(), ends: foldedEnds };
}

/**
 * Folds the text of so many UTF-16 units that begins at byte `from`; gives the byte after it, or -1 where it has what is not
 * folded one to one, or is not well formed.
 */
function foldBytes(utf8: Uint8Array, from: number, unitCount: number, units: Uint16Array, out: FoldedUnits): number {
  out.reserve(unitCount);
  const folded = out.units;
  let length = out.length;
  let at = from;
  for (let left = unitCount; left > 0; left--) {
    let unit = utf8[at++] ?? 0xff;
    if (unit >= 0x80) {
      const second = (utf8[at++] ?? 0) ^ 0x80;
      if (unit >= 0xe0) {
        const third = (utf8[at++] ?? 0) ^ 0x80;
        unit = ((unit & 0x0f) << 12) | (second << 6) | third;
        if (second > 0x3f || third > 0x3f || unit < 0x800 || (utf8[at - 3] ?? 0) >= 0xf0) return -1;
      } else {
        unit = ((unit & 0x1f) << 6) | second;
        if (second > 0x3f || unit < 0x80 || (utf8[at - 2] ?? 0) < 0xc0) return -1;
      }
    }
    const unitFolded = units[unit] ?? slow;
    if (unitFolded === slow) return -1;
    folded[length++] = unitFolded;
  }
  if (at > utf8.length) return -1;
  out.length = length;
  return at;
}

/** Folded text as it grows. */
class FoldedUnits {
  units: Uint16Array<ArrayBuffer>;
  length = 0;

  constructor(unitCount: number) {
    this.units = new Uint16Array(unitCount + 64);
  }

  /** Makes room for so many more. */
  reserve(unitCount: number): void {
    if (this.length + unitCount <= this.units.length) return;
    const larger = new Uint16Array(2 * (this.length + unitCount));
    larger.set(this.units);
    this.units = larger;
  }

  /** Units are well formed: lone surrogates were folded to U+FFFD. */
  toText(): string {
    const units = this.units.subarray(0, this.length);
    if (littleEndian) return isAsciiUnits(units) ? utf8Decoder.decode(new Uint8Array(units)) : utf16.decode(units);
    return textOfUnits(units);
  }
}

/** Decoded from bytes they take one each in the browser's memory, else two. */
function isAsciiUnits(units: Uint16Array): boolean {
  for (let at = 0; at < units.length; at++) if ((units[at] ?? 0) > 0x7f) return false;
  return true;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The same text as `normaliseText`, with the way back; ten times slower, for hits that are shown. */
export function mapNormalised(original: string): MappedText {
  const units = foldTable();
  const from: number[] = [];
  const to: number[] = [];
  let text = '';
  for (let at = 0; at < original.length;) {
    const end = clusterEnd(original, at, original.length, units);
    const piece = foldCached(original.slice(at, end));
    for (let index = 0; index < piece.length; index++) {
      from.push(at);
      to.push(end);
    }
    text += piece;
    at = end;
  }
  return { text, from: Uint32Array.from(from), to: Uint32Array.from(to) };
}

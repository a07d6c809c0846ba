// Tokens of HTML: tags, texts and comments, found in a text whose letters may still be bytes.

import { decodeEntities } from './html-entities';

/**
 * Code units as a text of the same length, so that positions count units: for encodings of one byte each letter is a byte
 * (all of HTML's marks are ASCII, and in none of our encodings part of another character), for UTF-16 it is the text.
 */
export interface UnitText {
  readonly units: string;
  /** The characters that units [from, to) stand for. */
  decode(from: number, to: number): string;
  /** Nothing follows. */
  readonly isEnd: boolean;
}

export interface HtmlTag {
  /** In lower case. */
  readonly name: string;
  /** By name in lower case; of two with one name the first. References are resolved. */
  readonly attributes: ReadonlyMap<string, string>;
}

export type HtmlToken =
  | { readonly kind: 'open'; readonly end: number; readonly tag: HtmlTag; readonly isSelfClosed: boolean }
  | { readonly kind: 'close'; readonly end: number; readonly name: string }
  /** Text up to the next markup. */
  | { readonly kind: 'text'; readonly end: number }
  /** Comments, document types and processing instructions. */
  | { readonly kind: 'comment'; readonly end: number };

export const noAttributes: ReadonlyMap<string, string> = new Map();

/** Tags that start here end at their first `>`, wherever their quotation marks are: one of them was lost. */
export interface BlindRange {
  readonly from: number;
  readonly to: number;
}

const markup = /<(?=[a-zA-Z/!?])/g;
const commentEnd = /--!?>/g;
const spaceOrEnd = /[\s/>]/g;
const nameEnd = /[\s/>=]/g;
const bareValueEnd = /[\s>]/g;
const notSpace = /[^\s/]/g;
const afterSpace = /[^\s]/g;

/** Position of the first match at or after `from`, or -1. */
export function findFrom(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

/** Position of the next markup, or -1 where there is none yet. A last `<` may become one, unless the text ends. */
export function findMarkup(text: UnitText, from: number): number {
  const found = findFrom(markup, text.units, from);
  return found === -1 && !text.isEnd && text.units.length > from && text.units.endsWith('<') ? text.units.length - 1 : found;
}

/** The token at `at`, or null where the text ends before it does. */
export function readToken(text: UnitText, at: number, blind: BlindRange | null): HtmlToken | null {
  const start = findMarkup(text, at);
  if (start !== at) {
    if (start === -1 && !text.isEnd) return null;
    return { kind: 'text', end: start === -1 ? text.units.length : start };
  }
  const first = text.units[at + 1];
  if (first === undefined) return null;
  if (first === '!' || first === '?') return readComment(text, at);
  if (first !== '/') return readOpenTag(text, at, blind);
  const letter = text.units[at + 2];
  if (letter === undefined) return null;
  return isLetter(letter) ? readCloseTag(text, at, blind) : readComment(text, at);
}

function isLetter(unit: string): boolean {
  return /^[a-zA-Z]$/.test(unit);
}

function readComment({ units, isEnd }: UnitText, at: number): HtmlToken | null {
  if (units.length < at + 4 && !isEnd) return null;
  if (units.startsWith('<!--', at)) {
    const end = findFrom(commentEnd, units, at + 2);
    return end === -1 ? null : { kind: 'comment', end: units.indexOf('>', end) + 1 };
  }
  const end = units.indexOf('>', at);
  return end === -1 ? null : { kind: 'comment', end: end + 1 };
}

/** Where the tag at `at` must end at the latest: behind its first `>` in a blind range. -1 where that is missing. */
function boundOf(units: string, at: number, blind: BlindRange | null): number {
  return blind && at >= blind.from && at < blind.to ? units.indexOf('>', at) : units.length;
}

function readCloseTag(text: UnitText, at: number, blind: BlindRange | null): HtmlToken | null {
  const rest = readAttributes(text, at + 2, boundOf(text.units, at, blind));
  return rest && { kind: 'close', end: rest.end, name: rest.tag.name };
}

function readOpenTag(text: UnitText, at: number, blind: BlindRange | null): HtmlToken | null {
  const rest = readAttributes(text, at + 1, boundOf(text.units, at, blind));
  return rest && { kind: 'open', ...rest };
}

/** Name and attributes from the name on, up to the tag's end (HTML Standard, 13.2.5.6 to 13.2.5.40). */
function readAttributes(text: UnitText, from: number, bound: number): { end: number; tag: HtmlTag; isSelfClosed: boolean } | null {
  const { units } = text;
  let at = findFrom(spaceOrEnd, units, from);
  if (at === -1 || bound === -1) return null;
  const name = text.decode(from, at).toLowerCase();
  let attributes: Map<string, string> | null = null;
  for (;;) {
    at = findFrom(notSpace, units, at);
    if (at === -1 || at > bound) return null;
    if (units[at] === '>')
      return { end: at + 1, tag: { name, attributes: attributes ?? noAttributes }, isSelfClosed: units[at - 1] === '/' };
    const keyEnd = findFrom(nameEnd, units, at + 1);
    if (keyEnd === -1) return null;
    const key = text.decode(at, keyEnd).toLowerCase();
    const equals = findFrom(afterSpace, units, keyEnd);
    if (equals === -1) return null;
    if (units[equals] !== '=') {
      if (!attributes?.has(key)) (attributes ??= new Map<string, string>()).set(key, '');
      at = equals;
      continue;
    }
    const value = readValue(text, equals + 1, bound);
    if (!value) return null;
    if (!attributes?.has(key)) (attributes ??= new Map<string, string>()).set(key, decodeEntities(text.decode(value.from, value.to)));
    at = value.end;
  }
}

interface ValueRange {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

function readValue({ units }: UnitText, from: number, bound: number): ValueRange | null {
  const start = findFrom(afterSpace, units, from);
  if (start === -1) return null;
  const mark = units[start];
  if (mark === '"' || mark === "'") {
    const to = units.indexOf(mark, start + 1);
    if (to !== -1 && to < bound) return { from: start + 1, to, end: to + 1 };
    // In a blind range the mark that is missing stands at the tag's end; elsewhere the text goes on.
    return bound < units.length ? { from: start + 1, to: bound, end: bound } : null;
  }
  if (mark === '>') return { from: start, to: start, end: start };
  const end = findFrom(bareValueEnd, units, start);
  return end === -1 ? null : { from: start, to: end, end };
}

// Reads the part of JavaScript's regular expressions that can be matched in linear time: no backreferences, no lookaround.
// Sets of characters are kept as source text and left to the engine's own RegExp, one code point at a time.

import { CamphorError } from '../model/error';

/** `run-edge` is not written in expressions: no word of a script with spaces goes on here (Han and kana end anywhere). */
export type Assertion = 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge' | 'run-edge';

export type RegexNode =
  /** One code point that the expression `source` matches. */
  | { readonly is: 'set'; readonly source: string }
  | { readonly is: 'assertion'; readonly kind: Assertion }
  | { readonly is: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly is: 'choice'; readonly items: readonly RegexNode[] }
  | { readonly is: 'repeat'; readonly item: RegexNode; readonly least: number; readonly most: number };

const sourceLimit = 500;
const depthLimit = 40;
const countLimit = 1000;

interface Cursor {
  readonly source: string;
  at: number;
  depth: number;
}

/** Throws CamphorError `query-invalid` with the position where the expression cannot be read or is not supported. */
export function parseRegex(source: string): RegexNode {
  if (source.length > sourceLimit) throw invalid(sourceLimit);
  const cursor: Cursor = { source, at: 0, depth: 0 };
  const node = parseChoice(cursor);
  if (cursor.at < source.length) throw invalid(cursor.at);
  return node;
}

const invalid = (position: number): CamphorError => new CamphorError('query-invalid', { position });

function parseChoice(cursor: Cursor): RegexNode {
  if (++cursor.depth > depthLimit) throw invalid(cursor.at);
  const items = [parseSequence(cursor)];
  while (cursor.source[cursor.at] === '|') {
    cursor.at++;
    items.push(parseSequence(cursor));
  }
  cursor.depth--;
  return items.length === 1 && items[0] ? items[0] : { is: 'choice', items };
}

function parseSequence(cursor: Cursor): RegexNode {
  const items: RegexNode[] = [];
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== '|' && cursor.source[cursor.at] !== ')') {
    items.push(parseRepeat(cursor, parseItem(cursor)));
  }
  return { is: 'sequence', items };
}

const quantifier = /(?:[*+?]|\{(\d{1,6})(,(\d{0,6}))?\})\??/y;

function parseRepeat(cursor: Cursor, item: RegexNode): RegexNode {
  quantifier.lastIndex = cursor.at;
  const found = quantifier.exec(cursor.source);
  if (found === null) return item;
  if (item.is === 'assertion') throw invalid(cursor.at);
  const [text, least, comma, most] = found;
  const range = text.startsWith('{')
    ? countedRange(Number(least), comma, most)
    : { least: text[0] === '+' ? 1 : 0, most: text[0] === '?' ? 1 : Infinity };
  if (range.most < range.least || range.least > countLimit || (range.most > countLimit && range.most !== Infinity))
    throw invalid(cursor.at);
  cursor.at += text.length;
  return { is: 'repeat', item, ...range };
}

function countedRange(least: number, comma: string | undefined, most: string | undefined): { least: number; most: number } {
  if (comma === undefined) return { least, most: least };
  return { least, most: most ? Number(most) : Infinity };
}

function parseItem(cursor: Cursor): RegexNode {
  const { source, at } = cursor;
  switch (source[at]) {
    case '(':
      return parseGroup(cursor);
    case '[':
      return parseClass(cursor);
    case '\\':
      return parseEscape(cursor);
    case '^':
    case '$':
      cursor.at++;
      return { is: 'assertion', kind: source[at] === '^' ? 'line-start' : 'line-end' };
    case '.':
      cursor.at++;
      return { is: 'set', source: '.' };
    case '*':
    case '+':
    case '?':
      throw invalid(at);
    default:
      return parseLiteral(cursor);
  }
}

function parseLiteral(cursor: Cursor): RegexNode {
  const character = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  cursor.at += character.length;
  return { is: 'set', source: /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character };
}

const groupOpening = /\((?:\?:|\?<[\p{ID_Start}$_][\p{ID_Continue}$]*>|(?!\?))/uy;

function parseGroup(cursor: Cursor): RegexNode {
  groupOpening.lastIndex = cursor.at;
  const opening = groupOpening.exec(cursor.source);
  if (opening === null) throw invalid(cursor.at);
  const from = cursor.at;
  cursor.at += opening[0].length;
  const node = parseChoice(cursor);
  if (cursor.source[cursor.at] !== ')') throw invalid(from);
  cursor.at++;
  return node;
}

function parseClass(cursor: Cursor): RegexNode {
  const from = cursor.at;
  let at = from + 1;
  while (at < cursor.source.length && cursor.source[at] !== ']') at += cursor.source[at] === '\\' ? 2 : 1;
  if (at >= cursor.source.length) throw invalid(from);
  cursor.at = at + 1;
  return checkedSet(cursor.source.slice(from, cursor.at), from);
}

const setEscape =
  /\\(?:[dDwWsSfnrtv]|0(?!\d)|x[\da-f]{2}|u\{[\da-f]{1,6}\}|ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u[\da-f]{4}|p\{[\w=]{1,60}\})/iy;

function parseEscape(cursor: Cursor): RegexNode {
  const { source, at } = cursor;
  const next = source[at + 1];
  if (next === 'b' || next === 'B') {
    cursor.at += 2;
    return { is: 'assertion', kind: next === 'b' ? 'word-edge' : 'no-word-edge' };
  }
  setEscape.lastIndex = at;
  const found = setEscape.exec(source);
  if (found !== null) {
    cursor.at += found[0].length;
    return checkedSet(found[0], at);
  }
  // Backreferences, and letters that mean nothing after a backslash.
  if (next === undefined || /[\p{L}\p{N}]/u.test(next)) throw invalid(at);
  cursor.at++;
  return parseLiteral(cursor);
}

function checkedSet(source: string, position: number): RegexNode {
  try {
    void setTester(source);
  } catch {
    throw invalid(position);
  }
  return { is: 'set', source };
}

/** Tells whether one code point is in the set; letters match in either case. */
export function setTester(source: string): RegExp {
  return new RegExp(`^${source}$`, 'iu');
}

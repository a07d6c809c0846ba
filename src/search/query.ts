// The query language: words, "phrases", -negation, OR, ( ), /regex/ and filters. Its exact meaning: docs/search.md.
// A query is read while it is being typed, so whatever is unfinished is taken as far as it goes; only a finished regular
// expression that cannot be read is an error.

import { CamphorError } from '../model/error';
import { messageKinds } from '../model/record';
import type { SourceApp } from '../model/source';
import { parseDate } from './dates';
import { parseSize } from './sizes';
import { parseWildcard } from './wildcard';
import { normaliseText } from './normalise';
import { appWords, featureWords, kindWords, kindsToHave, operators, valuesByPrefix } from './operators';
import type { Feature, MarkFeature, Operator } from './operators';
import { createRegex } from './regex';
import type { SafeRegex } from './regex';

export type QueryNode =
  | { readonly is: 'all'; readonly nodes: readonly QueryNode[] }
  | { readonly is: 'any'; readonly nodes: readonly QueryNode[] }
  | { readonly is: 'not'; readonly node: QueryNode }
  /** Normalised, not empty. With `apart` only the message's own text is meant, not the owner's note. */
  | { readonly is: 'text'; readonly text: string; readonly apart?: true }
  /** Matched against the text as written, or as normalised. */
  | { readonly is: 'regex'; readonly regex: SafeRegex; readonly over: 'raw' | 'normalised' }
  /** As typed. */
  | { readonly is: 'from'; readonly name: string }
  | { readonly is: 'in'; readonly name: string }
  | { readonly is: 'app'; readonly apps: readonly SourceApp[] }
  | { readonly is: 'time'; readonly fromMs: number; readonly toMs: number }
  /** Has an attachment of more bytes. */
  | { readonly is: 'larger'; readonly sizeBytes: number }
  /** Indexes into `messageKinds`. */
  | { readonly is: 'kind'; readonly kinds: ReadonlySet<number> }
  | { readonly is: 'feature'; readonly feature: Exclude<Feature, 'link' | MarkFeature> }
  | { readonly is: 'marked'; readonly by: MarkFeature }
  /** Begins so, normalised. */
  | { readonly is: 'tag'; readonly name: string };

export interface ParsedQuery {
  /** Null where nothing is asked for yet. */
  readonly node: QueryNode | null;
  /** The query as typed where it is nothing but words, for names; else null. */
  readonly plainWords: string | null;
}

/** Other ways in which an unquoted word may be found, over normalised text. */
export type LooseWords = (word: string) => readonly SafeRegex[];

export interface ParseOptions {
  readonly zone: string;
  readonly nowMs: number;
  readonly looseWords?: LooseWords | undefined;
}

const queryLimit = 2000;
const depthLimit = 20;

interface Cursor extends ParseOptions {
  readonly source: string;
  at: number;
  depth: number;
}

/** Throws CamphorError `query-invalid` (with `position` in the source) or `query-too-slow` for a regular expression, and nothing else. */
export function parseQuery(source: string, options: ParseOptions): ParsedQuery {
  const cursor: Cursor = { ...options, source: source.slice(0, queryLimit), at: 0, depth: 0 };
  const node = parseAny(cursor);
  if (options.looseWords) return { node, plainWords: parseQuery(source, { ...options, looseWords: undefined }).plainWords };
  const words = source.trim();
  const isPlain = node !== null && (node.is === 'text' || (node.is === 'all' && node.nodes.every(({ is }) => is === 'text')));
  return { node, plainWords: isPlain ? words.replaceAll('"', '') : null };
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/u.test(character);

function skipSpace(cursor: Cursor): void {
  while (isSpace(cursor.source[cursor.at])) cursor.at++;
}

function combined(is: 'all' | 'any', nodes: readonly QueryNode[]): QueryNode | null {
  return nodes.length <= 1 ? (nodes[0] ?? null) : { is, nodes };
}

const orWord = /(?:OR(?=[\s)]|$)|或(?=[\s)]|$)|[|｜]{1,2})/uy;

function parseAny(cursor: Cursor): QueryNode | null {
  const nodes: QueryNode[] = [];
  for (;;) {
    const node = parseAll(cursor);
    if (node !== null) nodes.push(node);
    if (!takeOr(cursor)) return combined('any', nodes);
  }
}

function takeOr(cursor: Cursor): boolean {
  skipSpace(cursor);
  orWord.lastIndex = cursor.at;
  const found = orWord.exec(cursor.source);
  if (found === null) return false;
  cursor.at += found[0].length;
  return true;
}

function parseAll(cursor: Cursor): QueryNode | null {
  const nodes: QueryNode[] = [];
  for (;;) {
    skipSpace(cursor);
    orWord.lastIndex = cursor.at;
    if (cursor.at >= cursor.source.length || orWord.test(cursor.source) || (cursor.depth > 0 && cursor.source[cursor.at] === ')')) break;
    const node = parseItem(cursor);
    if (node !== null) nodes.push(node);
  }
  return combined('all', nodes);
}

function parseItem(cursor: Cursor): QueryNode | null {
  const { source, at } = cursor;
  const next = source[at + 1];
  if (source[at] === '-' && next !== undefined && next !== '-' && !isSpace(next)) {
    cursor.at++;
    const node = parseItem(cursor);
    return node === null ? null : { is: 'not', node };
  }
  if (source[at] === '(' && cursor.depth < depthLimit) return parseGroup(cursor);
  const node = parsePhrase(cursor) ?? parseRegexItem(cursor) ?? parseFilter(cursor) ?? parseWord(cursor);
  return node === 'unfinished' ? null : node;
}

function parseGroup(cursor: Cursor): QueryNode | null {
  cursor.at++;
  cursor.depth++;
  const node = parseAny(cursor);
  cursor.depth--;
  if (cursor.source[cursor.at] === ')') cursor.at++;
  return node;
}

const closingQuotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '”': '”', '＂': '＂', '「': '」' };

/** The text between quotes at the cursor, to the end where they are not closed; null where there are none. */
function takeQuoted(cursor: Cursor): string | null {
  const closing = closingQuotes[cursor.source[cursor.at] ?? ''];
  if (closing === undefined) return null;
  const end = cursor.source.indexOf(closing, cursor.at + 1);
  const text = cursor.source.slice(cursor.at + 1, end < 0 ? undefined : end);
  cursor.at = end < 0 ? cursor.source.length : end + 1;
  return text;
}

/** The text up to white space, or to the end of the group. */
function takeWord(cursor: Cursor): string {
  const from = cursor.at;
  while (cursor.at < cursor.source.length && !isSpace(cursor.source[cursor.at])) {
    if (cursor.depth > 0 && cursor.source[cursor.at] === ')') break;
    cursor.at++;
  }
  return cursor.source.slice(from, cursor.at);
}

function textNode(text: string): QueryNode | null {
  const normalised = normaliseText(text);
  return normalised === '' ? null : { is: 'text', text: normalised };
}

const nothing: QueryNode = { is: 'any', nodes: [] };

function parsePhrase(cursor: Cursor): QueryNode | 'unfinished' | null {
  const text = takeQuoted(cursor);
  return text === null ? null : (textNode(text) ?? 'unfinished');
}

const regexItem = /\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/(?=[\s)]|$)/uy;

function parseRegexItem(cursor: Cursor): QueryNode | null {
  regexItem.lastIndex = cursor.at;
  const found = regexItem.exec(cursor.source);
  if (found?.[1] === undefined) return null;
  const at = cursor.at + 1;
  cursor.at += found[0].length;
  return { is: 'regex', regex: createRegexAt(found[1], at), over: 'raw' };
}

/** What is wrong with an expression is told by its place in the query. */
function createRegexAt(source: string, at: number): SafeRegex {
  try {
    return createRegex(source);
  } catch (cause) {
    const position = cause instanceof CamphorError ? cause.facts['position'] : undefined;
    throw typeof position === 'number' ? new CamphorError('query-invalid', { position: at + position }) : cause;
  }
}

const spellings = new Map<string, Operator>(operators.flatMap(({ value, en, zh }) => [...en, ...zh].map((word) => [word, value] as const)));
const filterOpening = /([A-Za-z]{1,10}|\p{Script=Han}{1,3})[:：]/uy;

function parseFilter(cursor: Cursor): QueryNode | 'unfinished' | null {
  filterOpening.lastIndex = cursor.at;
  const found = filterOpening.exec(cursor.source);
  const operator = spellings.get(found?.[1]?.toLowerCase() ?? '');
  if (found === null || operator === undefined) return null;
  cursor.at += found[0].length;
  const value = (takeQuoted(cursor) ?? takeWord(cursor)).trim();
  return value === '' ? 'unfinished' : filterNode(operator, value, cursor);
}

function filterNode(operator: Operator, value: string, options: ParseOptions): QueryNode {
  const word = value.normalize('NFKC').toLowerCase();
  switch (operator) {
    case 'from':
      return { is: 'from', name: value };
    case 'in':
      return { is: 'in', name: value };
    case 'app':
      return { is: 'app', apps: valuesByPrefix(appWords, word) };
    case 'before':
    case 'after':
    case 'on':
    case 'during': {
      const range = parseDate(value, options.zone, options.nowMs);
      if (range === null) return nothing;
      if (operator === 'on' || operator === 'during') return { is: 'time', ...range };
      return operator === 'before'
        ? { is: 'time', fromMs: -Infinity, toMs: range.fromMs }
        : { is: 'time', fromMs: range.toMs, toMs: Infinity };
    }
    case 'larger': {
      const sizeBytes = parseSize(word);
      return sizeBytes === null ? nothing : { is: 'larger', sizeBytes };
    }
    case 'type':
      return kindNode(valuesByPrefix(kindWords, word));
    case 'has':
      return hasNode(word);
    case 'tag': {
      const name = normaliseText(value.replace(/^[#＃]/u, ''));
      return name === '' ? nothing : { is: 'tag', name };
    }
  }
}

function kindNode(kinds: readonly (typeof messageKinds)[number][]): QueryNode {
  return { is: 'kind', kinds: new Set(kinds.map((kind) => messageKinds.indexOf(kind))) };
}

/** What a text with a link in it holds; its kind is `link` only where the source says so. */
const linkMarks = ['http://', 'https://', 'www.'] as const;

function hasNode(word: string): QueryNode {
  const kinds = valuesByPrefix(kindWords, word).filter((kind) => kindsToHave.includes(kind));
  const nodes: QueryNode[] = kinds.length > 0 ? [kindNode(kinds)] : [];
  for (const feature of valuesByPrefix(featureWords, word)) {
    if (feature === 'link') nodes.push(kindNode(['link']), ...linkMarks.map((text): QueryNode => ({ is: 'text', text, apart: true })));
    else if (feature === 'bookmark' || feature === 'note' || feature === 'tag') nodes.push({ is: 'marked', by: feature });
    else nodes.push({ is: 'feature', feature });
  }
  return { is: 'any', nodes };
}

function parseWord(cursor: Cursor): QueryNode | null {
  const word = takeWord(cursor);
  if (word === '') cursor.at++;
  const regex = parseWildcard(word);
  if (regex) return { is: 'regex', regex, over: 'normalised' };
  const text = textNode(word);
  const loose = (cursor.looseWords?.(word) ?? []).map((each): QueryNode => ({ is: 'regex', regex: each, over: 'normalised' }));
  return text === null || loose.length === 0 ? text : { is: 'any', nodes: [text, ...loose] };
}

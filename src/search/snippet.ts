// The piece of a message that a hit shows: at most 120 code units around the first match, cut between graphemes, with the
// places that matched.

import type { Highlight } from '../model/view';
import { mapNormalised } from './normalise';
import type { QueryNode } from './query';
import type { SafeRegex } from './regex';

export const snippetLimit = 120;
/** Code units before the first match that are shown where there is room. */
const leadLimit = 40;
const spanLimit = 200;
/** A longer cluster (a letter under a hundred marks) is cut like plain text. */
const graphemeLimit = 64;

/** What a query looks for in texts, negated parts apart. */
export interface Wanted {
  readonly terms: readonly string[];
  readonly regexes: readonly { readonly regex: SafeRegex; readonly over: 'raw' | 'normalised' }[];
}

export interface Snippet {
  readonly snippet: string;
  readonly highlights: readonly Highlight[];
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export function wantedTexts(node: QueryNode): Wanted {
  const terms = new Set<string>();
  const regexes: Wanted['regexes'][number][] = [];
  const visit = (part: QueryNode): void => {
    if (part.is === 'text') terms.add(part.text);
    else if (part.is === 'regex') regexes.push(part);
    else if (part.is === 'all' || part.is === 'any') part.nodes.forEach(visit);
  };
  visit(node);
  return { terms: [...terms], regexes };
}

/** Line breaks are shown as spaces; without a match in the text the snippet is its beginning. */
export function makeSnippet(text: string, wanted: Wanted): Snippet {
  const spans = findSpans(text, wanted);
  const borders = graphemes.segment(text);
  const start = text.length <= snippetLimit ? 0 : borderBefore(text, borders, (spans[0]?.from ?? 0) - leadLimit);
  const lead = start > 0 ? '…' : '';
  const end = snippetEnd(text, borders, start, snippetLimit - lead.length);
  const trail = end < text.length ? '…' : '';
  const highlights: Highlight[] = [];
  for (const span of spans) {
    const from = Math.max(start, borderBefore(text, borders, span.from));
    const to = Math.min(end, borderAfter(text, borders, span.to));
    const last = highlights.at(-1);
    const shifted = { from: from - start + lead.length, to: to - start + lead.length };
    if (from >= to) continue;
    if (last && shifted.from <= last.to) highlights[highlights.length - 1] = { from: last.from, to: Math.max(last.to, shifted.to) };
    else highlights.push(shifted);
  }
  return { snippet: lead + text.slice(start, end).replace(/[\t-\r\u0085\u2028\u2029]/g, ' ') + trail, highlights };
}

/** All matches, as places in the text as written, in order. */
function findSpans(text: string, { terms, regexes }: Wanted): readonly Highlight[] {
  const spans: Highlight[] = [];
  for (const { regex, over } of regexes) {
    if (over === 'raw') spans.push(...regex.spans(text, spanLimit).map(([from, to]) => ({ from, to })));
  }
  const normalised = regexes.filter(({ over }) => over === 'normalised');
  if (terms.length > 0 || normalised.length > 0) {
    const mapped = mapNormalised(text);
    const add = (from: number, to: number): void => {
      spans.push({ from: mapped.from[from] ?? 0, to: mapped.to[to - 1] ?? text.length });
    };
    for (const { regex } of normalised) for (const [from, to] of regex.spans(mapped.text, spanLimit)) add(from, to);
    for (const term of terms) {
      let count = 0;
      for (let at = mapped.text.indexOf(term); at >= 0 && count < spanLimit; at = mapped.text.indexOf(term, at + term.length)) {
        add(at, at + term.length);
        count++;
      }
    }
  }
  return spans.toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Leaves room for the mark that says that the text goes on. */
function snippetEnd(text: string, borders: Intl.Segments, start: number, room: number): number {
  if (text.length - start <= room) return text.length;
  const end = borderBefore(text, borders, start + room - 1);
  return end > start ? end : pointBorder(text, start + room - 1);
}

function borderBefore(text: string, borders: Intl.Segments, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const index = borders.containing(at)?.index ?? at;
  return at - index <= graphemeLimit ? index : pointBorder(text, at);
}

function borderAfter(text: string, borders: Intl.Segments, at: number): number {
  const grapheme = at < text.length ? borders.containing(at) : undefined;
  if (!grapheme || grapheme.index === at) return at;
  const end = grapheme.index + grapheme.segment.length;
  return end - at <= graphemeLimit ? end : pointBorder(text, at);
}

/** `at`, or the place before it where a surrogate pair would be cut. */
function pointBorder(text: string, at: number): number {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}

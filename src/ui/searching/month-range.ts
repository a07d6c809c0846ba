// The months a query is narrowed to: a `during:2023-03..2024-06` of its own among its words, which can be read out and replaced.

import type { Language } from '../strings/text';

/** Months since the year 0, both included. */
export interface MonthRange {
  readonly from: number;
  readonly to: number;
}

const names: Readonly<Record<Language, string>> = { en: 'during', 'zh-CN': '期间', 'zh-TW': '期間' };
const written = /^(?:during|期间|期間|时间|時間)[:：](\d{4})-(\d{2})(?:\.\.(\d{4})-(\d{2}))?$/u;

/** Of a `yyyy-mm`. */
export function monthNumber(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return year * 12 + number - 1;
}

/** `yyyy-mm`. */
export function monthLabel(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Within brackets, where a condition does not hold for the whole query. */
  readonly isInside: boolean;
}

/** Words of the query by white space outside of quotes. */
function wordsOf(query: string): readonly Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const found of query.matchAll(/(?:"[^"]*(?:"|$)|“[^”]*(?:”|$)|[^\s"“])+/gu)) {
    const [text] = found;
    const isInside = depth > 0 || /^-?\(/u.test(text);
    for (const letter of text.replaceAll(/"[^"]*(?:"|$)|“[^”]*(?:”|$)/gu, '')) depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    depth = Math.max(0, depth);
    words.push({ text, from: found.index, to: found.index + text.length, isInside });
  }
  return words;
}

const isOr = (word: Word): boolean => !word.isInside && /^(?:OR|或|\|)$/u.test(word.text);

function rangeOfWord({ text, isInside }: Word): MonthRange | null {
  const found = isInside ? null : written.exec(text);
  if (found === null) return null;
  const [, year = '', month = '', toYear = year, toMonth = month] = found;
  const range = { from: monthNumber(`${year}-${month}`), to: monthNumber(`${toYear}-${toMonth}`) };
  return Number(month) >= 1 && Number(month) <= 12 && Number(toMonth) >= 1 && Number(toMonth) <= 12 && range.from <= range.to
    ? range
    : null;
}

/** The query without its months, and these; null where it has none, or where they do not hold for the whole of it. */
export function splitRange(query: string): { readonly rest: string; readonly range: MonthRange | null } {
  const words = wordsOf(query);
  const ranged = words.find((word) => rangeOfWord(word) !== null);
  if (ranged === undefined || words.some(isOr)) return { rest: query.trim(), range: null };
  return { rest: `${query.slice(0, ranged.from).trimEnd()} ${query.slice(ranged.to).trimStart()}`.trim(), range: rangeOfWord(ranged) };
}

/** The query narrowed to these months in place of those it has; in front, since quotes may be open at the end. */
export function withRange(query: string, range: MonthRange | null, language: Language): string {
  const { rest } = splitRange(query);
  if (range === null) return rest;
  const months = range.from === range.to ? monthLabel(range.from) : `${monthLabel(range.from)}..${monthLabel(range.to)}`;
  const whole = wordsOf(rest).some(isOr) ? `(${rest})` : rest;
  return `${names[language]}:${months} ${whole}`;
}

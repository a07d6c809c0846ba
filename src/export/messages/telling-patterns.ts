// What tells of somebody by its form alone: telephone numbers, addresses of e-mail, links, long numbers. Rather too much than too
// little. Looked for in folded text (folded-text.ts); each scan is of one pass, and no pattern can match one text in two ways.

import type { RedactedKind } from '../../model/export';

/** Units [from, to) of the folded text. */
export type Range = readonly [from: number, to: number];

/** Digits with at most two signs between them that people put there. */
const numberRuns = /[+(]{0,2}\p{Nd}(?:[ \-./()_]{0,2}\p{Nd})*x?/gu;
/** Dates are none, nor with the hour behind them. */
const day = /^(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)(?: \d{1,2})?$/;
const phoneDigits = 7;
const longDigits = 8;

const digitsOf = (run: string): number => run.match(/\p{Nd}/gu)?.length ?? 0;

function* numbers(text: string, least: number): Generator<Range> {
  for (const match of text.matchAll(numberRuns))
    if (digitsOf(match[0]) >= least && !day.test(match[0])) yield [lettersBefore(text, match.index), match.index + match[0].length];
}

/** Two letters before a number are its country, as in an IBAN, and belong to it. */
function lettersBefore(text: string, at: number): number {
  const isLetter = (index: number): boolean => /^[a-z]$/.test(text[index] ?? '');
  return isLetter(at - 1) && isLetter(at - 2) && !isLetter(at - 3) ? at - 2 : at;
}

const mailLetter = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]$/u;
const mostMailLetters = 255;

/** What stands around an `@` with a dot behind it. */
function* emails(text: string): Generator<Range> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let from = at;
    let to = at + 1;
    while (from > 0 && at - from < mostMailLetters && mailLetter.test(text[from - 1] ?? '')) from--;
    while (to < text.length && to - at < mostMailLetters && mailLetter.test(text[to] ?? '')) to++;
    if (
      from < at &&
      text
        .slice(at + 1, to)
        .replace(/\.+$/, '')
        .includes('.')
    )
      yield [from, to];
  }
}

/** Schemes, `www.`, and hosts that need neither. */
const linkStarts =
  /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|\bwww\.|\bmailto:|\btel:|\bsms:|\bmagnet:|\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|net|org|edu|gov|info|biz|app|dev|xyz|top|site|shop|io|ai|me|tv|cc|co|cn|hk|tw|jp|kr|sg|de|at|ch|fr|uk|eu|ru|us|ca|au|in|it|es|nl|pl|se|br|be|ly|gl|gd|to|im)(?![a-z0-9.-]))/g;
/** A link ends at a blank, a quotation mark or a bracket of the Chinese kind, and nowhere sooner: its path may be of any letters. */
const linkEnd = /[\s<>"“”‘’、。》」』】〉]/g;

function* links(text: string): Generator<Range> {
  let end = 0;
  for (const match of text.matchAll(linkStarts)) {
    // A link inside of another is covered by it.
    if (match.index < end) continue;
    linkEnd.lastIndex = match.index;
    end = linkEnd.exec(text)?.index ?? text.length;
    yield [match.index, end];
  }
}

const scans: Readonly<Record<RedactedKind, (text: string) => Generator<Range>>> = {
  phones: (text) => numbers(text, phoneDigits),
  emails,
  links,
  digits: (text) => numbers(text, longDigits),
};

/** All ranges of a kind in a folded text, in order of their starts; they may meet and overlap. */
export function tellingRanges(text: string, kind: RedactedKind): Iterable<Range> {
  return scans[kind](text);
}

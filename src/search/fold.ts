// What search takes for the same, one cluster at a time. A cluster is a code point with the marks that follow it, so folding
// a text is folding its clusters one after another, and a piece of a text always folds to a piece of the folded text.
// The rules are stated for people in docs/search.md. Changing them changes `signatureVersion`.

import { foldableHan, foldedHan } from './han-table';

/** Continue a cluster: marks, conjoining vowels and tails of Hangul, half-width voicing of kana. */
const extender = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]$/u;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const cyrillicLetter = /\p{Script=Cyrillic}/u;
/** First and last: accents of Latin, Greek and Cyrillic; points of Hebrew; harakat of Arabic and Syriac; tatweel. Vowel signs of other scripts are letters. */
const accentRanges = [
  [0x300, 0x36f], [0x483, 0x489], [0x591, 0x5bd], [0x5bf, 0x5bf], [0x5c1, 0x5c2], [0x5c4, 0x5c5], [0x5c7, 0x5c7], [0x610, 0x61a],
  [0x640, 0x640], [0x64b, 0x65f], [0x670, 0x670], [0x6d6, 0x6dc], [0x6df, 0x6e4], [0x6e7, 0x6e8], [0x6ea, 0x6ed], [0x730, 0x74a],
  [0x1ab0, 0x1aff], [0x1dc0, 0x1dff], [0x20d0, 0x20ff], [0xfe20, 0xfe2f],
] as const; // prettier-ignore
const accents = new RegExp(`[${accentRanges.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('')}]`, 'gu');

const letterPairs: readonly (readonly [string, string])[] = [
  ['ø', 'o'], ['đ', 'd'], ['ð', 'd'], ['ł', 'l'], ['ħ', 'h'], ['ŧ', 't'], ['æ', 'ae'], ['œ', 'oe'], ['þ', 'th'], ['ı', 'i'], ['ς', 'σ'],
]; // prettier-ignore
const quotes = '‘’‚‛ʼʹ′´＇';
const doubleQuotes = '“”„‟″＂';
const dashes = '‐‑‒–—―−﹘﹣－';

/** Single code points that fold to a given text before any other rule. */
const firstRules = new Map<string, string>([
  ...[...quotes].map((mark) => [mark, "'"] as const),
  ...[...doubleQuotes].map((mark) => [mark, '"'] as const),
  ...[...dashes].map((mark) => [mark, '-'] as const),
  ...halfWidthJamo(),
]);

const letters = new Map(letterPairs);
const han = new Map<string, string>();
{
  const folded = [...foldedHan];
  let place = 0;
  for (const character of foldableHan) han.set(character, folded[place++] ?? character);
}

/** The simplified character that a Han character is read as; itself where there is none. */
export function foldHan(character: string): string {
  return han.get(character) ?? character;
}

/** True where the code point belongs to the cluster before it. */
export function isExtender(character: string): boolean {
  return extender.test(character);
}

/** What a cluster is for search; '' where it is dropped. Lone surrogates become U+FFFD. */
export function foldCluster(cluster: string): string {
  const first = firstRules.get(cluster);
  if (first !== undefined) return first;
  // Compatibility jamo stay as they are: NFKC would make "ㅋ" a conjoining letter that no keyboard types.
  if (cluster.length === 1 && cluster >= '\u3131' && cluster <= '\u318e') return cluster.replace(ignorable, '');
  let composed = cluster
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(ignorable, '')
    .normalize('NFKC');
  let folded = '';
  for (const character of composed) folded += character.toLowerCase().toUpperCase().toLowerCase();
  composed = dropAccents(folded.normalize('NFD')).normalize('NFC');
  let result = '';
  for (const character of composed) result += han.get(character) ?? letters.get(character) ?? firstRules.get(character) ?? character;
  return result.replace(ignorable, '').replace(/\s/gu, ' ');
}

/** In Cyrillic a mark makes another letter (й, ї, ў), except for stress and for ё, which is written е as often. */
function dropAccents(decomposed: string): string {
  if (!cyrillicLetter.test(decomposed)) return decomposed.replace(accents, '');
  return decomposed.replace(/\u0435\u0308/gu, '\u0435').replace(/[\u0300\u0301]/gu, '');
}

/** The half-width forms U+FFA1…U+FFDC, to the compatibility jamo that keyboards type. */
function* halfWidthJamo(): Generator<readonly [string, string]> {
  const runs = [[0xffa1, 0xffbe, 0x3131], [0xffc2, 0xffc7, 0x314f], [0xffca, 0xffcf, 0x3155], [0xffd2, 0xffd7, 0x315b], [0xffda, 0xffdc, 0x3161]] as const; // prettier-ignore
  for (const [from, to, target] of runs) {
    for (let code = from; code <= to; code++) yield [String.fromCharCode(code), String.fromCharCode(target + code - from)];
  }
}

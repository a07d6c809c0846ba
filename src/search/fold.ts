// What search takes for the same, one cluster at a time. A cluster is a code point with the marks that follow it, so folding
// a text is folding its clusters one after another, and a piece of a text always folds to a piece of the folded text.
// The rules are stated for people in docs/search.md. Changing them changes `signatureVersion`.

import { foldableHan, foldedHan } from './han-table';

/** Continue a cluster: marks, conjoining vowels and tails of Hangul, half-width voicing of kana. */
const extender = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]$/u;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const cyrillicLetter = /\p{Script=Cyrillic}/u;
/** Accents of Latin, Greek and Cyrillic; points of Hebrew; harakat of Arabic and Syriac; tatweel. Vowel signs of other scripts are letters. */
const accents =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

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

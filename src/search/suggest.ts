// What could stand in place of the word under the cursor: operators, people, conversations, values.

import type { SearchSuggestion } from '../model/view';
import type { Names } from './names';
import { appWords, dateWords, featureWords, kindWords, kindsToHave, operators, ownerWords, sizeWords } from './operators';
import type { Operator } from './operators';

const suggestionLimit = 8;

type Language = 'en' | 'zh';

/** `language` is a BCP 47 tag; all but Chinese ones are answered in English. */
export function suggest(
  text: string,
  cursor: number,
  language: string,
  names: Names,
  nowMs: number,
  tags: readonly string[] = [],
): readonly SearchSuggestion[] {
  const tongue: Language = language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const word = wordAt(text, cursor);
  const sign = word.startsWith('-') ? '-' : '';
  const bare = word.slice(sign.length);
  const [opening, typed] = splitOperator(bare);
  const found =
    opening === null
      ? [...operatorsFor(bare, tongue), ...namesFor(bare, tongue, names)]
      : valuesFor(opening, typed, tongue, names, nowMs, tags);
  // One name may be that of several people; as a filter it means all of them.
  const distinct = [...new Map(found.map((suggestion) => [suggestion.insert, suggestion])).values()];
  return distinct.slice(0, suggestionLimit).map((suggestion) => ({ ...suggestion, insert: sign + suggestion.insert }));
}

/** The word that the cursor is in or behind, from its beginning to the cursor; a quoted value belongs to it. */
function wordAt(text: string, cursor: number): string {
  const before = text.slice(0, cursor);
  return /(?:[^\s"“”]|["“][^"”]*["”]?)*$/u.exec(before)?.[0] ?? '';
}

interface Opening {
  readonly operator: Operator;
  /** As typed, colon included. */
  readonly typed: string;
}

function splitOperator(word: string): readonly [Opening | null, string] {
  const colon = word.search(/[:：]/);
  const spelling = word.slice(0, Math.max(colon, 0)).toLowerCase();
  const operator = operators.find(({ en, zh }) => en.includes(spelling) || zh.includes(spelling));
  if (!operator) return [null, word];
  return [{ operator: operator.value, typed: word.slice(0, colon + 1) }, word.slice(colon + 1).replace(/["“”]/g, '')];
}

function operatorsFor(word: string, tongue: Language): SearchSuggestion[] {
  const typed = word.toLowerCase();
  return operators
    .map((operator) => [...operator[tongue], ...operator.en, ...operator.zh].find((spelling) => spelling.startsWith(typed)))
    .filter((spelling) => spelling !== undefined)
    .map((spelling) => ({ insert: `${spelling}:`, kind: 'operator', label: `${spelling}:` }));
}

function namesFor(word: string, tongue: Language, names: Names): SearchSuggestion[] {
  if (word === '') return [];
  const spelling = (wanted: Operator): string => operators.find(({ value }) => value === wanted)?.[tongue][0] ?? wanted;
  return names.matches(word, suggestionLimit).map(({ kind, name }) => ({
    insert: `${spelling(kind === 'person' ? 'from' : 'in')}:${quoted(name)} `,
    kind,
    label: name,
  }));
}

function valuesFor(
  opening: Opening,
  typed: string,
  tongue: Language,
  names: Names,
  nowMs: number,
  tags: readonly string[],
): SearchSuggestion[] {
  const prefix = typed.toLowerCase();
  if (opening.operator === 'tag') return asValues(opening, tags.map(quoted), prefix);
  if (opening.operator === 'from' || opening.operator === 'in') {
    const wanted = opening.operator === 'from' ? 'person' : 'conversation';
    const found = names.matches(typed, suggestionLimit).filter(({ kind }) => kind === wanted);
    const people = found.map(({ kind, name }): SearchSuggestion => ({ insert: `${opening.typed}${quoted(name)} `, kind, label: name }));
    return wanted === 'person' ? [...people, ...asValues(opening, ownerWords[tongue], prefix)] : people;
  }
  return asValues(opening, valueWords(opening.operator, tongue, nowMs), prefix);
}

function valueWords(operator: Operator, tongue: Language, nowMs: number): readonly string[] {
  const first = (words: readonly { readonly en: readonly string[]; readonly zh: readonly string[] }[]): string[] =>
    words.flatMap((word) => word[tongue].slice(0, 1));
  switch (operator) {
    case 'app':
      return first(appWords);
    case 'type':
      return first(kindWords);
    case 'has':
      return first([...kindWords.filter(({ value }) => kindsToHave.includes(value)), ...featureWords]);
    case 'larger':
      return sizeWords;
    default: {
      const today = new Date(nowMs).toISOString();
      return [...dateWords[tongue], today.slice(0, 7), today.slice(0, 4)];
    }
  }
}

function asValues(opening: Opening, words: readonly string[], prefix: string): SearchSuggestion[] {
  return words
    .filter((word) => word.toLowerCase().startsWith(prefix))
    .map((word) => ({ insert: `${opening.typed}${word} `, kind: 'value', label: word }));
}

/** A name as the value of a filter; quotes inside a name cannot be written and are left out. */
function quoted(name: string): string {
  const plain = name.replace(/["“”]/g, '');
  return /[\s()]/u.test(plain) ? `"${plain}"` : plain;
}

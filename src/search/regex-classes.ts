// Classes of characters that a program can tell apart: those that are in the same of its sets, and alike beside `^ $ \b`.

import { CamphorError } from '../model/error';
import { setTester } from './regex-syntax';

/** What stands on one side of a boundary. */
export const side = { edge: 0, word: 1, newline: 2, other: 3, wide: 4 } as const;

/** Letters of scripts that are written without spaces: words of them have no edges. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]$/u;
const word = /^[\p{L}\p{N}\p{M}_]$/u;
const newline = /^[\n\r\u2028\u2029]$/;

/** Class 0 is "not looked at yet", class 1 the end of the text. */
export const classLimit = 512;
export const endClass = 1;
const astralLimit = 20_000;

export interface CharacterClass {
  readonly side: number;
  /** One item a set: whether the characters of this class are in it. */
  readonly sets: readonly boolean[];
}

export interface CharacterClasses {
  readonly classes: readonly CharacterClass[];
  /** Class of a code unit; 0 where it was not asked for yet, and for surrogates. */
  readonly byUnit: Uint16Array;
  /** Class of a code unit that is no surrogate. Throws as `classAt`. */
  classOf(unit: number): number;
  /** Class of the code point at `at` of a text that ends at `to`. Throws CamphorError `query-too-slow` where there are too many. */
  classAt(text: string, at: number, to: number): number;
}

export const isPair = (text: string, at: number, to: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800 && at + 1 < to && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;

function sideOf(character: string): number {
  if (word.test(character)) return wide.test(character) ? side.wide : side.word;
  return newline.test(character) ? side.newline : side.other;
}

export function createClasses(sources: readonly string[]): CharacterClasses {
  const testers = sources.map(setTester);
  const classes: CharacterClass[] = [
    { side: side.edge, sets: [] },
    { side: side.edge, sets: [] },
  ];
  const numbers = new Map<string, number>();
  const byUnit = new Uint16Array(65_536);
  const astral = new Map<number, number>();

  const classify = (character: string): number => {
    const sets = testers.map((tester) => tester.test(character));
    const where = sideOf(character);
    const key = where + sets.map(Number).join('');
    let number = numbers.get(key);
    if (number === undefined) {
      number = classes.push({ side: where, sets }) - 1;
      if (number >= classLimit) throw new CamphorError('query-too-slow', { classes: classLimit });
      numbers.set(key, number);
    }
    return number;
  };
  const classOf = (unit: number): number => byUnit[unit] || (byUnit[unit] = classify(String.fromCharCode(unit)));
  const classAt = (text: string, at: number, to: number): number => {
    const unit = text.charCodeAt(at);
    const isSurrogate = (unit & 0xf800) === 0xd800;
    const code = isPair(text, at, to) ? (text.codePointAt(at) ?? unit) : unit;
    const known = isSurrogate ? astral.get(code) : byUnit[code];
    if (known !== undefined && known !== 0) return known;
    const made = classify(String.fromCodePoint(code));
    if (!isSurrogate) byUnit[code] = made;
    else if (astral.size < astralLimit) astral.set(code, made);
    return made;
  };
  return { classes, byUnit, classOf, classAt };
}

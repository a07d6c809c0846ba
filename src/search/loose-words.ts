// Words found in looser ways than as they are written, where the search asks for it: spelled nearly so, or by the pinyin of
// Han characters. A module of its own, loaded when it is first needed. Both are programs for the automaton that runs regular
// expressions, over the normalised text, so time is linear in the text and nothing can blow up.

import { normaliseText } from './normalise';
import type { LooseWords } from './query';
import { createRegexOfProgram } from './regex';
import type { SafeRegex } from './regex';
import type { Program, Step } from './regex-program';

/** Characters by syllable without tone ("zhong"), every reading of each; `v` for ü. */
export type Readings = ReadonlyMap<string, string>;

const latinWord = /^[\p{Script=Latin}'-]+$/u;
/** As long as words are; a longer one is looked for as it is written. */
const lettersLimit = 32;

/** `readings` null: not by pinyin. */
export function createLooseWords(fuzzy: boolean, readings: Readings | null): LooseWords {
  return (word) => {
    const letters = latinWord.test(word) ? normaliseText(word) : '';
    if (letters.length > lettersLimit) return [];
    const edits = editsFor(letters.length);
    const found: SafeRegex[] = [];
    if (fuzzy && edits > 0) found.push(nearlySpelled(letters, edits));
    if (readings !== null) found.push(...byPinyin(letters.replace(/'/g, ''), readings));
    return found;
  };
}

/** Edits that a word of so many letters may be away: one for 4 to 7, two for more. */
export const editsFor = (letterCount: number): number => (letterCount < 4 ? 0 : letterCount < 8 ? 1 : 2);

interface ProgramBuilder {
  add(step: Step): number;
  /** Index of the set of this source. */
  set(source: string): number;
  finish(start: number): Program;
}

function createBuilder(): ProgramBuilder {
  const steps: Step[] = [{ do: 'accept' }];
  const sets = new Map<string, number>();
  return {
    add: (step) => steps.push(step) - 1,
    set: (source) => {
      const index = sets.get(source) ?? sets.size;
      sets.set(source, index);
      return index;
    },
    finish: (start) => ({ steps, start, sets: [...sets.keys()] }),
  };
}

/** Whole words that become `letters` by at most `edits` letters put in, left out, changed, or swapped with their neighbour. */
function nearlySpelled(letters: string, edits: number): SafeRegex {
  const builder = createBuilder();
  const anyLetter = builder.set('[\\p{L}\\p{N}\\p{M}_]');
  const take = (letter: string, next: number): number => builder.add({ do: 'take', set: builder.set(letter), next });
  const end = builder.add({ do: 'assert', kind: 'run-edge', next: 0 });
  /** First steps by letters left, for one edit fewer left. */
  let fewer: readonly number[] | null = null;
  for (let left = 0; left <= edits; left++) {
    const row: number[] = [];
    for (let done = letters.length; done >= 0; done--) {
      const letter = letters[done];
      const after = letters[done + 1];
      const next: number[] = [];
      if (letter === undefined) next.push(end);
      else next.push(take(letter, row[done + 1] ?? end));
      if (fewer !== null) {
        next.push(builder.add({ do: 'take', set: anyLetter, next: fewer[done] ?? end }));
        if (letter !== undefined) {
          const skipped = fewer[done + 1] ?? end;
          next.push(skipped, builder.add({ do: 'take', set: anyLetter, next: skipped }));
        }
        if (letter !== undefined && after !== undefined) next.push(take(after, take(letter, fewer[done + 2] ?? end)));
      }
      row[done] = builder.add({ do: 'fork', next });
    }
    fewer = row;
  }
  const start = builder.add({ do: 'assert', kind: 'run-edge', next: fewer?.[0] ?? end });
  return createRegexOfProgram(letters, builder.finish(start), []);
}

/** Han characters in a row, the beginnings of whose syllables make up `letters`; [] for fewer than two letters or none there are. */
function byPinyin(letters: string, readings: Readings): readonly SafeRegex[] {
  if (!/^[a-z]{2,}$/.test(letters)) return [];
  const builder = createBuilder();
  /** The step that goes on behind so many letters; absent where no characters lead from there to the end. */
  const goOn = new Map<number, number>([[letters.length, 0]]);
  for (let from = letters.length - 1; from >= 0; from--) {
    const next: number[] = [];
    for (let to = from + 1; to <= Math.min(letters.length, from + 6); to++) {
      const after = goOn.get(to);
      const characters = charactersFor(letters.slice(from, to), readings);
      if (after !== undefined && characters !== '')
        next.push(builder.add({ do: 'take', set: builder.set(`[${characters}]`), next: after }));
    }
    if (next.length > 0) goOn.set(from, builder.add({ do: 'fork', next }));
  }
  const start = goOn.get(0);
  return start === undefined ? [] : [createRegexOfProgram(letters, builder.finish(start), [])];
}

/** Those with a syllable that begins so. */
function charactersFor(beginning: string, readings: Readings): string {
  let characters = '';
  for (const [syllable, those] of readings) if (syllable.startsWith(beginning)) characters += those;
  return characters;
}

// `/…/` in a query: matched against the text as it was written (not normalised), letters in either case, `^` and `$` at lines.

import { createAutomaton } from './regex-automaton';
import { requiredLiterals } from './regex-literals';
import { compileRegex } from './regex-program';
import type { Program } from './regex-program';
import { parseRegex } from './regex-syntax';
import type { RegexNode } from './regex-syntax';

export interface SafeRegex {
  readonly source: string;
  /** Runs of letters that every matching text holds, in whatever case; [] where there are none. */
  readonly literals: readonly string[];
  /** Whether a match lies in [from, to) of `text`, taken as a text of its own. Linear in its length. */
  matches(text: string, from: number, to: number): boolean;
  /** Of a text as it is stored: as `Automaton.runStored`. */
  runStored(utf8: Uint8Array, from: number, unitCount: number): number;
  /** The matches in `text`, leftmost and longest, none empty, as [from, to); stops after `limit`. */
  spans(text: string, limit: number): readonly (readonly [from: number, to: number])[];
}

/** Looking for where matches start is quadratic at worst; it is done for shown hits only and given up after this many steps. */
const spanStepLimit = 200_000;

/** Throws CamphorError `query-invalid` (with `position`) or `query-too-slow`. */
export function createRegex(source: string): SafeRegex {
  return createRegexOf(source, parseRegex(source));
}

/** The same of an expression that is parsed already. Throws `query-too-slow`. */
export function createRegexOf(source: string, node: RegexNode): SafeRegex {
  return createRegexOfProgram(source, compileRegex(node), requiredLiterals(node));
}

/** The same of any program; `literals` as in the interface. */
export function createRegexOfProgram(source: string, program: Program, literals: readonly string[]): SafeRegex {
  const automaton = createAutomaton(program);
  const spans = (text: string, limit: number): (readonly [number, number])[] => {
    const found: (readonly [number, number])[] = [];
    const budget = { left: spanStepLimit };
    for (let at = 0; at < text.length && found.length < limit && budget.left > 0;) {
      const end = automaton.longestEnd(text, at, budget);
      if (end > at) found.push([at, end]);
      at = end > at ? end : at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    }
    return found;
  };
  return { source, literals, matches: automaton.matches, runStored: automaton.runStored, spans };
}

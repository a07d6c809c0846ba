// Runs a program over text in one pass: a deterministic automaton whose states are made when they are first reached.
// Time is linear in the text whatever the expression; memory is bounded by letting all states go when there are too many.

import { classLimit, createClasses, endClass, isPair, side } from './regex-classes';
import type { CharacterClass, CharacterClasses } from './regex-classes';
import type { Program } from './regex-program';
import type { Assertion } from './regex-syntax';

/** What `runStored` gives instead of a byte. */
export const matched = -1;
const undecided = -2;

const accepted = 1;
const dead = 2;
const stateLimit = 4096;

export interface Automaton {
  /** Whether a match lies in [from, to) of the text, the range being taken as a text of its own. */
  matches(text: string, from: number, to: number): boolean;
  /**
   * The same of the text of so many UTF-16 units that begins at a byte of UTF-8, without decoding it: the byte after it, `matched`
   * where a match lies in it, or -2 where it has what must be decoded first, as all that is not well formed.
   */
  runStored(utf8: Uint8Array, from: number, unitCount: number): number;
  /** End of the longest match that starts at `start`, or -1; takes what it looks at from `budget` and gives up where that is spent. */
  longestEnd(text: string, start: number, budget: { left: number }): number;
}

export function createAutomaton(program: Program): Automaton {
  const characters = createClasses(program.sets);
  const search = createStates(program, characters.classes, true);
  const anchored = createStates(program, characters.classes, false);
  const { classes, classAt } = characters;

  const sideBefore = (text: string, at: number): number => {
    if (at === 0) return side.edge;
    const before = at > 1 && isPair(text, at - 2, at) ? at - 2 : at - 1;
    return classes[classAt(text, before, text.length)]?.side ?? side.edge;
  };
  const longestEnd = (text: string, start: number, budget: { left: number }): number => {
    const to = text.length;
    let state = anchored.first(sideBefore(text, start));
    let end = -1;
    for (let at = start; budget.left-- > 0; at += isPair(text, at, to) ? 2 : 1) {
      const kind = at < to ? classAt(text, at, to) : endClass;
      if (anchored.accepts(state, kind)) end = at;
      state = at < to ? anchored.step(state, kind) : dead;
      if (state === dead) break;
    }
    return end;
  };
  return {
    matches: (text, from, to) => runThrough(search, characters, text, from, to),
    runStored: (utf8, from, unitCount) => runThroughBytes(search, characters, utf8, from, unitCount),
    longestEnd,
  };
}

/** The loop that all of a full scan's time goes into: two look-ups a code unit, no calls. */
function runThrough(search: States, characters: CharacterClasses, text: string, from: number, to: number): boolean {
  const byUnit = characters.byUnit;
  let transitions = search.table().transitions;
  let state = search.first(side.edge);
  for (let at = from; at < to; at++) {
    let kind = byUnit[text.charCodeAt(at)] ?? 0;
    if (kind === 0) {
      kind = characters.classAt(text, at, to);
      if (isPair(text, at, to)) at++;
    }
    let next = transitions[state * classLimit + kind] ?? 0;
    if (next === 0) {
      next = search.step(state, kind);
      transitions = search.table().transitions;
    }
    if (next === accepted) return true;
    state = next;
  }
  return search.step(state, endClass) === accepted;
}

/** The same loop over bytes, which saves the string: half of what a full scan takes. Longer than it could be, since calls cost. */
function runThroughBytes(search: States, characters: CharacterClasses, utf8: Uint8Array, from: number, unitCount: number): number {
  const byUnit = characters.byUnit;
  let transitions = search.table().transitions;
  let state = search.first(side.edge);
  let at = from;
  for (let left = unitCount; left > 0; left--) {
    let unit = utf8[at++] ?? 0xff;
    if (unit >= 0x80) {
      const first = unit;
      const second = (utf8[at++] ?? 0) ^ 0x80;
      if (first >= 0xe0) {
        const third = (utf8[at++] ?? 0) ^ 0x80;
        unit = ((first & 0x0f) << 12) | (second << 6) | third;
        if (second > 0x3f || third > 0x3f || unit < 0x800 || first >= 0xf0 || (unit & 0xf800) === 0xd800) return undecided;
      } else {
        unit = ((first & 0x1f) << 6) | second;
        if (second > 0x3f || unit < 0x80 || first < 0xc0) return undecided;
      }
    }
    const kind = byUnit[unit] || characters.classOf(unit);
    let next = transitions[state * classLimit + kind] ?? 0;
    if (next === 0) {
      next = search.step(state, kind);
      transitions = search.table().transitions;
    }
    if (next === accepted) return matched;
    state = next;
  }
  return search.step(state, endClass) === accepted ? matched : at;
}

interface State {
  /** Steps to go on from, before assertions are looked at; in order. */
  readonly steps: readonly number[];
  readonly before: number;
}

interface States {
  table(): StateTable;
  /** The state before a text, or behind a character of the given side. */
  first(before: number): number;
  /** The state after a character of class `kind`. */
  step(state: number, kind: number): number;
  /** Whether a match ends before a character of class `kind`. */
  accepts(state: number, kind: number): boolean;
}

/** With `search` a match may start anywhere and ends the run; without, it starts at the first step. */
function createStates(program: Program, classes: readonly CharacterClass[], search: boolean): States {
  let table = createStateTable();
  /** The first state by what stands before it; 0 where it is not made yet. */
  let firsts = [0, 0, 0, 0, 0];

  const work = (number: number, kind: number): number => {
    const state = table.states[number];
    const character = classes[kind];
    if (!state || !character) return dead;
    const reached = reach(program, state, character.side);
    if (search && reached.has(0)) return accepted;
    const steps = stepsAfter(program, reached, character, search);
    if (table.states.length < stateLimit) {
      const next = table.numberOf(steps, character.side);
      table.transitions[number * classLimit + kind] = next;
      return next;
    }
    table = createStateTable();
    firsts = [0, 0, 0, 0, 0];
    return table.numberOf(steps, character.side);
  };
  return {
    table: () => table,
    first: (before) => firsts[before] || (firsts[before] = table.numberOf([program.start], before)),
    step: (state, kind) => table.transitions[state * classLimit + kind] || work(state, kind),
    accepts: (number, kind) => {
      const state = table.states[number];
      return state !== undefined && reach(program, state, classes[kind]?.side ?? side.edge).has(0);
    },
  };
}

interface StateTable {
  readonly states: readonly State[];
  /** At `state * classLimit + class`: the state that follows, 0 where it is not known yet. Another array once it has grown. */
  readonly transitions: Int16Array;
  /** The number of the state with these steps; `dead` for none. */
  numberOf(steps: readonly number[], before: number): number;
}

function createStateTable(): StateTable {
  const nothing: State = { steps: [], before: side.edge };
  const states: State[] = [nothing, nothing, nothing];
  const numbers = new Map<string, number>();
  let transitions = new Int16Array(64 * classLimit);
  transitions.fill(accepted, accepted * classLimit, (accepted + 1) * classLimit);
  transitions.fill(dead, dead * classLimit, (dead + 1) * classLimit);
  const numberOf = (steps: readonly number[], before: number): number => {
    if (steps.length === 0) return dead;
    const key = `${before}:${steps.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const made = states.push({ steps, before }) - 1;
    numbers.set(key, made);
    if (states.length * classLimit > transitions.length) {
      const larger = new Int16Array(transitions.length * 2);
      larger.set(transitions);
      transitions = larger;
    }
    return made;
  };
  return {
    states,
    get transitions() {
      return transitions;
    },
    numberOf,
  };
}

function stepsAfter(program: Program, reached: ReadonlySet<number>, character: CharacterClass, search: boolean): readonly number[] {
  const next = new Set<number>(search ? [program.start] : []);
  for (const index of reached) {
    const step = program.steps[index];
    if (step?.do === 'take' && character.sets[step.set]) next.add(step.next);
  }
  return [...next].toSorted((a, b) => a - b);
}

/** All steps that can be reached without taking a character, where `after` stands on the other side. */
function reach(program: Program, state: State, after: number): Set<number> {
  const reached = new Set<number>();
  const open = [...state.steps];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    const step = program.steps[index];
    if (step?.do === 'fork') open.push(...step.next);
    else if (step?.do === 'assert' && holds(step.kind, state.before, after)) open.push(step.next);
  }
  return reached;
}

const isWord = (where: number): boolean => where === side.word || where === side.wide;

function holds(kind: Assertion, before: number, after: number): boolean {
  switch (kind) {
    case 'line-start':
      return before === side.edge || before === side.newline;
    case 'line-end':
      return after === side.edge || after === side.newline;
    case 'word-edge':
      return isWord(before) !== isWord(after);
    case 'no-word-edge':
      return isWord(before) === isWord(after);
    case 'run-edge':
      return before !== side.word || after !== side.word;
  }
}

// Runs a program over text in one pass: a deterministic automaton whose states are made when they are first reached.
// Time is linear in the text whatever the expression; memory is bounded by letting all states go when there are too many.

import { CamphorError } from '../model/error';
import type { Program } from './regex-program';
import { setTester } from './regex-syntax';
import type { Assertion } from './regex-syntax';

/** What stands on one side of a boundary. */
const side = { edge: 0, word: 1, newline: 2, other: 3 } as const;

const accepted = 1;
const dead = 2;
const stateLimit = 4096;
/** Classes of characters that the expression can tell apart; class 0 is "not looked at yet", class 1 the end of the text. */
const classLimit = 512;
const endClass = 1;
const astralLimit = 20_000;

export interface Automaton {
  /** Whether a match lies in [from, to) of the text, the range being taken as a text of its own. */
  matches(text: string, from: number, to: number): boolean;
  /** End of the longest match that starts at `start`, or -1; takes what it looks at from `budget` and gives up where that is spent. */
  longestEnd(text: string, start: number, budget: { left: number }): number;
}

interface CharacterClass {
  readonly side: number;
  /** One item a set: whether the characters of this class are in it. */
  readonly sets: readonly boolean[];
}

export function createAutomaton(program: Program): Automaton {
  const characters = createClasses(program.sets);
  const search = createStates(program, characters.classes, true);
  const anchored = createStates(program, characters.classes, false);
  const classAt = characters.classAt;

  const matches = (text: string, from: number, to: number): boolean => {
    let state = search.first(side.edge);
    for (let at = from; at < to;) {
      const kind = classAt(text, at, to);
      state = search.step(state, kind);
      if (state === accepted) return true;
      at += isPair(text, at, to) ? 2 : 1;
    }
    return search.step(state, endClass) === accepted;
  };

  const longestEnd = (text: string, start: number, budget: { left: number }): number => {
    const to = text.length;
    const before = start === 0 ? side.edge : (characters.classes[classAt(text, pairStart(text, start - 1), to)]?.side ?? side.edge);
    let state = anchored.first(before);
    let end = -1;
    for (let at = start; budget.left-- > 0; at += isPair(text, at, to) ? 2 : 1) {
      const kind = at < to ? classAt(text, at, to) : endClass;
      if (anchored.accepts(state, kind)) end = at;
      state = at < to ? anchored.step(state, kind) : dead;
      if (state === dead) break;
    }
    return end;
  };
  return { matches, longestEnd };
}

const isPair = (text: string, at: number, to: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800 && at + 1 < to && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
const pairStart = (text: string, at: number): number => (at > 0 && isPair(text, at - 1, at + 1) ? at - 1 : at);

function createClasses(sources: readonly string[]): { classes: CharacterClass[]; classAt(text: string, at: number, to: number): number } {
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
    const where = /[\p{L}\p{N}\p{M}_]/u.test(character) ? side.word : /[\n\r\u2028\u2029]/.test(character) ? side.newline : side.other;
    const key = where + sets.map(Number).join('');
    let number = numbers.get(key);
    if (number === undefined) {
      number = classes.push({ side: where, sets }) - 1;
      if (number >= classLimit) throw new CamphorError('query-too-slow', { classes: classLimit });
      numbers.set(key, number);
    }
    return number;
  };
  const classAt = (text: string, at: number, to: number): number => {
    const unit = text.charCodeAt(at);
    if (isPair(text, at, to)) {
      const code = text.codePointAt(at) ?? unit;
      const known = astral.get(code) ?? classify(String.fromCodePoint(code));
      if (astral.size < astralLimit) astral.set(code, known);
      return known;
    }
    const known = byUnit[unit] ?? 0;
    return known !== 0 ? known : (byUnit[unit] = classify(String.fromCharCode(unit)));
  };
  return { classes, classAt };
}

interface State {
  /** Steps to go on from, before assertions are looked at. */
  readonly steps: readonly number[];
  readonly before: number;
}

interface States {
  first(before: number): number;
  step(state: number, kind: number): number;
  accepts(state: number, kind: number): boolean;
}

/** With `search` a match may start anywhere and ends the run; without, it starts at the first step. */
function createStates(program: Program, classes: readonly CharacterClass[], search: boolean): States {
  let states: State[] = [];
  let numbers = new Map<string, number>();
  let transitions = new Int16Array(0);
  let firstAtEdge = 0;
  const reset = (): void => {
    firstAtEdge = 0;
    states = [
      { steps: [], before: 0 },
      { steps: [], before: 0 },
      { steps: [], before: 0 },
    ];
    numbers = new Map();
    transitions = new Int16Array(64 * classLimit);
    transitions.fill(accepted, accepted * classLimit, (accepted + 1) * classLimit);
    transitions.fill(dead, dead * classLimit, (dead + 1) * classLimit);
  };
  reset();

  const numberOf = (steps: readonly number[], before: number): number => {
    if (steps.length === 0) return dead;
    const key = `${before}:${steps.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const made = states.push({ steps, before }) - 1;
    numbers.set(key, made);
    if (made * classLimit >= transitions.length) {
      const larger = new Int16Array(transitions.length * 2);
      larger.set(transitions);
      transitions = larger;
    }
    return made;
  };
  const work = (number: number, kind: number): number => {
    const state = states[number];
    const character = classes[kind];
    if (!state || !character) return dead;
    const reached = reach(program, state, character.side);
    if (search && reached.has(0)) return accepted;
    const next = new Set<number>(search ? [program.start] : []);
    for (const index of reached) {
      const step = program.steps[index];
      if (step?.do === 'take' && character.sets[step.set]) next.add(step.next);
    }
    if (states.length >= stateLimit) {
      reset();
      return numberOf(
        [...next].toSorted((a, b) => a - b),
        character.side,
      );
    }
    const made = numberOf(
      [...next].toSorted((a, b) => a - b),
      character.side,
    );
    transitions[number * classLimit + kind] = made;
    return made;
  };
  return {
    first: (before) => {
      if (before !== side.edge) return numberOf([program.start], before);
      if (firstAtEdge === 0) firstAtEdge = numberOf([program.start], side.edge);
      return firstAtEdge;
    },
    step: (state, kind) => transitions[state * classLimit + kind] || work(state, kind),
    accepts: (number, kind) => {
      const state = states[number];
      return state !== undefined && reach(program, state, classes[kind]?.side ?? side.edge).has(0);
    },
  };
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

function holds(kind: Assertion, before: number, after: number): boolean {
  switch (kind) {
    case 'line-start':
      return before === side.edge || before === side.newline;
    case 'line-end':
      return after === side.edge || after === side.newline;
    case 'word-edge':
      return (before === side.word) !== (after === side.word);
    case 'no-word-edge':
      return (before === side.word) === (after === side.word);
  }
}

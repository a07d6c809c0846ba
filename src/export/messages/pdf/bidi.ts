// The order in which units of a line are drawn, by the rules of Unicode (UAX #9) as far as texts of chats need them: without
// embeddings, overrides and isolates, which clean-text has taken out.

/** L and R: a letter that runs so; E: a digit; S: what stands between digits; N: anything else. */
export type BidiClass = 'L' | 'R' | 'E' | 'S' | 'N';

const rightToLeft = /[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** True where a text has anything that runs from right to left: all others are drawn as they come. */
export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text);

/** Of the unit's first letter. */
export function bidiClassOf(unit: string): BidiClass {
  if (/^[\d\u0660-\u0669\u06f0-\u06f9]/.test(unit)) return 'E';
  if (/^[.,:/+-]$/.test(unit)) return 'S';
  if (rightToLeft.test(String.fromCodePoint(unit.codePointAt(0) ?? 0))) return 'R';
  return /^\p{L}/u.test(unit) ? 'L' : 'N';
}

/** What the paragraph runs like as a whole: like its first letter (P2, P3). */
export const isRightToLeft = (classes: readonly BidiClass[]): boolean => classes.find((each) => each === 'L' || each === 'R') === 'R';

/** One mark between two digits is part of the number (W4); all others are neutral. */
const withNumbers = (classes: readonly BidiClass[]): readonly BidiClass[] =>
  classes.map((each, at) => (each === 'S' ? (classes[at - 1] === 'E' && classes[at + 1] === 'E' ? 'E' : 'N') : each));

/** Level of each unit: even ones run from left to right, odd ones from right to left. */
export function levelsOf(given: readonly BidiClass[], base: 0 | 1): readonly number[] {
  const classes = withNumbers(given);
  const own = base === 1 ? 'R' : 'L';
  const leftward = 1;
  const rightward = base === 1 ? 2 : 0;
  const directions: ('L' | 'R')[] = [];
  const levels: number[] = [];
  let strong: 'L' | 'R' = own;
  for (const [at, each] of classes.entries()) {
    if (each === 'L' || each === 'R') strong = each;
    if (each === 'N') continue;
    // A number runs from left to right, and counts for what stands beside it as the letters before it do (W7, N1).
    directions[at] = strong;
    if (each === 'E') levels[at] = strong === 'R' ? 2 : rightward;
    else levels[at] = each === 'R' ? leftward : rightward;
  }
  for (let from = 0; from < classes.length;) {
    let to = from;
    while (to < classes.length && classes[to] === 'N') to++;
    const [before, behind] = [directions[from - 1] ?? own, directions[to] ?? own];
    const direction = before === behind ? before : own;
    for (let at = from; at < to; at++) levels[at] = direction === 'R' ? leftward : rightward;
    from = to + 1;
  }
  return levels;
}

/** Places of the units of one line in the order in which they are drawn, from left to right (L2). */
export function visualOrder(levels: readonly number[]): readonly number[] {
  const order = levels.map((_, at) => at);
  for (let level = Math.max(0, ...levels); level > 0; level--) {
    for (let from = 0; from < order.length;) {
      let to = from;
      while (to < order.length && (levels[order[to] ?? 0] ?? 0) >= level) to++;
      if (to > from + 1) order.splice(from, to - from, ...order.slice(from, to).toReversed());
      from = to + 1;
    }
  }
  return order;
}

const mirrors = new Map([...'()[]{}<>«»‹›≤≥'].map((letter, at, all) => [letter, all[at % 2 === 0 ? at + 1 : at - 1] ?? letter]));

/** A bracket as it looks where text runs from right to left (L4). */
export const mirrored = (unit: string): string => mirrors.get(unit) ?? unit;

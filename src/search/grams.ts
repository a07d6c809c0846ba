// Grams of a normalised text: what a signature is made of. Characters of scripts written without spaces count one by one and
// in pairs, symbols one by one, letters of other scripts in fours and as whole words of one to three. A gram is known by a
// 32-bit hash of its UTF-16 code units; no string is made for any.

const unitClass = { other: 0, letter: 1, wide: 2, high: 3, low: 4, symbol: 5 } as const;

const wideUnit = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}ーゝゞ々〆]$/u;
const letterUnit = /^[\p{L}\p{N}\p{M}]$/u;
const symbolUnit = /^\p{So}$/u;

let classes: Uint8Array | null = null;

/** The class of every UTF-16 code unit; made at first use. */
function unitClasses(): Uint8Array {
  if (classes !== null) return classes;
  const made = new Uint8Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) made[unit] = classOf(unit);
  classes = made;
  return made;
}

function classOf(unit: number): number {
  if ((unit & 0xfc00) === 0xd800) return unitClass.high;
  if ((unit & 0xfc00) === 0xdc00) return unitClass.low;
  if ((unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3)) return unitClass.wide;
  const character = String.fromCharCode(unit);
  if (wideUnit.test(character)) return unitClass.wide;
  if (letterUnit.test(character)) return unitClass.letter;
  return symbolUnit.test(character) ? unitClass.symbol : unitClass.other;
}

/** Murmur3's finaliser: every bit of the input moves every bit of the hash. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const singleGram = (unit: number): number => mix(unit + 0x10000);
const pairGram = (first: number, second: number): number => mix((first << 16) ^ second ^ 0x5bd1e995);
const fourGram = (first: number, second: number): number => mix(Math.imul(first, 0x9e3779b1) + second);
/** Units of a word of one to three, packed as `(first << 16 | second)` and third; missing ones are 0. */
const wordGram = (packed: number, third: number): number => mix(Math.imul(packed, 0x2545f491) + third + 0x7f4a7c15);

/**
 * Calls `add` with each gram of the normalised text [from, to) of `joined`, repeated ones included. `openEdges` says that
 * the text is a piece of a longer one: a short run of letters at its edges may then be part of a longer word.
 */
export function visitGrams(joined: string, from: number, to: number, openEdges: boolean, add: (hash: number) => void): void {
  const table = unitClasses();
  let before = 0;
  let beforeClass: number = unitClass.other;
  for (let at = from; at < to;) {
    const unit = joined.charCodeAt(at);
    const kind = table[unit] ?? 0;
    if (kind === unitClass.letter) {
      at = visitWord(joined, from, at, to, openEdges, table, add);
      beforeClass = unitClass.letter;
      continue;
    }
    if (kind !== unitClass.other) {
      add(singleGram(unit));
      if ((kind === unitClass.wide && beforeClass === unitClass.wide) || (kind === unitClass.low && beforeClass === unitClass.high)) {
        add(pairGram(before, unit));
      }
    }
    before = unit;
    beforeClass = kind;
    at++;
  }
}

/** The run of letters that starts at `at`; returns its end. */
function visitWord(
  joined: string,
  from: number,
  at: number,
  to: number,
  openEdges: boolean,
  table: Uint8Array,
  add: (hash: number) => void, // prettier-ignore
): number {
  let older = 0;
  let newer = 0;
  let end = at;
  for (; end < to; end++) {
    const unit = joined.charCodeAt(end);
    if (table[unit] !== unitClass.letter) break;
    older = (older << 16) | (newer >>> 16);
    newer = (newer << 16) | unit;
    if (end - at >= 3) add(fourGram(older, newer));
  }
  if (end - at <= 3 && !(openEdges && (at === from || end === to))) add(wordGram(older, newer));
  return end;
}

/** What every text that holds `term` (normalised) has among its grams. Empty where no gram is certain. */
export function termGrams(term: string): Uint32Array {
  const grams = new Set<number>();
  visitGrams(term, 0, term.length, true, (hash) => grams.add(hash >>> 0));
  return Uint32Array.from(grams);
}

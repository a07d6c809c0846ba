// Where a sender's name ends in a file of a computer, which writes `TIME SENDER TEXT` with spaces: nothing in a line says
// so, but over many lines a name repeats while what follows it changes.

const wordsLimit = 5;
/** Prefixes that are remembered; more people than a group has. */
const prefixLimit = 50_000;
const fewestRepeats = 3;

interface Prefix {
  count: number;
  /** Lines that end with this prefix. */
  ended: number;
  readonly next: Set<string>;
}

const nextLimit = 1000;

export interface SpacedNames {
  /** Takes in one line's sender and text. */
  add(text: string): void;
  /** Code units of the sender's name at the beginning of `text`. */
  nameLength(text: string): number;
}

/** `known` are names that the file says elsewhere. */
export function createSpacedNames(known: readonly string[]): SpacedNames {
  const prefixes = new Map<string, Prefix>();
  const count = (prefix: string, next: string | null) => {
    let found = prefixes.get(prefix);
    if (!found) {
      if (prefixes.size >= prefixLimit) return;
      prefixes.set(prefix, (found = { count: 0, ended: 0, next: new Set() }));
    }
    found.count++;
    if (next === null) found.ended++;
    else if (found.next.size < nextLimit) found.next.add(next);
  };
  return {
    add(text) {
      for (let words = 1, end = endOfWord(text, 0); words <= wordsLimit; words++) {
        const nextEnd = end < text.length ? endOfWord(text, end + 1) : -1;
        count(text.slice(0, end), nextEnd < 0 ? null : text.slice(end + 1, nextEnd));
        if (nextEnd < 0) return;
        end = nextEnd;
      }
    },
    nameLength(text) {
      const found = known.find((name) => text.startsWith(name) && (text.length === name.length || text[name.length] === ' '));
      if (found !== undefined) return found.length;
      let end = endOfWord(text, 0);
      for (let words = 1; words < wordsLimit && end < text.length; words++) {
        const prefix = prefixes.get(text.slice(0, end));
        if (!prefix || !isPartOfName(prefix)) break;
        end = endOfWord(text, end + 1);
      }
      return end;
    },
  };
}

/** True where what follows hardly changes. */
function isPartOfName({ count, ended, next }: Prefix): boolean {
  return count >= fewestRepeats && ended === 0 && next.size <= Math.max(1, count / 10);
}

/** End of the word that begins at `from`; a line feed ends it as well. */
function endOfWord(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  const lineEnd = text.indexOf('\n', from);
  return Math.min(space < 0 ? text.length : space, lineEnd < 0 ? text.length : lineEnd);
}

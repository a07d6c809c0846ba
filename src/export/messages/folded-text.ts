// A text as it is looked through for what is to be blacked out: without differences of case, width, accents and blanks, and without
// letters that are not seen. Each unit of it knows where it stands in the text as it is.

export interface FoldedText {
  readonly text: string;
  /** Of unit `at` of `text`: the code point of the original that it came from, [start, end). */
  start(at: number): number;
  end(at: number): number;
}

/** Joiners, marks of direction, soft hyphens, selectors of how an emoji is drawn. */
const unseen = /^(?:[\p{Cf}\ufe00-\ufe0f\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5)$/u;
const accents = /[\u0300-\u036f]/g;
const plainAscii = /^[a-z0-9]$/;

/** Folding costs more than looking up; a chat has some thousand letters. */
const known = new Map<string, string>();
const mostKnown = 20_000;

function foldLetter(letter: string): string {
  if (plainAscii.test(letter)) return letter;
  const had = known.get(letter);
  if (had !== undefined) return had;
  const folded = unseen.test(letter) ? '' : fold(letter);
  if (known.size < mostKnown) known.set(letter, folded);
  return folded;
}

function fold(letter: string): string {
  return letter.normalize('NFKD').replace(accents, '').toUpperCase().toLowerCase().replace(/\s+/g, ' ');
}

export function foldText(given: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  const letters: string[] = [];
  let wasBlank = false;
  let at = 0;
  for (const letter of given) {
    const end = at + letter.length;
    const folded = foldLetter(letter);
    // Several blanks are one, and reach as far as the last of them; as a letter does over what belongs to it or is not seen.
    if (folded === '' ? ends.length > 0 : folded === ' ' && wasBlank) ends[ends.length - 1] = end;
    else
      for (let unit = 0; unit < folded.length; unit++) {
        starts.push(at);
        ends.push(end);
      }
    if (folded !== ' ' || !wasBlank) letters.push(folded);
    if (folded !== '') wasBlank = folded.endsWith(' ');
    at = end;
  }
  return { text: letters.join(''), start: (index) => starts[index] ?? given.length, end: (index) => ends[index] ?? given.length };
}

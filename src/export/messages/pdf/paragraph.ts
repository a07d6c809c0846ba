// A line of text as glyphs, broken into lines that fit.

import { hasRightToLeft, isRightToLeft, levelsOf, mirrored, visualOrder } from './bidi';
import type { Weight } from './glyph-painter';
import type { Glyph, GlyphFonts } from './glyph-fonts';
import { cutUnits } from './text-units';

/** Some letters of a line with one look, drawn from left to right. */
export interface PlacedGlyph {
  readonly glyph: Glyph;
  /** Where it leads; null for text that is no link. */
  readonly href: string | null;
}

export interface FittedLine {
  readonly glyphs: readonly PlacedGlyph[];
  /** Without blanks at the end, in thousandths of the size. */
  readonly width: number;
  readonly isRightToLeft: boolean;
  /** The next word begins behind it: false where a word, or a text without blanks, goes on in the next line. */
  readonly endsWord: boolean;
}

export interface LinkRange {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

interface Laid {
  readonly glyphs: readonly PlacedGlyph[];
  readonly levels: readonly number[] | null;
  readonly isRightToLeft: boolean;
  /** Places before which a line of a script without blanks may end. */
  readonly breaks: ReadonlySet<number>;
}

/** The line of text (one that clean-text gave), `width` in thousandths of the size. At least one line, which may be empty. */
export function fitParagraph(
  line: string,
  links: readonly LinkRange[],
  weight: Weight,
  fonts: GlyphFonts,
  width: number,
): readonly FittedLine[] {
  const laid = layOut(line, links, weight, fonts);
  const lines: FittedLine[] = [];
  let from = 0;
  do {
    const to = endOfLine(laid, from, width);
    lines.push(cutLine(laid, from, to));
    from = to;
  } while (from < laid.glyphs.length);
  return lines;
}

function layOut(line: string, links: readonly LinkRange[], weight: Weight, fonts: GlyphFonts): Laid {
  const units = cutUnits(line);
  const turns = hasRightToLeft(line);
  const first = turns ? units.map(({ text, drawn }) => fonts.glyph(text, drawn, weight)) : [];
  const classes = first.map(({ bidi }) => bidi);
  const isTurned = turns && isRightToLeft(classes);
  const levels = turns ? levelsOf(classes, isTurned ? 1 : 0) : null;
  const hrefOf = linkFinder(links);
  let offset = 0;
  const glyphs = units.map(({ text, drawn }, at): PlacedGlyph => {
    const href = hrefOf(offset);
    offset += text.length;
    const shown = levels !== null && (levels[at] ?? 0) % 2 === 1 ? mirrored(drawn) : drawn;
    return { glyph: fonts.glyph(text, shown, weight), href };
  });
  return { glyphs, levels, isRightToLeft: isTurned, breaks: wordBreaks(line, units) };
}

function linkFinder(links: readonly LinkRange[]): (offset: number) => string | null {
  let at = 0;
  return (offset) => {
    while (at < links.length && offset >= (links[at]?.to ?? 0)) at++;
    const link = links[at];
    return link !== undefined && offset >= link.from ? link.href : null;
  };
}

/** Thai, Lao, Khmer and Myanmar, which write no blanks between words. */
const unspaced = /[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]/;
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordBreaks(line: string, units: readonly { readonly text: string }[]): ReadonlySet<number> {
  const breaks = new Set<number>();
  if (!unspaced.test(line)) return breaks;
  const offsets = new Set<number>();
  for (const { index } of words.segment(line)) offsets.add(index);
  let offset = 0;
  for (const [at, { text }] of units.entries()) {
    if (offsets.has(offset) && unspaced.test(text)) breaks.add(at);
    offset += text.length;
  }
  return breaks;
}

function mayBreak({ glyphs, breaks }: Laid, at: number): boolean {
  const [before, behind] = [glyphs[at - 1]?.glyph, glyphs[at]?.glyph];
  if (before === undefined || behind === undefined || behind.isSpace) return false;
  if (before.isSpace || breaks.has(at)) return true;
  if (before.text === '-' || before.text === '\u2013') return behind.bidi === 'L' || behind.bidi === 'R';
  return (before.isWide || behind.isWide) && behind.maybeFirst && before.maybeLast;
}

/** Where the line that begins at `from` ends: at least one glyph further, where there is one. */
function endOfLine(laid: Laid, from: number, width: number): number {
  let used = 0;
  let end = 0;
  for (let at = from; at < laid.glyphs.length; at++) {
    const glyph = laid.glyphs[at]?.glyph;
    if (at > from && mayBreak(laid, at)) end = at;
    // Blanks hang over the edge.
    if (glyph === undefined || (glyph.isSpace && at > from)) {
      used += glyph?.width ?? 0;
      continue;
    }
    used += glyph.width;
    if (used > width && at > from) return end > from ? end : at;
  }
  return laid.glyphs.length;
}

function cutLine({ glyphs, levels, isRightToLeft: isTurned }: Laid, from: number, to: number): FittedLine {
  let end = to;
  while (end > from && glyphs[end - 1]?.glyph.isSpace === true) end--;
  const cut = glyphs.slice(from, end);
  const drawn = levels === null ? cut : visualOrder(levels.slice(from, end)).flatMap((at) => cut[at] ?? []);
  const width = cut.reduce((sum, { glyph }) => sum + glyph.width, 0);
  return { glyphs: drawn, width, isRightToLeft: isTurned, endsWord: end < to || to === glyphs.length };
}

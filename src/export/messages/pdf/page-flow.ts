// Text and pictures that flow from page to page: whatever has no room begins on the next one. Each page has a head and a number.

import { cleanLine, cleanLines } from './clean-text';
import type { GlyphFonts } from './glyph-fonts';
import type { Weight } from './glyph-painter';
import { findLinks } from '../../../model/links';
import { beginPage, black, type Colour, grey, page, type PageCanvas } from './page-canvas';
import type { PageTree } from './page-tree';
import { type FittedLine, fitParagraph, type LinkRange } from './paragraph';
import type { PdfFile } from './pdf-file';
import type { PutPicture } from './pictures';
import type { Structure } from './structure';

export interface TextLook {
  readonly sizePt: number;
  readonly weight: Weight;
  readonly colour: Colour;
  /** From the left edge of the page. */
  readonly left: number;
  readonly linked: boolean;
}

export const plainLook: TextLook = { sizePt: 10, weight: 400, colour: black, left: page.left, linked: false };

/** A line begins at the left of its look (`align` 0), ends at `right` (1), or is between. */
export interface LinePlace {
  readonly on: PageCanvas;
  /** Of the baseline. */
  readonly y: number;
  readonly align: number;
  /** The right edge of the page, where nothing else is said. */
  readonly right?: number;
}

export interface PageFlow {
  /** Ends the page, if one was begun. The next has no head. */
  turn(): void;
  /** What stands above all further pages. */
  head(text: string): void;
  /** The page that is drawn on, with so much room left on it. */
  page(room: number): PageCanvas;
  /** How many pages were begun. */
  readonly pages: number;
  /** A gap, but at the top of a page. */
  space(height: number): void;
  /** Lines of a text, one below the other; `beside` draws at the height of the first one. */
  text(text: string, look: TextLook, beside?: (canvas: PageCanvas, y: number) => void): void;
  /** A line that is cut where it does not fit. */
  line(
    text: string,
    look: TextLook,
    place: { readonly on: PageCanvas; readonly y: number; readonly align: number; readonly right?: number },
  ): void;
  picture(picture: PutPicture, left: number, widthPt: number, heightPt: number): void;
}

const leading = 1.36;
const headLook: TextLook = { ...plainLook, sizePt: 8, colour: grey };

/** Addresses that a click may open. */
const isLinked = ({ href }: LinkRange): boolean => /^(?:https?|mailto):/.test(href);

const widthOf = (look: TextLook, right: number = page.right): number => ((right - look.left) * 1000) / look.sizePt;

export function createPageFlow(file: PdfFile, tree: PageTree, fonts: GlyphFonts, structure: Structure): PageFlow {
  const fit: Fit = (text, { weight, linked }, width) =>
    fitParagraph(text, linked ? findLinks(text).filter(isLinked) : [], weight, fonts, width).map((line) => withBlank(line, weight, fonts));
  const pages = createPages(() => beginPage(file, tree, structure), structure, fit);
  return {
    get pages() {
      return pages.count;
    },
    turn() {
      pages.end();
      pages.head = '';
    },
    head: (text) => void (pages.head = text),
    page: (room) => pages.withRoom(room),
    space(height) {
      const on = pages.withRoom(0);
      if (on.y < page.top) on.y -= height;
    },
    text(text, look, beside) {
      const height = look.sizePt * leading;
      let draw = beside;
      for (const { glyphs, width, isRightToLeft } of cleanLines(text).flatMap((each) => fit(each, look, widthOf(look)))) {
        const on = pages.withRoom(height);
        const y = on.y - look.sizePt;
        draw?.(on, y);
        draw = undefined;
        const x = isRightToLeft ? page.right - (width * look.sizePt) / 1000 : look.left;
        if (glyphs.length > 0) on.text(glyphs, x, y, look.sizePt, look.colour);
        on.y -= height;
      }
    },
    line: (text, look, place) => drawLine(fit, text, look, place),
    picture({ number }, left, widthPt, heightPt) {
      const on = pages.withRoom(heightPt + 6);
      on.picture(number, left, on.y - heightPt - 2, widthPt, heightPt);
      on.y -= heightPt + 6;
    },
  };
}

/** With a blank behind it, which nobody sees: programs that read aloud would else join the words of two lines. */
function withBlank(line: FittedLine, weight: Weight, fonts: GlyphFonts): FittedLine {
  if (!line.endsWord || line.isRightToLeft || line.glyphs.length === 0) return line;
  return { ...line, glyphs: [...line.glyphs, { glyph: fonts.glyph(' ', ' ', weight), href: null }] };
}

type Fit = (text: string, look: TextLook, width: number) => readonly FittedLine[];

function drawLine(fit: Fit, text: string, look: TextLook, { on, y, align, right = page.right }: LinePlace): void {
  const [first] = fit(cleanLine(text), look, widthOf(look, right));
  if (first === undefined) return;
  const x = look.left + (right - look.left - (first.width * look.sizePt) / 1000) * align;
  on.text(first.glyphs, x, y, look.sizePt, look.colour);
}

interface Pages {
  head: string;
  readonly count: number;
  withRoom(room: number): PageCanvas;
  end(): void;
}

function createPages(beginNext: () => PageCanvas, structure: Structure, fit: Fit): Pages {
  let canvas: PageCanvas | null = null;
  let count = 0;
  const adorn = (on: PageCanvas, head: string): void => {
    drawLine(fit, String(++count), headLook, { on, y: 30, align: 0.5 });
    if (head === '') return;
    drawLine(fit, head, headLook, { on, y: 808, align: 0 });
    on.fill(page.left, 801, page.right - page.left, 0.4, [0.8, 0.8, 0.8]);
  };
  const begin = (head: string): PageCanvas => {
    const on = beginNext();
    structure.adorn(() => adorn(on, head));
    return on;
  };
  const end = (): void => {
    canvas?.end();
    canvas = null;
  };
  return {
    head: '',
    get count() {
      return count;
    },
    withRoom(room) {
      if (canvas !== null && canvas.y - room < page.bottom) end();
      canvas ??= begin(this.head);
      return canvas;
    },
    end,
  };
}

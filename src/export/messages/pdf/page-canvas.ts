// Pages as they fill from above: lines of text, strokes, pictures, links.

import type { PlacedGlyph } from './paragraph';
import type { PdfFile } from './pdf-file';
import type { PageTree } from './page-tree';
import { decimal, latin1, literal } from './pdf-syntax';
import type { Structure, Tagged } from './structure';

/** A4 in points. */
export const page = { width: 595.28, height: 841.89, left: 50, right: 545.28, top: 787, bottom: 56 } as const;

export type Colour = readonly [red: number, green: number, blue: number];
export const black: Colour = [0.1, 0.1, 0.1];
export const grey: Colour = [0.42, 0.42, 0.42];
const linkColour: Colour = [0.04, 0.3, 0.66];

export interface PageCanvas {
  /** Number of the page that is drawn on. */
  readonly number: number;
  /** Lower end of what was drawn so far. */
  y: number;
  /** Draws glyphs from `x` on at the height `y`. */
  text(glyphs: readonly PlacedGlyph[], x: number, y: number, sizePt: number, colour: Colour): void;
  fill(x: number, y: number, width: number, height: number, colour: Colour): void;
  picture(picture: number, x: number, y: number, width: number, height: number): void;
  /** Writes the page. */
  end(): void;
}

const paint = (colour: Colour): string => `${colour.map(decimal).join(' ')} rg`;

export function beginPage(file: PdfFile, tree: PageTree, structure: Structure): PageCanvas {
  const number = file.reserve();
  const parent = tree.add(number);
  const fonts = new Set<number>();
  const pictures = new Set<number>();
  const links: string[] = [];
  const { draw, ...content } = createContent(number, structure);
  return {
    number,
    y: page.top,
    text(glyphs, x, y, sizePt, colour) {
      draw(`BT ${paint(colour)} 1 0 0 1 ${decimal(x)} ${decimal(y)} Tm`);
      for (const run of runsOf(glyphs)) {
        fonts.add(run.font);
        const { href } = run;
        const change = run.changes ? `${paint(href === null ? colour : linkColour)} ` : '';
        draw(`${change}/F${run.font} ${decimal(sizePt)} Tf ${literal(run.codes)} Tj`);
      }
      draw('ET');
      for (const { href, x: from, width } of linksOf(glyphs, x, sizePt))
        links.push(linkOf(href, [from, y - sizePt * 0.25, from + width, y + sizePt * 0.85]));
    },
    fill: (x, y, width, height, colour) => draw(`${paint(colour)} ${[x, y, width, height].map(decimal).join(' ')} re f`),
    picture(picture, x, y, width, height) {
      pictures.add(picture);
      draw(`q ${decimal(width)} 0 0 ${decimal(height)} ${decimal(x)} ${decimal(y)} cm /P${picture} Do Q`);
    },
    end() {
      const { owners, operators } = content.end();
      const tags = owners.length === 0 ? [] : [`/StructParents ${structure.addPage(owners)}`];
      const annotations = links.length === 0 ? [] : [`/Annots [${links.join('\n')}]`];
      const contents = file.reserve();
      file.putStream(contents, '', latin1(operators.join('\n')), 'deflate');
      const entries = [`/Parent ${parent} 0 R /Contents ${contents} 0 R`, resourcesOf(fonts, pictures), ...tags, ...annotations];
      file.put(number, `<< /Type /Page ${entries.join(' ')} >>`);
    },
  };
}

function resourcesOf(fonts: ReadonlySet<number>, pictures: ReadonlySet<number>): string {
  const listed = (name: string, numbers: ReadonlySet<number>): string => [...numbers].map((each) => `/${name}${each} ${each} 0 R`).join(' '); // prettier-ignore
  return `/Resources << /Font << ${listed('F', fonts)} >> /XObject << ${listed('P', pictures)} >> >>`;
}

/** What is drawn on a page, cut into pieces of one element each, and into what only adorns the page (14.6, 14.8.2.2). */
function createContent(page: number, structure: Structure) {
  const operators: string[] = [];
  const owners: Tagged[] = [];
  let marked: Tagged | null | undefined;
  const mark = (now: Tagged | null): void => {
    if (marked !== undefined) operators.push('EMC');
    marked = now;
    operators.push(now === null ? '/Artifact BMC' : `/${now.role} <</MCID ${owners.length}>>BDC`);
    if (now === null) return;
    structure.show(page, owners.length);
    owners.push(now);
  };
  return {
    draw(operator: string): void {
      if (structure.current !== marked) mark(structure.current);
      operators.push(operator);
    },
    end(): { readonly operators: readonly string[]; readonly owners: readonly Tagged[] } {
      if (marked !== undefined) operators.push('EMC');
      return { operators, owners };
    },
  };
}

interface GlyphRun {
  readonly font: number;
  readonly href: string | null;
  /** The look is another one than before. */
  readonly changes: boolean;
  codes: string;
}

/** Glyphs of one font and one look that stand beside each other. */
function runsOf(glyphs: readonly PlacedGlyph[]): readonly GlyphRun[] {
  const runs: GlyphRun[] = [];
  for (const { glyph, href } of glyphs) {
    const last = runs.at(-1);
    const code = String.fromCharCode(glyph.code);
    if (last?.font === glyph.font && last.href === href) last.codes += code;
    else runs.push({ font: glyph.font, href, changes: (last?.href ?? null) !== href, codes: code });
  }
  return runs;
}

/** What can be clicked of a line: from where, and how wide. */
function linksOf(glyphs: readonly PlacedGlyph[], left: number, sizePt: number): readonly { href: string; x: number; width: number }[] {
  const found: { href: string; x: number; width: number; to: number }[] = [];
  let x = left;
  for (const [at, { glyph, href }] of glyphs.entries()) {
    const width = (glyph.width * sizePt) / 1000;
    const last = found.at(-1);
    if (href !== null && last?.href === href && last.to === at) {
      last.width += width;
      last.to = at + 1;
    } else if (href !== null) found.push({ href, x, width, to: at + 1 });
    x += width;
  }
  return found;
}

/** An address as a browser wrote it: ASCII alone. */
function linkOf(href: string, corners: readonly number[]): string {
  return `<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [${corners.map(decimal).join(' ')}] /A << /S /URI /URI ${literal(href)} >> >>`;
}

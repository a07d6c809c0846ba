// Fonts of the file itself: each unit of text that was drawn is a glyph of a Type 3 font (ISO 32000-1, 9.6.5), 256 to a font, and
// stands there with its text, by which programs search and copy.

import { type BidiClass, bidiClassOf } from './bidi';
import { colourPlanes, emPx, type GlyphPainter, maskHex, type PaintedGlyph, type Weight } from './glyph-painter';
import type { PdfFile } from './pdf-file';
import { decimal, latin1, utf16Hex } from './pdf-syntax';

export interface Glyph {
  /** Number of the font's object, which is called `/F` and this number on a page. */
  readonly font: number;
  readonly code: number;
  /** Thousandths of an em. */
  readonly width: number;
  readonly text: string;
  readonly bidi: BidiClass;
  readonly isSpace: boolean;
  /** A line may end before it and behind it, but for the two cases below. */
  readonly isWide: boolean;
  readonly maybeFirst: boolean;
  readonly maybeLast: boolean;
}

export interface GlyphFonts {
  /** `text`: what it stands for; `drawn`: what is drawn. */
  glyph(text: string, drawn: string, weight: Weight): Glyph;
  /** Writes the fonts that are not full. */
  end(): void;
}

/**
 * So many glyphs are remembered. With more, all are forgotten and drawn again when they return: the file grows, and nothing is
 * lost. All Han of the common fonts are fewer.
 */
export const glyphLimit = 60_000;
const fontGlyphs = 256;
const perPx = 1000 / emPx;

const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\p{Regional_Indicator}\u3000-\u303f\uff00-\uffef]/u; // prettier-ignore
const never = {
  first: /^[、。，．：；！？）」』】》〉〕｝…—·～ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%‰℃)\]},.:;!?”’]/,
  last: /^[（「『【《〈〔｛([{“‘￥＄]/,
};

interface OpenFont {
  readonly number: number;
  readonly widths: number[];
  readonly procedures: number[];
  readonly texts: string[];
  /** Coloured pictures by code. */
  readonly pictures: Map<number, number>;
}

export function createGlyphFonts(file: PdfFile, painter: GlyphPainter, limit = glyphLimit): GlyphFonts {
  const known: Record<Weight, Map<string, Glyph>> = { 400: new Map(), 700: new Map() };
  let font: OpenFont | null = null;
  let measure: number | null = null;
  const close = (): void => {
    if (font !== null) putFont(file, font);
    font = null;
  };
  const forget = (): void => {
    close();
    known[400].clear();
    known[700].clear();
  };
  const add = (text: string, drawn: string, weight: Weight): Glyph => {
    const painted = painter.paint(drawn, weight);
    // An emoji looks the same in a heading.
    if (painted.isColoured && weight === 700) return glyph(text, drawn, 400);
    if (known[400].size + known[700].size >= limit) forget();
    font ??= openFont(file, (measure ??= putMeasure(file)));
    const code = font.widths.length;
    const width = advanceOf(painted);
    font.procedures.push(putProcedure(file, painted, font));
    font.widths.push(width);
    font.texts.push(text);
    const described = { font: font.number, code, width, text, ...traitsOf(text) };
    if (font.widths.length === fontGlyphs) close();
    return described;
  };
  const glyph: GlyphFonts['glyph'] = (text, drawn, weight) => {
    const key = text === drawn ? text : `${text}\n${drawn}`;
    const found = known[weight].get(key);
    if (found !== undefined) return found;
    const added = add(text, drawn, weight);
    known[weight].set(key, added);
    return added;
  };
  return { glyph, end: close };
}

function traitsOf(text: string): Omit<Glyph, 'font' | 'code' | 'width' | 'text'> {
  return {
    bidi: bidiClassOf(text),
    isSpace: text === ' ' || text === '\u3000',
    isWide: wide.test(text),
    maybeFirst: !never.first.test(text),
    maybeLast: !never.last.test(text),
  };
}

const advanceOf = ({ advancePx }: PaintedGlyph): number => Math.round(advancePx * perPx);
/**
 * The first glyph of each font, which is never shown: poppler guesses how large a Type 3 font is from the width of what is called
 * `m`, and needs that to know which letters make a word.
 */
const measureWidth = 600;

const openFont = (file: PdfFile, measure: number): OpenFont => ({
  number: file.reserve(),
  widths: [measureWidth],
  procedures: [measure],
  texts: [''],
  pictures: new Map(),
});

function putMeasure(file: PdfFile): number {
  const number = file.reserve();
  file.putStream(number, '', latin1(`${measureWidth} 0 0 0 0 0 d1`), 'as-is');
  return number;
}

const box = ({ left, bottom, widthPx, heightPx }: PaintedGlyph): readonly number[] => [left, bottom, left + widthPx, bottom + heightPx].map((px) => Math.round(px * perPx)); // prettier-ignore

/** What draws the glyph: a mask in the colour of the text, or a picture in its own colours. */
function putProcedure(file: PdfFile, painted: PaintedGlyph, font: OpenFont): number {
  const number = file.reserve();
  const code = font.widths.length;
  const width = advanceOf(painted);
  const { widthPx, heightPx, left, bottom, pixels } = painted;
  const matrix = [widthPx * perPx, 0, 0, heightPx * perPx, left * perPx, bottom * perPx].map(decimal).join(' ');
  const procedure = (): string => {
    if (pixels === null) return `${width} 0 0 0 0 0 d1`;
    if (painted.isColoured) return `${width} 0 d0 q ${matrix} cm /X${code} Do Q`;
    const mask = `BI /W ${widthPx} /H ${heightPx} /IM true /D [1 0] /F /AHx ID\n${maskHex(painted)}>\nEI`;
    return `${width} 0 ${box(painted).join(' ')} d1 q ${matrix} cm ${mask} Q`;
  };
  if (pixels !== null && painted.isColoured) font.pictures.set(code, putPicture(file, painted));
  file.putStream(number, '', latin1(procedure()), 'deflate');
  return number;
}

function putPicture(file: PdfFile, painted: PaintedGlyph): number {
  const { rgb, alpha } = colourPlanes(painted);
  const [picture, mask] = [file.reserve(), file.reserve()];
  const shared = `/Type /XObject /Subtype /Image /Width ${painted.widthPx} /Height ${painted.heightPx} /BitsPerComponent 8`;
  file.putStream(mask, `${shared} /ColorSpace /DeviceGray`, alpha, 'deflate');
  file.putStream(picture, `${shared} /ColorSpace /DeviceRGB /SMask ${mask} 0 R`, rgb, 'deflate');
  return picture;
}

/** Where glyphs may be, as the painter bounds them. */
const bounds = '-2000 -1500 8000 2500';

function putFont(file: PdfFile, { number, widths, procedures, texts, pictures }: OpenFont): void {
  const names = procedures.map((_, code) => (code === 0 ? '/m' : `/g${code}`));
  const toUnicode = file.reserve();
  file.putStream(toUnicode, '', latin1(toUnicodeMap(texts)), 'deflate');
  const resources = [...pictures].map(([code, picture]) => `/X${code} ${picture} 0 R`).join(' ');
  const parts = [
    `/Type /Font /Subtype /Type3 /FontBBox [${bounds}] /FontMatrix [0.001 0 0 0.001 0 0]`,
    `/FirstChar 0 /LastChar ${widths.length - 1} /Widths [${widths.join(' ')}]`,
    `/Encoding << /Type /Encoding /Differences [0 ${names.join(' ')}] >>`,
    `/CharProcs << ${procedures.map((procedure, code) => `${names[code]} ${procedure} 0 R`).join(' ')} >>`,
    `/Resources << ${resources === '' ? '' : `/XObject << ${resources} >>`} >> /ToUnicode ${toUnicode} 0 R`,
  ];
  file.put(number, `<< ${parts.join('\n')} >>`, 'alone');
}

/** Lines that a block of a CMap may have (9.10.3). */
const blockLines = 100;

/** Which text each code stands for, '' for none. */
export function toUnicodeMap(texts: readonly string[]): string {
  const all = texts.map((text, code) => (text === '' ? '' : `<${code.toString(16).padStart(2, '0')}> <${utf16Hex(text)}>`)).filter(Boolean);
  const blocks: string[] = [];
  for (let from = 0; from < all.length; from += blockLines) {
    const lines = all.slice(from, from + blockLines);
    blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <00> <ff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

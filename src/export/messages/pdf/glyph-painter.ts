// Units of text as pictures, drawn by the browser with the fonts of the device, so that every script looks as it does on the screen
// and no font has to be brought along.

import { CamphorError } from '../../../model/error';

export type Weight = 400 | 700;

/** A unit as it was drawn. Places are in pixels from the origin on the baseline, y upwards. */
export interface PaintedGlyph {
  readonly advancePx: number;
  readonly left: number;
  readonly bottom: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGBA rows from the top; null where there is no ink. */
  readonly pixels: Uint8ClampedArray | null;
  readonly isColoured: boolean;
}

export interface GlyphPainter {
  paint(drawn: string, weight: Weight): PaintedGlyph;
}

/** Of a letter of 10 points, 690 pixels an inch: more than printers draw. */
export const emPx = 96;
const marginPx = 2 * emPx;
const canvasWidthPx = 10 * emPx;
const canvasHeightPx = 4 * emPx;
const baselinePx = 2.5 * emPx;
/** As on the screen (src/ui/theme.css), but for fonts first that look like print. */
const family = `'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif`;

/** False where this browser cannot draw in a worker, or cannot deflate. */
export const canPaint = (): boolean => typeof OffscreenCanvas === 'function' && typeof CompressionStream === 'function';

/** `language`: for the forms of Han. Throws CamphorError `canvas-blocked` where the browser gives back other pixels than were drawn. */
export function createGlyphPainter(language: string): GlyphPainter {
  const context = canPaint() ? new OffscreenCanvas(canvasWidthPx, canvasHeightPx).getContext('2d', { willReadFrequently: true }) : null;
  if (context === null) throw new CamphorError('canvas-blocked');
  if ('lang' in context) context.lang = language;
  context.fillStyle = 'black';
  checkReading(context);
  const read = (width: TextMetrics): Omit<PaintedGlyph, 'advancePx'> => {
    const fromX = Math.max(0, Math.floor(marginPx - width.actualBoundingBoxLeft) - 1);
    const toX = Math.min(canvasWidthPx, Math.ceil(marginPx + width.actualBoundingBoxRight) + 1);
    const fromY = Math.max(0, Math.floor(baselinePx - width.actualBoundingBoxAscent) - 1);
    const toY = Math.min(canvasHeightPx, Math.ceil(baselinePx + width.actualBoundingBoxDescent) + 1);
    const [widthPx, heightPx] = [Math.max(0, toX - fromX), Math.max(0, toY - fromY)];
    const place = { left: fromX - marginPx, bottom: baselinePx - toY, widthPx, heightPx };
    if (widthPx === 0 || heightPx === 0) return { ...place, pixels: null, isColoured: false };
    const { data } = context.getImageData(fromX, fromY, widthPx, heightPx);
    context.clearRect(0, 0, canvasWidthPx, canvasHeightPx);
    return { ...place, pixels: hasInk(data) ? data : null, isColoured: hasColour(data) };
  };
  return {
    paint(drawn, weight) {
      context.font = `${weight} ${emPx}px ${family}`;
      const size = context.measureText(drawn);
      context.fillText(drawn, marginPx, baselinePx);
      return { advancePx: Math.min(size.width, canvasWidthPx - marginPx), ...read(size) };
    },
  };
}

/** Against being recognised some browsers give back noise; a little of it does no harm to letters, more would make them unreadable. */
function checkReading(context: OffscreenCanvasRenderingContext2D): void {
  context.fillRect(0, 0, 32, 32);
  const { data } = context.getImageData(0, 0, 64, 32);
  context.clearRect(0, 0, 64, 32);
  let wrong = 0;
  for (let at = 3; at < data.length; at += 4) if (isInk(data, at) !== (at >> 2) % 64 < 32) wrong++;
  if (wrong > 16) throw new CamphorError('canvas-blocked');
}

const isInk = (pixels: Uint8ClampedArray, alphaAt: number): boolean => (pixels[alphaAt] ?? 0) > 127;

function hasInk(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (isInk(pixels, at)) return true;
  return false;
}

/** Letters are drawn in black: what is not, has a colour of its own. Noise is darker than this. */
function hasColour(pixels: Uint8ClampedArray): boolean {
  for (let at = 0; at < pixels.length; at += 4)
    if (isInk(pixels, at + 3) && Math.max(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0) > 48) return true;
  return false;
}

/** One bit a pixel, 1 for ink, rows filled up to whole bytes, as hexadecimal digits. */
export function maskHex({ pixels, widthPx, heightPx }: PaintedGlyph): string {
  if (pixels === null) return '';
  let hex = '';
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x += 4) {
      let nibble = 0;
      for (let bit = 0; bit < 4; bit++) if (x + bit < widthPx && isInk(pixels, (y * widthPx + x + bit) * 4 + 3)) nibble |= 8 >> bit;
      hex += nibble.toString(16);
    }
    if (Math.ceil(widthPx / 4) % 2 === 1) hex += '0';
  }
  return hex;
}

/** Colours and coverage of a coloured unit, a picture each. */
export function colourPlanes({ pixels }: PaintedGlyph): { readonly rgb: Uint8Array<ArrayBuffer>; readonly alpha: Uint8Array<ArrayBuffer> } {
  const count = (pixels?.length ?? 0) / 4;
  const [rgb, alpha] = [new Uint8Array(count * 3), new Uint8Array(count)];
  for (let at = 0; at < count; at++) {
    for (let plane = 0; plane < 3; plane++) rgb[at * 3 + plane] = pixels?.[at * 4 + plane] ?? 0;
    alpha[at] = pixels?.[at * 4 + 3] ?? 0;
  }
  return { rgb, alpha };
}

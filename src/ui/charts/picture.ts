// Charts as one picture of their own, which can be saved: an SVG made of elements, so that no name can be read as markup.

import type { Column } from './column-chart';
import { type HeatCell, type HeatLabel, heatOf } from './heat-grid';

const svgNamespace = 'http://www.w3.org/2000/svg';
const family = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const marginPx = 56;
/** Of all pictures. */
export const pictureWidthPx = 1080;
const innerPx = pictureWidthPx - 2 * marginPx;

/** Of the theme that is shown, as `rgb()`. */
export interface PictureColours {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly accent: string;
  readonly raised: string;
}

export interface PictureBar {
  readonly name: string;
  readonly value: number;
  readonly words: string;
}

interface Style {
  readonly sizePx: number;
  readonly weight?: number;
  readonly colour: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Things one below the other. Each draws itself and moves the place of the next one down. */
export interface Picture {
  /** A large heading, cut where it is too long, and lines below it. */
  heading(title: string, words: string): void;
  /** Numbers with what they are, two in a row. */
  facts(facts: readonly (readonly [label: string, value: string])[]): void;
  part(title: string): void;
  columns(columns: readonly Column[]): void;
  heat(grid: {
    cells: readonly HeatCell[];
    columns: number;
    rows: number;
    columnLabels: readonly HeatLabel[];
    rowLabels: readonly HeatLabel[];
  }): void;
  bars(bars: readonly PictureBar[]): void;
  /** One line of large signs, such as emoji. */
  line(text: string): void;
  /** Ends it with a small line; the picture is as high as what was drawn. */
  finish(foot: string): SVGSVGElement;
}

/** What XML cannot hold would make the file unreadable. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const clean = (text: string): string => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');

const measuring = document.createElement('canvas').getContext('2d');

function widthPx(text: string, { sizePx, weight = 400 }: Style): number {
  if (measuring === null) return text.length * sizePx;
  measuring.font = `${weight} ${sizePx}px ${family}`;
  return measuring.measureText(text).width;
}

/** As much of a text as fits, with an ellipsis where it was cut. Never cuts a sign in two. */
function fit(text: string, style: Style, roomPx: number): string {
  if (widthPx(text, style) <= roomPx) return text;
  const signs = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(0, 400))].map(({ segment }) => segment);
  let length = signs.length;
  while (length > 0 && widthPx(`${signs.slice(0, length).join('')}…`, style) > roomPx) length -= 1;
  return `${signs.slice(0, length).join('')}…`;
}

/** Lines that fit, at most `limit` of them. */
function wrap(text: string, style: Style, limit: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (widthPx(line + segment, style) > innerPx && line !== '') {
      lines.push(line.trimEnd());
      line = segment.trimStart();
    } else line += segment;
  }
  lines.push(line);
  return lines.filter((each) => each !== '').slice(0, limit);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** What is drawn goes into `svg`; the place of the next thing is kept here. */
function createPen(svg: SVGSVGElement) {
  const pen = {
    yPx: marginPx,
    text(words: string, xPx: number, style: Style): void {
      const { sizePx, weight = 400, colour, anchor = 'start' } = style;
      const made = element('text', {
        x: xPx,
        y: pen.yPx + sizePx * 0.8,
        fill: colour,
        'font-size': sizePx,
        'font-weight': weight,
        'text-anchor': anchor,
      });
      made.textContent = clean(words);
      svg.append(made);
    },
    rect(xPx: number, yPx: number, wide: number, high: number, fill: string, radius = 3, opacity = 1): void {
      svg.append(
        element('rect', { x: xPx, y: yPx, width: Math.max(0, wide), height: Math.max(0, high), fill, rx: radius, 'fill-opacity': opacity }),
      );
    },
  };
  return pen;
}

/** Begins a picture in these colours. */
export function createPicture(colours: PictureColours): Picture {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('font-family', family);
  const pen = createPen(svg);
  const quiet = (sizePx: number, anchor: Style['anchor'] = 'start'): Style => ({ sizePx, colour: colours.quiet, anchor });
  return {
    heading(title, words) {
      const large: Style = { sizePx: 56, weight: 700, colour: colours.ink };
      pen.text(fit(title, large, innerPx), marginPx, large);
      pen.yPx += 76;
      for (const line of wrap(words, quiet(28), 3)) {
        pen.text(line, marginPx, quiet(28));
        pen.yPx += 40;
      }
      pen.yPx += 28;
    },
    facts(facts) {
      const value: Style = { sizePx: 44, weight: 700, colour: colours.accent };
      for (const [at, [label, number]] of facts.entries()) {
        const xPx = marginPx + (at % 2) * (innerPx / 2);
        pen.text(fit(number, value, innerPx / 2 - 24), xPx, value);
        pen.yPx += 52;
        pen.text(fit(label, quiet(24), innerPx / 2 - 24), xPx, quiet(24));
        pen.yPx += at % 2 === 1 || at === facts.length - 1 ? 64 : -52;
      }
    },
    part(title) {
      const style: Style = { sizePx: 30, weight: 600, colour: colours.ink };
      pen.text(fit(title, style, innerPx), marginPx, style);
      pen.yPx += 56;
    },
    columns: (columns) => drawColumns(pen, columns, colours),
    heat: (grid) => drawHeat(pen, grid, colours),
    bars(bars) {
      const most = Math.max(1, ...bars.map(({ value }) => value));
      for (const { name, value, words } of bars) {
        const style: Style = { sizePx: 26, colour: colours.ink };
        pen.text(words, pictureWidthPx - marginPx, quiet(24, 'end'));
        pen.text(fit(name, style, innerPx - widthPx(words, quiet(24)) - 32), marginPx, style);
        pen.rect(marginPx, pen.yPx + 38, innerPx, 12, colours.raised, 6);
        pen.rect(marginPx, pen.yPx + 38, Math.max(6, (value / most) * innerPx), 12, colours.accent, 6);
        pen.yPx += 72;
      }
      pen.yPx += 16;
    },
    line(text) {
      const style: Style = { sizePx: 52, colour: colours.ink };
      pen.text(fit(text, style, innerPx), marginPx, style);
      pen.yPx += 92;
    },
    finish(foot) {
      pen.text(foot, marginPx, quiet(22));
      const high = Math.ceil(pen.yPx + 22 + marginPx * 0.7);
      svg.prepend(element('rect', { width: pictureWidthPx, height: high, fill: colours.paper }));
      for (const [key, value] of Object.entries({ width: pictureWidthPx, height: high, viewBox: `0 0 ${pictureWidthPx} ${high}` }))
        svg.setAttribute(key, String(value));
      return svg;
    },
  };
}

type Pen = ReturnType<typeof createPen>;

const columnsHighPx = 220;
/** Few columns are no wider than these. */
const mostStepPx = 120;

function drawColumns(pen: Pen, columns: readonly Column[], colours: PictureColours): void {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  const stepPx = Math.min(mostStepPx, innerPx / Math.max(1, columns.length));
  let freeFromPx = -Infinity;
  const style: Style = { sizePx: 20, colour: colours.quiet };
  const above: Style = { ...style, anchor: 'middle' };
  const hasWords = columns.every(({ words = '' }) => widthPx(words, style) <= stepPx - 4);
  if (hasWords) pen.yPx += 28;
  for (const [at, { value, mark, words }] of columns.entries()) {
    const highPx = value === 0 ? 0 : Math.max(3, (value / most) * columnsHighPx);
    if (hasWords && value > 0 && words !== undefined) {
      pen.yPx += columnsHighPx - highPx - 28;
      pen.text(words, marginPx + (at + 0.5) * stepPx, above);
      pen.yPx -= columnsHighPx - highPx - 28;
    }
    pen.rect(
      marginPx + at * stepPx + stepPx * 0.1,
      pen.yPx + columnsHighPx - highPx,
      stepPx * 0.8,
      highPx,
      colours.accent,
      Math.min(6, stepPx / 4),
    );
    if (mark === undefined || at * stepPx < freeFromPx) continue;
    freeFromPx = at * stepPx + widthPx(mark, style) + 16;
    pen.yPx += columnsHighPx + 12;
    pen.text(mark, marginPx + at * stepPx + stepPx * 0.1, style);
    pen.yPx -= columnsHighPx + 12;
  }
  pen.yPx += columnsHighPx + 64;
}

const heatShares = [0, 0.25, 0.5, 0.75, 1];

function drawHeat(pen: Pen, grid: Parameters<Picture['heat']>[0], colours: PictureColours): void {
  const labelPx = 76;
  const stepPx = (innerPx - labelPx) / grid.columns;
  const highPx = Math.min(40, Math.max(stepPx, 22));
  const most = grid.cells.reduce((best, { value }) => Math.max(best, value), 0);
  const style: Style = { sizePx: 20, colour: colours.quiet };
  for (const { at, text } of grid.columnLabels) pen.text(text, marginPx + labelPx + at * stepPx, style);
  pen.yPx += 32;
  // In the middle of its row.
  const labelDownPx = (highPx - 2 - style.sizePx) / 2;
  for (const { at, text } of grid.rowLabels) {
    pen.yPx += at * highPx + labelDownPx;
    pen.text(text, marginPx, style);
    pen.yPx -= at * highPx + labelDownPx;
  }
  for (const { column, row, value } of grid.cells) {
    const [xPx, yPx] = [marginPx + labelPx + column * stepPx, pen.yPx + row * highPx];
    pen.rect(xPx, yPx, stepPx - 2, highPx - 2, colours.raised, 4);
    const share = heatShares[heatOf(value, most)] ?? 0;
    if (share > 0) pen.rect(xPx, yPx, stepPx - 2, highPx - 2, colours.accent, 4, share);
  }
  pen.yPx += grid.rows * highPx + 44;
}

/** The colours that the screen has now. */
export function shownColours(): PictureColours {
  const probe = document.body.appendChild(document.createElement('span'));
  const of = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = { paper: of('surface'), ink: of('ink'), quiet: of('ink-quiet'), accent: of('accent'), raised: of('raised') };
  probe.remove();
  return colours;
}

export function svgText(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

/** As many points as the picture has pixels. Rejects where the browser cannot draw it. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svgText(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [pictureWidthPx, svg.height.baseVal.value];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('no picture');
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

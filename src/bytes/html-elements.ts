// Cuts HTML of any size into the elements that an importer wants, without holding the whole or needing a DOM.
//
//   for await (const pieces of readHtmlPieces(source, { isWanted: ({ attributes }) => hasClass(attributes, 'message') }))
//     for (const piece of pieces) …
//
// Pieces come in the order of the file and tile it exactly:
//   element   a wanted element as a small tree, with the text that it was read from
//   structure what lies between: tags around, white space, unwanted elements, comments
//   problem   `piece-too-large` (more than 16 MiB, or 200,000 nodes) and `depth-limit` (200 deep): an element that is not
//             given; `ends-early`: the end of a file that was cut off; `bad-encoding`, without a length: the element before it
//             has bytes that its encoding does not know
//
// Reading is forgiving as browsers are: html-nesting.ts says what closes what, and quotation marks, brackets and ampersands
// that mean nothing are text. A wanted element inside of a wanted one is part of its tree where `nests` is set; otherwise it
// ends the outer one, whose end tag was lost.

import type { ProblemCode } from '../model/problem';
import { createHtmlCutter } from './html-cutter';
import type { HtmlElement, IsWanted } from './html-tree';
import type { ByteSource } from './source';
import type { TextEncoding } from './text-encoding';
import { readTextWindows } from './text-windows';

export type { HtmlElement, HtmlNode, IsWanted } from './html-tree';
export type { HtmlTag } from './html-tokens';

export interface ReadHtmlOptions {
  readonly isWanted: IsWanted;
  /** Wanted elements inside of wanted ones belong to them. Default: they end them. */
  readonly nests?: boolean;
  /** Default: what `detectEncoding` says, asked again at the first byte that is not ASCII. */
  readonly encoding?: TextEncoding;
  /** Default 16 MiB. */
  readonly pieceLimitBytes?: number;
  /** Default 200. */
  readonly depthLimit?: number;
}

export interface HtmlPiece {
  readonly kind: 'element' | 'structure' | 'problem';
  /** For a problem, what it is; else null. */
  readonly code: ProblemCode | null;
  readonly element: HtmlElement | null;
  /** The element as it stands in the file; the beginning of a problem; '' for structure. */
  readonly raw: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export const pieceLimitBytes = 16 << 20;
export const htmlDepthLimit = 200;
/** Elements, texts and attributes of one wanted element. */
const nodeLimit = 200_000;

/** Pieces of an HTML file, in batches of about a chunk. Holds at most the limit and a few chunks. Throws what the source throws. */
export async function* readHtmlPieces(source: ByteSource, options: ReadHtmlOptions): AsyncGenerator<readonly HtmlPiece[], void, void> {
  const { isWanted, nests = false } = options;
  const lengthBytes = options.pieceLimitBytes ?? pieceLimitBytes;
  const cutter = createHtmlCutter({ isWanted, nests, lengthBytes, depth: options.depthLimit ?? htmlDepthLimit, nodes: nodeLimit });
  for await (const window of readTextWindows(source, options.encoding)) {
    const pieces = cutter.cut(window);
    if (pieces.length > 0) yield pieces;
  }
}

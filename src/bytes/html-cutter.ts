// Cuts windows of an HTML file into pieces; the synchronous half of html-elements.ts. Outside of wanted elements it reads tag
// by tag and keeps nothing but what is open; a wanted element is read whole (html-tree.ts), again from its start where the
// window held only a part of it.

import { problemRawLimitBytes, type ProblemCode } from '../model/problem';
import { encodeBase64 } from './base64';
import type { HtmlPiece } from './html-elements';
import { isForeign, isRawText, isVoid, keptByEnd, keptByStart, mayEnd } from './html-nesting';
import { findFrom, findMarkup, readToken, type BlindRange, type HtmlTag, type HtmlToken, type UnitText } from './html-tokens';
import { closeTo, findRawEnd, growTree, type GrowingElement, type HtmlElement, type IsWanted } from './html-tree';
import { unitTextOf } from './html-units';
import { beginProblem, extendProblem, rawOfProblem, type PendingProblem } from './pending-problem';
import { decodeLossy, decodeStrictly, unitBytes } from './text-encoding';
import type { TextWindow } from './text-windows';

export interface CutRules {
  readonly isWanted: IsWanted;
  readonly nests: boolean;
  readonly lengthBytes: number;
  readonly depth: number;
  readonly nodes: number;
}

export interface HtmlCutter {
  /** The pieces that end in the window; says in it how much of it is done. */
  cut(window: TextWindow): HtmlPiece[];
}

/** Elements open at once outside of wanted ones; a file with more has lost its end tags, and is read as if from its top. */
const openLimit = 512;
/** Longest end that may be split between windows: that of `</textarea>` and the letter before its `>`. */
const endTagUnits = 12;

interface Cutting {
  readonly rules: CutRules;
  open: GrowingElement[];
  /** Where the structure that was not given yet begins. */
  structureFrom: number;
  /** Passing over what is no markup. */
  skip: Skip | null;
  /** An element that is a problem, until it ends. */
  overgrown: { readonly problem: PendingProblem; readonly depth: number } | null;
  /** As in html-tokens.ts, but in bytes of the file. */
  blind: BlindRange | null;
  hasElements: boolean;
}

interface Skip {
  /** End of a comment, of any other markup, or the name of an element of raw text. */
  readonly until: '-->' | '>' | 'script' | 'style' | 'textarea' | 'title';
  /** What it is if its end never comes. */
  readonly problem: PendingProblem;
}

interface View {
  readonly window: TextWindow;
  readonly text: UnitText;
  readonly unit: 1 | 2;
  readonly limitUnits: number;
  readonly out: HtmlPiece[];
  /** Up to here the overgrown element's problem has the window's units. */
  told: number;
}

/** A cutter of one file; it must get the file's windows in order. */
export function createHtmlCutter(rules: CutRules): HtmlCutter {
  const cutting: Cutting = { rules, open: [], structureFrom: 0, skip: null, overgrown: null, blind: null, hasElements: false };
  return {
    cut(window) {
      const unit = unitBytes(window.encoding);
      const limitUnits = Math.ceil(rules.lengthBytes / unit);
      const view: View = { window, text: unitTextOf(window), unit, limitUnits, out: [], told: 0 };
      let at = 0;
      while (at < view.text.units.length) {
        const next = cutting.skip ? passSkipped(cutting.skip, cutting, view, at) : passOnce(cutting, view, at);
        if (next === -1) break;
        at = next;
      }
      window.doneBytes = at * unit;
      tellOvergrown(cutting, view, at);
      if (window.isEnd) finish(cutting, view);
      return view.out;
    },
  };
}

function offsetOf({ window, unit }: View, at: number): number {
  return window.offsetBytes + at * unit;
}

function blindOf({ blind }: Cutting, { window, unit }: View): BlindRange | null {
  return blind && { from: (blind.from - window.offsetBytes) / unit, to: (blind.to - window.offsetBytes) / unit };
}

/** Reads on at `at`, outside of wanted elements. Gives the position to go on at, or -1 where the window holds too little. */
function passOnce(cutting: Cutting, view: View, at: number): number {
  const { text } = view;
  const start = findMarkup(text, at);
  if (start !== at) return start === -1 ? text.units.length : start;
  let token = readToken(text, at, blindOf(cutting, view));
  if (!isWithin(token, at, view)) {
    const waits = !text.isEnd && text.units.length - at <= view.limitUnits;
    const isTag = /^<\/?[a-zA-Z]$/.test(text.units.slice(at, at + (text.units[at + 1] === '/' ? 3 : 2)));
    if (!isTag && text.units.length - at >= 4) return beginSkip(cutting, view, at, text.units.startsWith('<!--', at) ? '-->' : '>');
    if (waits) return -1;
    cutting.blind = { from: offsetOf(view, at), to: offsetOf(view, at + view.limitUnits) };
    token = readToken(text, at, blindOf(cutting, view));
    if (!isWithin(token, at, view)) return beginSkip(cutting, view, at, '>');
  }
  if (token.kind === 'close') return passEnd(cutting, view, token.name, at, token.end);
  return token.kind === 'open' ? passStart(cutting, view, token, at) : token.end;
}

/** True for a token that is there and not longer than the limit. */
function isWithin(token: HtmlToken | null, at: number, { limitUnits }: View): token is HtmlToken {
  return token !== null && (token.kind === 'comment' || token.end - at <= limitUnits);
}

function passEnd(cutting: Cutting, view: View, name: string, at: number, end: number): number {
  const kept = keptByEnd(cutting.open, name);
  closeOuter(cutting, view, kept, kept === cutting.overgrown?.depth ? end : at);
  return end;
}

/** Closes all but `kept` elements; an overgrown one among them ends at `at`. */
function closeOuter(cutting: Cutting, view: View, kept: number, at: number): void {
  closeTo(cutting.open, kept);
  if (cutting.overgrown && cutting.open.length <= cutting.overgrown.depth) endOvergrown(cutting, view, at);
}

function passStart(cutting: Cutting, view: View, token: Extract<HtmlToken, { kind: 'open' }>, at: number): number {
  const { tag, end } = token;
  const { rules, open } = cutting;
  cutting.hasElements = true;
  closeOuter(cutting, view, keptByStart(open, tag.name), at);
  const isEmpty = isVoid(tag.name) || (token.isSelfClosed && isForeign(open));
  if (!(cutting.overgrown && rules.nests) && rules.isWanted(tag, open)) {
    if (cutting.overgrown) endOvergrown(cutting, view, at);
    if (!isEmpty) return passWanted(cutting, view, tag, at, end);
    giveElement(cutting, view, { ...tag, children: [] }, at, end);
    return end;
  }
  if (!isEmpty) openElement(cutting, view, tag, at);
  return isRawText(tag.name) ? beginSkip(cutting, view, end, tag.name as Skip['until']) : end;
}

function openElement(cutting: Cutting, view: View, tag: HtmlTag, at: number): void {
  if (cutting.open.length >= openLimit) {
    closeOuter(cutting, view, 0, at);
    giveStructure(cutting, view, offsetOf(view, at));
    giveProblem(view, 'depth-limit', '', offsetOf(view, at), 0);
  }
  cutting.open.push({ name: tag.name, attributes: tag.attributes, children: [] });
}

/** Reads the wanted element at `at` whole; its tag ends before `contentFrom`. */
function passWanted(cutting: Cutting, view: View, tag: HtmlTag, at: number, contentFrom: number): number {
  const { text } = view;
  const { isWanted, nests, depth, nodes } = cutting.rules;
  const rules = { limits: { lengthUnits: view.limitUnits, depth, nodes }, isNext: nests ? () => false : isWanted };
  const element: GrowingElement = { name: tag.name, attributes: tag.attributes, children: [] };
  const grow = () => {
    element.children.length = 0;
    return growTree(text, { from: at, contentFrom }, [...cutting.open, element], rules, blindOf(cutting, view));
  };
  let result = grow();
  if (result.kind === 'open' && text.isEnd) {
    cutting.blind = { from: offsetOf(view, result.at), to: offsetOf(view, text.units.length) };
    result = grow();
  }
  if (result.kind === 'whole') {
    giveElement(cutting, view, element, at, result.end);
    return result.end;
  }
  if (result.kind === 'open' && !text.isEnd) return -1;
  const code = result.kind === 'open' ? 'ends-early' : result.kind;
  giveStructure(cutting, view, offsetOf(view, at));
  cutting.overgrown = { problem: beginProblem(code, offsetOf(view, at)), depth: cutting.open.length };
  view.told = at;
  openElement(cutting, view, tag, at);
  if (result.kind === 'open') return text.units.length;
  return isRawText(tag.name) ? beginSkip(cutting, view, contentFrom, tag.name as Skip['until']) : contentFrom;
}

function beginSkip(cutting: Cutting, view: View, at: number, until: Skip['until']): number {
  cutting.skip = { until, problem: beginProblem('ends-early', offsetOf(view, at)) };
  const from = until === '-->' || until === '>' ? Math.min(at + 2, view.text.units.length) : at;
  extendProblem(cutting.skip.problem, view.window.bytes.subarray(at * view.unit, from * view.unit));
  return from;
}

/** Passes over units up to the end that `skip` waits for. */
function passSkipped({ until, problem }: Skip, cutting: Cutting, view: View, at: number): number {
  const { units, isEnd } = view.text;
  let end = -1;
  if (until === '>') end = units.indexOf('>', at) + 1 || -1;
  else if (until === '-->') end = findFrom(/--!?>/g, units, at) === -1 ? -1 : units.indexOf('>', findFrom(/--!?>/g, units, at)) + 1;
  else end = findRawEnd(units, until, at);
  if (end !== -1) {
    cutting.skip = null;
    return end;
  }
  const passed = isEnd ? units.length : Math.max(at, units.length - endTagUnits);
  extendProblem(problem, view.window.bytes.subarray(at * view.unit, passed * view.unit));
  return passed === at ? -1 : passed;
}

function giveStructure(cutting: Cutting, { out }: View, toByte: number): void {
  const { structureFrom: offsetBytes } = cutting;
  if (toByte > offsetBytes)
    out.push({ kind: 'structure', code: null, element: null, raw: '', offsetBytes, lengthBytes: toByte - offsetBytes });
  cutting.structureFrom = toByte;
}

function giveProblem({ out }: View, code: ProblemCode, raw: string, offsetBytes: number, lengthBytes: number): void {
  out.push({ kind: 'problem', code, element: null, raw, offsetBytes, lengthBytes });
}

function giveElement(cutting: Cutting, view: View, element: HtmlElement, from: number, to: number): void {
  const { window, unit, out } = view;
  const offsetBytes = offsetOf(view, from);
  const bytes = window.bytes.subarray(from * unit, to * unit);
  const decoded = decodeStrictly(bytes, window.encoding);
  giveStructure(cutting, view, offsetBytes);
  const raw = decoded ?? decodeLossy(bytes, window.encoding);
  out.push({ kind: 'element', code: null, element, raw, offsetBytes, lengthBytes: bytes.length });
  cutting.structureFrom = offsetBytes + bytes.length;
  if (decoded !== null) return;
  const damaged = encodeBase64(bytes.subarray(0, (problemRawLimitBytes * 3) >> 2));
  giveProblem(view, 'bad-encoding', `base64:${damaged}`, cutting.structureFrom, 0);
}

/** Adds the window's units up to `to` to the problem of the overgrown element, if there is one. */
function tellOvergrown({ overgrown }: Cutting, view: View, to: number): void {
  if (overgrown && to > view.told) extendProblem(overgrown.problem, view.window.bytes.subarray(view.told * view.unit, to * view.unit));
  view.told = to;
}

function endOvergrown(cutting: Cutting, view: View, at: number): void {
  if (!cutting.overgrown) return;
  tellOvergrown(cutting, view, at);
  endProblem(cutting, view, cutting.overgrown.problem);
  cutting.overgrown = null;
}

function endProblem(cutting: Cutting, view: View, problem: PendingProblem): void {
  const { code, offsetBytes, lengthBytes } = problem;
  giveStructure(cutting, view, offsetBytes);
  giveProblem(view, code, rawOfProblem(problem, view.window.encoding), offsetBytes, lengthBytes);
  cutting.structureFrom = offsetBytes + lengthBytes;
}

/** Gives what is left at the end of the file, and says so where the file was cut off. */
function finish(cutting: Cutting, view: View): void {
  const { window, text, unit } = view;
  const sizeBytes = window.offsetBytes + window.bytes.length;
  const rest = window.bytes.subarray(text.units.length * unit);
  const problem = cutting.overgrown?.problem ?? cutting.skip?.problem;
  if (problem) {
    extendProblem(problem, rest);
    endProblem(cutting, view, problem);
    return;
  }
  giveStructure(cutting, view, sizeBytes);
  if (sizeBytes > 0 && (!cutting.hasElements || !mayEnd(cutting.open))) giveProblem(view, 'ends-early', '', sizeBytes, 0);
}

// One element of HTML with all that is in it, as a small tree; and the whole tree of a short text.

import { decodeEntities } from './html-entities';
import { isForeign, isRawText, isVoid, keptByEnd, keptByStart } from './html-nesting';
import { findFrom, noAttributes, readToken, type BlindRange, type HtmlTag, type UnitText } from './html-tokens';

export interface HtmlElement extends HtmlTag {
  readonly children: readonly HtmlNode[];
}

/** An element, or text with its references resolved; two texts are never neighbours. */
export type HtmlNode = HtmlElement | string;

export interface TreeLimits {
  /** Code units of one element, its tags included. */
  readonly lengthUnits: number;
  readonly depth: number;
  /** Elements, texts and attributes together. */
  readonly nodes: number;
}

/** An element whose content is not complete yet. */
export interface GrowingElement extends HtmlTag {
  readonly children: HtmlNode[];
}

/** Says of a start tag, and of what is open around it, whether it begins an element that the importer wants. */
export type IsWanted = (tag: HtmlTag, around: readonly HtmlTag[]) => boolean;

export interface TreeRules {
  readonly limits: TreeLimits;
  /** A tag for which it says so ends the element: then its own end tag was left out. */
  readonly isNext: IsWanted;
  /** `/>` ends any element, as in XML. */
  readonly selfCloses?: boolean;
}

export type TreeResult =
  /** The element ends before `end`. */
  | { readonly kind: 'whole'; readonly end: number }
  /** The text ends before the element: nothing can be read at `at`. */
  | { readonly kind: 'open'; readonly at: number }
  | { readonly kind: 'piece-too-large' | 'depth-limit' };

interface Tree {
  readonly text: UnitText;
  readonly open: GrowingElement[];
  /** Where the element itself is in `open`; those before are around it. */
  readonly base: number;
  readonly rules: TreeRules;
  nodes: number;
}

/**
 * Fills the last of the `open` elements, whose tag lies between `from` and `contentFrom`; the others are open around it,
 * and their end tags end it. `open` is not the same afterwards.
 */
export function growTree(
  text: UnitText,
  { from, contentFrom }: { from: number; contentFrom: number },
  open: GrowingElement[],
  rules: TreeRules,
  blind: BlindRange | null,
): TreeResult {
  const tree: Tree = { text, open, base: open.length - 1, rules, nodes: 0 };
  const { limits } = rules;
  let at = contentFrom;
  for (;;) {
    const next = growOnce(tree, at, blind);
    if ((next?.readTo ?? text.units.length) - from > limits.lengthUnits || tree.nodes > limits.nodes) return { kind: 'piece-too-large' };
    if (open.length - tree.base > limits.depth) return { kind: 'depth-limit' };
    if (!next) return { kind: 'open', at };
    if (next.isLast) return { kind: 'whole', end: next.end };
    at = next.end;
  }
}

interface Step {
  readonly end: number;
  readonly isLast: boolean;
  /** Behind what had to be read for it: the next tag may say that the element ended before. */
  readonly readTo: number;
}

const endTags = new Map(['script', 'style', 'textarea', 'title'].map((name) => [name, new RegExp(`</${name}(?=[\\s/>])`, 'gi')] as const));

/** Position of the end tag of an element of raw text, or -1. */
export function findRawEnd(units: string, name: string, from: number): number {
  const pattern = endTags.get(name);
  return pattern ? findFrom(pattern, units, from) : -1;
}

/** Reads on at `at`; null where the text ends first. */
function growOnce(tree: Tree, at: number, blind: BlindRange | null): Step | null {
  const { text, open } = tree;
  const last = open.at(-1);
  if (!last || at >= text.units.length) return null;
  if (isRawText(last.name)) {
    const rawEnd = findRawEnd(text.units, last.name, at);
    if (rawEnd !== at) return rawEnd === -1 ? null : growRaw(tree, last, at, rawEnd);
  }
  const token = readToken(text, at, blind);
  if (!token) return null;
  const { end } = token;
  if (token.kind === 'text') append(tree, last, decodeEntities(text.decode(at, end)));
  if (token.kind === 'open') return startElement(tree, token.tag, token.isSelfClosed, at, end);
  if (token.kind !== 'close') return { end, isLast: false, readTo: end };
  if (token.name === 'br') append(tree, last, { name: 'br', attributes: noAttributes, children: [] });
  const kept = keptByEnd(open, token.name);
  if (kept < tree.base) return { end: at, isLast: true, readTo: end };
  closeTo(open, kept);
  return { end, isLast: kept === tree.base, readTo: end };
}

function growRaw(tree: Tree, last: GrowingElement, at: number, end: number): Step {
  const raw = tree.text.decode(at, end);
  append(tree, last, last.name === 'textarea' || last.name === 'title' ? decodeEntities(raw) : raw);
  return { end, isLast: false, readTo: end };
}

/** Setting a length has its price even where it is the same. */
export function closeTo(open: GrowingElement[], kept: number): void {
  while (open.length > kept) open.pop();
}

function startElement(tree: Tree, tag: HtmlTag, isSelfClosed: boolean, at: number, end: number): Step {
  const { open, base, rules } = tree;
  closeTo(open, keptByStart(open, tag.name));
  const parent = open.at(-1);
  if (open.length <= base || !parent || rules.isNext(tag, open)) return { end: at, isLast: true, readTo: end };
  const element: GrowingElement = { name: tag.name, attributes: tag.attributes, children: [] };
  append(tree, parent, element);
  tree.nodes += tag.attributes.size;
  if (!isVoid(tag.name) && !(isSelfClosed && (rules.selfCloses === true || isForeign(open)))) open.push(element);
  return { end, isLast: false, readTo: end };
}

function append(tree: Tree, { children }: GrowingElement, node: HtmlNode): void {
  const last = children.at(-1);
  if (node === '') return;
  if (typeof node === 'string' && typeof last === 'string') children[children.length - 1] = last + node;
  else children.push(node);
  tree.nodes++;
}

/**
 * The nodes of a short text, such as one message's; what is beyond the limits is left as text. `selfCloses`: `/>` ends any
 * element, as in XML.
 */
export function parseHtml(text: string, { selfCloses = false }: { readonly selfCloses?: boolean } = {}): readonly HtmlNode[] {
  const root: GrowingElement = { name: '', attributes: noAttributes, children: [] };
  const units: UnitText = { units: text, decode: (from, to) => text.slice(from, to), isEnd: true };
  const result = growTree(units, { from: 0, contentFrom: 0 }, [root], { limits: snippetLimits, isNext: () => false, selfCloses }, null);
  if (result.kind !== 'open') return [text];
  const rest = text.slice(result.at);
  return rest === '' ? root.children : [...root.children, rest];
}

const snippetLimits: TreeLimits = { lengthUnits: 1 << 20, depth: 200, nodes: 100_000 };

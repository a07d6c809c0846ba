// Finding things in small trees of HTML, and their text.

import type { HtmlTag } from './html-tokens';
import type { HtmlElement, HtmlNode } from './html-tree';

/** True where the class attribute names it. */
export function hasClass({ attributes }: HtmlTag, name: string): boolean {
  const classes = attributes.get('class');
  if (classes === undefined || !classes.includes(name)) return false;
  return classes === name || classes.split(/\s+/).includes(name);
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return typeof node !== 'string';
}

/** All elements in it, at any depth, in the order of the file; not itself. */
export function* elementsIn({ children }: { readonly children: readonly HtmlNode[] }): Generator<HtmlElement, void, void> {
  for (const child of children) {
    if (!isElement(child)) continue;
    yield child;
    yield* elementsIn(child);
  }
}

type Test = string | ((element: HtmlElement) => boolean);

/** The first element in it with the class `.name`, the name, or of which the function is true; null where there is none. */
export function findElement(parent: { readonly children: readonly HtmlNode[] }, test: Test): HtmlElement | null {
  for (const element of elementsIn(parent)) if (passes(element, test)) return element;
  return null;
}

/** All of them; those inside of one that is found are found too. */
export function findElements(parent: { readonly children: readonly HtmlNode[] }, test: Test): HtmlElement[] {
  return [...elementsIn(parent)].filter((element) => passes(element, test));
}

/** The same among its children only. */
export function childElements({ children }: { readonly children: readonly HtmlNode[] }, test: Test = () => true): HtmlElement[] {
  return children.filter((child) => isElement(child)).filter((child) => passes(child, test));
}

function passes(element: HtmlElement, test: Test): boolean {
  if (typeof test === 'function') return test(element);
  return test.startsWith('.') ? hasClass(element, test.slice(1)) : element.name === test;
}

/** An attribute with something in it, else null. */
export function attributeOf({ attributes }: HtmlTag, name: string): string | null {
  return attributes.get(name) || null;
}

const silentNames = new Set(['script', 'style', 'head', 'title', 'template']);

/** Its text as it stands in the file, white space and all, with `<br>` as a line feed. */
export function textOf(node: HtmlNode | readonly HtmlNode[]): string {
  if (typeof node === 'string') return node;
  if (isList(node)) return node.map(textOf).join('');
  if (node.name === 'br') return '\n';
  return silentNames.has(node.name) ? '' : textOf(node.children);
}

function isList(node: HtmlElement | readonly HtmlNode[]): node is readonly HtmlNode[] {
  return Array.isArray(node);
}

const blockNames = new Set(
  'address article blockquote dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(' '),
);

/** Its text as a browser shows it: runs of white space are one space (but not in `pre`), `<br>` and blocks begin new lines. */
export function shownTextOf(node: HtmlNode | readonly HtmlNode[]): string {
  return gatherShown(node, '', false).trim();
}

/** `text` with the shown text of `node` behind it. */
function gatherShown(node: HtmlNode | readonly HtmlNode[], text: string, isKept: boolean): string {
  if (typeof node === 'string') {
    if (isKept) return text + node;
    const shown = node.replace(/[ \t\n\r\f]+/g, ' ');
    return text + (shown.startsWith(' ') && (text === '' || /[ \n]$/.test(text)) ? shown.slice(1) : shown);
  }
  if (isList(node)) return node.reduce<string>((sum, child) => gatherShown(child, sum, isKept), text);
  const { name, children } = node;
  if (name === 'br') return `${withoutLastSpace(text)}\n`;
  if (silentNames.has(name)) return text;
  const isBlock = blockNames.has(name);
  const inner = gatherShown(children, isBlock ? onNewLine(text) : text, isKept || name === 'pre');
  if (name === 'td' || name === 'th') return gatherShown(' ', inner, false);
  return isBlock ? onNewLine(inner) : inner;
}

function onNewLine(text: string): string {
  const line = withoutLastSpace(text);
  return line === '' || line.endsWith('\n') ? line : `${line}\n`;
}

function withoutLastSpace(text: string): string {
  return text.endsWith(' ') ? text.slice(0, -1) : text;
}

// Reading fields out of a body's XML.

import type { XmlNode } from './loose-xml';

/** The first child at the end of a path of names; null where there is none. */
export function nodeAt(node: XmlNode | null, ...path: readonly string[]): XmlNode | null {
  let found: XmlNode | null = node;
  for (const name of path) {
    if (found === null) return null;
    found = found.children.find((child) => child.name === name) ?? null;
  }
  return found;
}

/** The trimmed text of the first child at the end of a path; null where it is empty or there is none. */
export function textAt(node: XmlNode | null, ...path: readonly string[]): string | null {
  const text = nodeAt(node, ...path)?.text.trim() ?? '';
  return text === '' ? null : text;
}

/** An attribute with something in it, else null. */
export function attributeOf(node: XmlNode | null, name: string): string | null {
  const value = node?.attributes.get(name)?.trim() ?? '';
  return value === '' ? null : value;
}

/** A whole number from 0 written in digits, else null. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The first element of that name anywhere in the tree, the root included. */
export function findNode(root: XmlNode, name: string): XmlNode | null {
  const open: XmlNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name === name) return node;
    for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at] as XmlNode);
  }
  return null;
}

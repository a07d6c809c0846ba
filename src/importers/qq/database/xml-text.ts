// The words of small XML that QQ keeps in elements: notices and forwarded messages.

import type { XmlNode } from '../../wechat/loose-xml';
import { readLooseXml } from '../../wechat/loose-xml';

/** The texts of all elements, a line each. */
export function textOfXml(xml: string): string {
  const lines: string[] = [];
  walk(readLooseXml(xml)?.root ?? null, ({ text }) => {
    const line = text.trim();
    if (line !== '') lines.push(line);
  });
  return lines.join('\n');
}

/** Calls `take` for the element and all inside of it, in order. */
export function walk(root: XmlNode | null, take: (node: XmlNode) => void): void {
  const open: XmlNode[] = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    take(node);
    open.push(...[...node.children].reverse());
  }
}

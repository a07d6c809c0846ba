// Files that a page shows or links to, by their paths beside it.

import type { HtmlElement } from '../bytes/html-elements';
import { attributeOf } from '../bytes/html-query';

const fileTags: ReadonlySet<string> = new Set(['img', 'video', 'audio', 'source']);
const withScheme = /^[a-z][a-z0-9+.-]{0,20}:|^\/\//i;

/** True for an element that shows a file. */
export function showsFile({ name }: HtmlElement): boolean {
  return fileTags.has(name);
}

/** The path of the file that an element shows or links to, as it is on disk; null for addresses in the web and of places in the page. */
export function localPathOf(element: HtmlElement): string | null {
  const written = showsFile(element) ? attributeOf(element, 'src') : element.name === 'a' ? attributeOf(element, 'href') : null;
  if (written === null || withScheme.test(written) || written.startsWith('#')) return null;
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** The address in the web that a link leads to; null for any other element. */
export function webAddressOf(element: HtmlElement): string | null {
  const href = element.name === 'a' ? attributeOf(element, 'href') : null;
  return href !== null && /^https?:/i.test(href) ? href : null;
}

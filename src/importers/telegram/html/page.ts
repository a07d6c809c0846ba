// Pages of one chat, `messages.html`, `messages2.html` and so on, and what the first bytes of one say.

import { readHtmlPieces, type HtmlElement, type IsWanted } from '../../../bytes/html-elements';
import { childElements, findElement, hasClass, shownTextOf } from '../../../bytes/html-query';
import { sourceOfBytes } from '../../../bytes/memory-source';
import type { FileSet } from '../../../bytes/source';
import { decodeHead } from '../../../bytes/text-encoding';
import { candidates, detectBytes } from '../../archive-files';
import { readFromName } from './message-parts';
import { readTime } from './time';

/** One page, and which chat it is of: pages of one folder with one stem and one title. */
export interface Page {
  readonly entry: number;
  readonly chat: string;
  readonly title: string | null;
}

/** What a page's beginning says. */
export interface PageHead {
  readonly title: string | null;
  /** Who wrote, forwarded messages apart. */
  readonly names: ReadonlySet<string>;
  /** True where times have no zone, as before the versions of 2022. */
  readonly hasWallClock: boolean;
  /** What the first message's wall clock was ahead of UTC; null where it does not say. */
  readonly offsetMs: number | null;
}

const signature = /<div class="message (?:default|service)[^"]{0,100}" id="message-?\d/;
const pageName = /^(.*?)(\d{0,9})\.html?$/i;

/** Messages, and the header that holds the chat's name. */
export const isWanted: IsWanted = (tag) => tag.name === 'div' && (hasClass(tag, 'message') || hasClass(tag, 'page_header'));

/** The pages of a set: chats in the order of their first pages, pages of one by number. */
export async function findPages(files: FileSet): Promise<readonly Page[]> {
  const found: { readonly page: Page; readonly number: number }[] = [];
  for (const [entry, file] of candidates(files, /(?:^|\/)messages\d*\.html$/i)) {
    const source = file.open();
    const head = await source.read(0, detectBytes);
    const text = decodeHead(head);
    if (!text.includes('class="page_wrap"') || !signature.test(text)) continue;
    const { title } = await readPageHead(head);
    const [, stem = file.path, number = ''] = pageName.exec(file.path) ?? [];
    found.push({ page: { entry, chat: JSON.stringify([stem, title]), title }, number: Number(number) });
  }
  const order = new Map([...found].reverse().map(({ page }) => [page.chat, page.entry]));
  const placeOf = ({ chat }: Page) => order.get(chat) ?? 0;
  return found.sort((one, other) => placeOf(one.page) - placeOf(other.page) || one.number - other.number).map(({ page }) => page);
}

/** Reads the beginning of a page. */
export async function readPageHead(head: Uint8Array): Promise<PageHead> {
  const names = new Set<string>();
  let title: string | null = null;
  let hasWallClock = false;
  let offsetMs: number | null = null;
  for await (const pieces of readHtmlPieces(sourceOfBytes(head), { isWanted })) {
    for (const { element } of pieces) {
      if (element === null) continue;
      if (hasClass(element, 'page_header')) title ??= readTitle(element);
      const body = childElements(element, '.body')[0];
      if (body === undefined || !hasClass(element, 'default')) continue;
      const name = readFromName(body)?.name;
      if (name !== undefined) names.add(name);
      const time = readTime(body);
      hasWallClock ||= time?.clock === 'second';
      offsetMs ??= time?.offsetMs ?? null;
    }
  }
  return { title, names, hasWallClock, offsetMs };
}

/** The chat's name in a page's header. */
export function readTitle(header: HtmlElement): string | null {
  const text = findElement(header, (element) => hasClass(element, 'text') && hasClass(element, 'bold'));
  return (text && shownTextOf(text)) || null;
}

// One file of Google Voice: which conversation it is of, and whether it is such a file at all.

import { readHtmlPieces, type HtmlElement, type IsWanted } from '../../bytes/html-elements';
import { attributeOf, findElement, findElements, hasClass, shownTextOf } from '../../bytes/html-query';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import { baseName, detectBytes } from '../archive-files';

/** A person as a file names them. The owner is "Me" in every file, with the number that was written from. */
export interface Party {
  /** With `+` and country as a rule; null where it is withheld. */
  readonly number: string | null;
  readonly name: string | null;
  readonly isOwner: boolean;
}

/** What the beginning of a file says. */
export interface PageHead {
  /** Everybody else, in the order of the file. */
  readonly others: readonly Party[];
  readonly isGroup: boolean;
  /** The number of "Me"; null where they do not write. */
  readonly ownNumber: string | null;
  /** Whom the file's name names: `Bob - Text - 2023-11-14T22_13_20Z.html`. */
  readonly fileParty: string | null;
}

const chatMark = /class="hChatLog\b/;
const messageMark = /<abbr class="dt" title="\d{4}-/;
const callMark = /<div class="haudio"/;
const callTimeMark = /<abbr class="published" title="\d{4}-/;

/** Messages, the list of a group's members, and calls. */
export const isWanted: IsWanted = (tag) =>
  tag.name === 'div' && (hasClass(tag, 'message') || hasClass(tag, 'participants') || hasClass(tag, 'haudio'));

/** True for the beginning of a file of Google Voice. */
export function isVoicePage(head: Uint8Array): boolean {
  const text = decodeHead(head);
  return (chatMark.test(text) && messageMark.test(text)) || (callMark.test(text) && callTimeMark.test(text));
}

/** Reads the beginning of a file that lies at `path`. Throws what the source throws. */
export async function readPageHead(source: ByteSource, path: string): Promise<PageHead> {
  const others = new Map<string, Party>();
  let isGroup = false;
  let ownNumber: string | null = null;
  for await (const pieces of readHtmlPieces(sourceOfBytes(await source.read(0, detectBytes)), { isWanted, nests: true })) {
    for (const { element } of pieces) {
      if (element === null) continue;
      isGroup ||= hasClass(element, 'participants');
      for (const party of readParties(element)) {
        if (party.isOwner) ownNumber ??= party.number;
        else if (!others.has(party.number ?? '')) others.set(party.number ?? '', party);
      }
    }
  }
  return { others: [...others.values()], isGroup, ownNumber, fileParty: filePartyOf(path) };
}

/** Everybody whom an element names with a link to a number. */
export function readParties(element: HtmlElement): Party[] {
  return findElements(element, (one) => one.name === 'a' && hasClass(one, 'tel')).map(readParty);
}

function readParty(link: HtmlElement): Party {
  const full = findElement(link, '.fn');
  const shown = full === null ? '' : shownTextOf(full);
  const number = (attributeOf(link, 'href') ?? '').replace(/^tel:/, '') || null;
  // The owner's word stands in an `abbr`, everybody else's in a `span`: in other languages it is not "Me".
  if (full !== null && (full.name === 'abbr' || shown === 'Me')) return { number, name: null, isOwner: true };
  return { number, name: isNumber(shown) ? null : shown, isOwner: false };
}

function isNumber(name: string): boolean {
  return name === '' || /^[+\d() .-]{1,40}$/.test(name);
}

function filePartyOf(path: string): string | null {
  const parts = baseName(path).split(' - ');
  return parts.length < 3 ? null : parts.slice(0, -2).join(' - ') || null;
}

// Parts of a message on a page of DiscordChatExporter, as members of the exporter's JSON: files, stickers, cards, reactions.

import type { HtmlElement } from '../../bytes/html-elements';
import { attributeOf, findElement, findElements, hasClass, shownTextOf } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { baseName, findFile } from '../archive-files';
import { isCustomEmoji } from './html-markdown';

export interface PagePlace {
  readonly files: FileSet;
  /** Where the page lies: '' or ending in `/`. */
  readonly folder: string;
}

/** `Image: a.png (12 KB)` in the title of a picture, a film or a sound. */
const mediaTitle = /^(?:Image|Video|Audio): (.{1,1000}) \(([^()]{1,40})\)$/;

export function readAttachments(message: HtmlElement, place: PagePlace): JsonObject[] {
  return findElements(message, '.chatlog__attachment').map((attachment) => readAttachment(attachment, place));
}

function readAttachment(attachment: HtmlElement, place: PagePlace): JsonObject {
  const path = pathOf(addressOf(attachment), place);
  const { name, size } = labelOf(attachment);
  const exact = /^(\d{1,9}) (?:B|bytes)$/.exec(size ?? '')?.[1];
  return {
    url: path,
    fileName: name ?? nameOf(path),
    ...(exact === undefined ? { size } : { fileSizeBytes: Number(exact) }),
    ...(hasClass(attachment, 'chatlog__attachment--hidden') ? { isSpoiler: true } : {}),
  };
}

/** What is shown, or else linked. */
function addressOf(attachment: HtmlElement): string | null {
  const media = findElement(attachment, (element) => attributeOf(element, 'src') !== null);
  if (media !== null) return attributeOf(media, 'src');
  const link = findElement(attachment, 'a');
  return link && attributeOf(link, 'href');
}

/** Name and size: those of other files than media stand beside them. */
function labelOf(attachment: HtmlElement): { readonly name: string | null; readonly size: string | null } {
  const titles = findElements(attachment, (element) => element.attributes.has('title')).map(
    (element) => attributeOf(element, 'title') ?? '',
  );
  const [, mediaName, mediaSize] = titles.map((title) => mediaTitle.exec(title)).find((match) => match !== null) ?? [];
  if (mediaName !== undefined && mediaSize !== undefined) return { name: mediaName, size: mediaSize };
  const [name, size] = ['name', 'size'].map((part) => findElement(attachment, `.chatlog__attachment-generic-${part}`));
  return { name: (name && shownTextOf(name)) || null, size: (size && shownTextOf(size)) || null };
}

/** A path to a downloaded file is percent-encoded, as addresses in HTML are. */
function pathOf(url: string | null, { files, folder }: PagePlace): string | null {
  if (url === null || !url.includes('%') || findFile(files, folder, url) !== -1) return url;
  try {
    const decoded = decodeURIComponent(url);
    return findFile(files, folder, decoded) === -1 ? url : decoded;
  } catch {
    return url;
  }
}

function nameOf(url: string | null): string | null {
  return url === null ? null : baseName((/^[^?#]*/.exec(url)?.[0] ?? url).replaceAll('\\', '/'));
}

export function readStickers(message: HtmlElement, place: PagePlace): JsonObject[] {
  return findElements(message, '.chatlog__sticker').map((sticker) => {
    const media = findElement(sticker, (element) => attributeOf(element, 'src') !== null || attributeOf(element, 'data-source') !== null);
    const url = media && (attributeOf(media, 'src') ?? attributeOf(media, 'data-source'));
    return { name: attributeOf(sticker, 'title'), sourceUrl: pathOf(url, place) };
  });
}

/** Cards by what is titled in them; `text` is all that they show. */
export function readEmbeds(message: HtmlElement): JsonObject[] {
  return findElements(message, '.chatlog__embed').map((embed) => {
    const titled = (name: string) => findElement(embed, `.chatlog__embed-${name}`);
    const shown = (name: string) => {
      const element = titled(name);
      return element === null ? {} : { [name]: shownTextOf(element) };
    };
    const link = titled('title-link') ?? titled('invite-guild-name') ?? findElement(embed, 'a');
    const url = link === null ? null : (attributeOf(link, 'href') ?? attributeOf(findElement(link, 'a') ?? link, 'href'));
    return { ...shown('title'), ...(url === null ? {} : { url }), ...shown('description'), text: shownTextOf(embed) };
  });
}

export function readReactions(message: HtmlElement): JsonObject[] {
  return findElements(message, '.chatlog__reaction').map((reaction) => {
    const count = Number(/\d{1,9}/.exec(shownTextOf(reaction))?.[0] ?? 1);
    return { emoji: readEmoji(reaction), count, users: [] };
  });
}

/** A guild's emoji is known by the number in its picture's address, which a downloaded one does not have. */
function readEmoji(reaction: HtmlElement): JsonObject {
  const image = findElement(reaction, 'img');
  const name = (image && (attributeOf(image, 'alt') ?? attributeOf(image, 'title'))) ?? attributeOf(reaction, 'title');
  if (name === null || !isCustomEmoji(name)) return { id: '', name };
  const id = /\/emojis\/(\d{15,20})\./.exec((image && attributeOf(image, 'src')) ?? '')?.[1] ?? null;
  return id === null ? { id: '', name: `:${name}:` } : { id, name };
}

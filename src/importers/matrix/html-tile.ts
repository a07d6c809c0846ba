// One event of Element's HTML export: a box with the event's id, in it the app's own tile: who, when, and a body by its kind.

import type { HtmlElement, HtmlTag } from '../../bytes/html-elements';
import { attributeOf, elementsIn, findElement, findElements, hasClass, shownTextOf, textOf } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord, MessageFacts, MessageKind } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { localPathOf } from '../html-files';
import { readMarkedHtml } from '../html-text';

export function isTile(tag: HtmlTag): boolean {
  return hasClass(tag, 'mx_Export_EventWrapper');
}

/** A line between days. */
export function isDate(tag: HtmlTag): boolean {
  return hasClass(tag, 'mx_DateSeparator') || hasClass(tag, 'mx_TimelineSeparator');
}

export interface TileHead {
  readonly eventId: string | null;
  /** Null in a tile that continues the one before. */
  readonly name: string | null;
  /** The Matrix id, where a picture or the name's line tells it. */
  readonly senderId: string | null;
  /** The whole time where the tile has it, else the time of day; null for none. */
  readonly time: { readonly text: string; readonly isWhole: boolean } | null;
  /** An instant as newer versions write it. */
  readonly dateTime: string | null;
  readonly roomId: string | null;
}

const matrixId = /@[^\s:"/?#]{1,200}:[^\s"/?#]{1,200}/;

/** Who and when. */
export function readTileHead(tile: HtmlElement): TileHead {
  const profile = findElement(tile, '.mx_DisambiguatedProfile') ?? findElement(tile, '.mx_SenderProfile');
  const name = profile === null ? null : (findElement(profile, isName) ?? profile);
  const stamp = findElement(tile, '.mx_MessageTimestamp');
  const whole = stamp === null ? null : (attributeOf(stamp, 'title') ?? attributeOf(stamp, 'aria-label'));
  const links = findElements(tile, 'a').flatMap((link) => attributeOf(link, 'href') ?? []);
  const shown = stamp === null ? '' : textOf(stamp).trim();
  return {
    eventId: attributeOf(tile, 'id'),
    name: name === null ? null : textOf(name).trim() || null,
    senderId: senderIdOf(tile, profile),
    time: whole !== null ? { text: whole, isWhole: true } : shown === '' ? null : { text: shown, isWhole: false },
    dateTime: stamp === null ? null : attributeOf(stamp, 'datetime'),
    roomId:
      links
        .map((href) => /^https:\/\/matrix\.to\/#\/(![^/?#]{1,255})\/(?:\$|%24)/.exec(decoded(href))?.[1] ?? null)
        .find((id) => id !== null) ?? null,
  };
}

function isName(element: HtmlElement): boolean {
  return hasClass(element, 'mx_DisambiguatedProfile_displayName') || hasClass(element, 'mx_SenderProfile_displayName');
}

/** The file of a picture is called after its owner's id, `:` as `-`: that is read only where the id stands nowhere else. */
function senderIdOf(tile: HtmlElement, profile: HtmlElement | null): string | null {
  const line = profile === null ? null : findElement(profile, '.mx_DisambiguatedProfile_mxid');
  if (line !== null) return matrixId.exec(textOf(line))?.[0] ?? null;
  const picture = findElement(tile, '.mx_EventTile_avatar');
  if (picture === null) return null;
  const said = [picture, ...elementsIn(picture)].flatMap((element) => [attributeOf(element, 'title'), attributeOf(element, 'aria-label')]);
  return said.map((text) => matrixId.exec(text ?? '')?.[0] ?? null).find((id) => id !== null) ?? null;
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface TileBody {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
}

/** Bodies of files by their class, and what those are. */
const fileBodies: readonly (readonly [className: string, kind: AttachmentRecord['kind'] | null])[] = [
  ['mx_MImageBody', 'image'],
  ['mx_MStickerBody', 'sticker'],
  ['mx_MVideoBody', 'video'],
  ['mx_MVoiceMessageBody', 'voice'],
  ['mx_MAudioBody', 'audio'],
  ['mx_MFileBody', null],
];
const systemBodies = ['mx_TextualEvent', 'mx_EventTileBubble', 'mx_EventListSummary', 'mx_cryptoEvent'];

/** What is in a tile. `folder` is where the page lies. */
export function readTileBody(tile: HtmlElement, files: FileSet, folder: string): TileBody {
  const system = systemBodies.map((name) => findElement(tile, `.${name}`)).find((found) => found !== null);
  if (system) return { kind: 'system', text: shownTextOf(system), attachments: [], facts: null };
  const facts = readFacts(tile);
  if (findElement(tile, '.mx_RedactedBody') !== null)
    return { kind: 'text', text: '', attachments: [], facts: { ...facts, deleted: { by: 'unknown' } } };
  const attachments = readFiles(tile, files, folder);
  const body = findElement(tile, '.mx_EventTile_body');
  const { text, entities } = body === null ? { text: '', entities: null } : readMarkedHtml(body.children, markOfBody);
  const [first] = attachments;
  const all = entities === null ? facts : { ...facts, entities };
  if (first !== undefined) return { kind: messageKindOf(first.kind), text, attachments, facts: all };
  if (text !== '') return { kind: 'text', text, attachments, facts: all };
  const line = findElement(tile, '.mx_EventTile_line') ?? tile;
  const raw = shownTextOf(line.children.filter((child) => typeof child === 'string' || !hasClass(child, 'mx_MessageTimestamp')));
  return { kind: 'unknown', text: '', attachments, facts: { ...all, extra: { ...all?.extra, raw } } };
}

const marks: ReadonlyMap<string, 'bold' | 'italic' | 'strikethrough' | 'code' | 'pre' | 'blockquote'> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['del', 'strikethrough'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
]);

/** Marks of the text; pictures in it are emoji, of which the name is not shown. */
function markOfBody(element: HtmlElement): ReturnType<NonNullable<Parameters<typeof readMarkedHtml>[1]>> {
  if (hasClass(element, 'mx_EventTile_edited') || hasClass(element, 'mx_ReplyChain')) return 'skip';
  const type = marks.get(element.name);
  if (type !== undefined) return { type };
  const href = element.name === 'a' ? attributeOf(element, 'href') : null;
  if (href === null) return null;
  return hasClass(element, 'mx_Pill') || href.startsWith('https://matrix.to/#/@') ? { type: 'mention' } : { type: 'link', href };
}

function readFiles(tile: HtmlElement, files: FileSet, folder: string): readonly AttachmentRecord[] {
  for (const [name, kind] of fileBodies) {
    const body = findElement(tile, `.${name}`);
    if (body === null) continue;
    const paths = [...elementsIn(body)].flatMap((element) => localPathOf(element) ?? []).filter((path) => !/^(?:icons|users)\//.test(path));
    const shown = findElement(body, '.mx_MFileBody_info_filename');
    const label = shown === null ? null : textOf(shown).trim();
    const [path = null] = paths;
    return [attach(files, folder, { ...(kind === null ? {} : { kind }), path, ...(label === null ? {} : { name: label }) })];
  }
  return [];
}

function readFacts(tile: HtmlElement): MessageFacts | null {
  const answered = findElements(tile, 'a').find((link) => hasClass(link, 'mx_reply_anchor') || attributeOf(link, 'scroll-to') !== null);
  const id =
    answered === undefined ? null : decoded(attributeOf(answered, 'scroll-to') ?? attributeOf(answered, 'href') ?? '').replace(/^#/, '');
  const isEdited = findElement(tile, '.mx_EventTile_edited') !== null;
  const isEmote = findElement(tile, '.mx_MEmoteBody') !== null;
  const facts: MessageFacts = {
    ...(id?.startsWith('$') === true && { replyTo: { sourceId: id } }),
    ...(isEdited && { edited: { editedAtMs: null } }),
    ...(isEmote && { extra: { msgtype: 'm.emote' } }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

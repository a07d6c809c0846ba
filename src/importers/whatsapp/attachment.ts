// Attached and omitted files: how a body names them (formats/international.md §1.1, "media omitted" and "attachments").

import type { AttachmentRecord, MissingReason } from '../../model/record';
import { dropMarks, emptyIfInvisible, leftToRightMark, phraseKey, trimEndMarks } from '../marks';
import type { FindMedia } from './media-entries';
import { attachedWords, omittedKinds, omittedPhrases } from './phrases';

/** A body's file, and what is left of the body: its caption. */
export interface FoundMedia {
  readonly attachment: AttachmentRecord;
  readonly caption: string;
  /** Title and pages that an iPhone writes before a document, which are no caption: `Report.pdf • 3 pages`. */
  readonly document?: string;
}

/** Knows the size of an entry, and where the file of a name is. */
export interface MediaPlaces {
  readonly find: FindMedia;
  sizeOf(entry: number): number;
}

const androidName = /^(IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d{1,6}\.\w{1,5}$/i;
const iphoneName = /^\d{8}-(PHOTO|VIDEO|AUDIO|STICKER|GIF)-\d{4}(-\d\d){5}\.\w{1,5}$/i;
const namePrefixKinds: ReadonlyMap<string, AttachmentRecord['kind']> = new Map([
  ['IMG', 'image'],
  ['PHOTO', 'image'],
  ['VID', 'video'],
  ['VIDEO', 'video'],
  ['PTT', 'voice'],
  ['STK', 'sticker'],
  ['STICKER', 'sticker'],
  ['GIF', 'animation'],
  ['DOC', 'file'],
]);
const extensionKinds: ReadonlyMap<string, AttachmentRecord['kind']> = new Map([
  ...['jpg', 'jpeg', 'png', 'heic', 'gif', 'bmp', 'tif', 'tiff', 'avif'].map((extension) => [extension, 'image'] as const),
  ...['mp4', 'mov', '3gp', 'mkv', 'avi', 'webm', 'm4v'].map((extension) => [extension, 'video'] as const),
  ...['mp3', 'm4a', 'aac', 'wav', 'flac', 'amr', 'ogg'].map((extension) => [extension, 'audio'] as const),
  ['opus', 'voice'],
  ['webp', 'sticker'],
  ['vcf', 'contact'],
]);

/** Kind of a file by WhatsApp's own name for it, else by its extension. */
export function kindOfFile(name: string): AttachmentRecord['kind'] {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const own = androidName.exec(name) ?? iphoneName.exec(name);
  const byPrefix = own ? namePrefixKinds.get(own[1]!.toUpperCase()) : undefined;
  return byPrefix ?? extensionKinds.get(extension) ?? 'file';
}

/** A file that the archive does not hold. */
export function missingMedia(kind: AttachmentRecord['kind'], missing: MissingReason, name: string | null = null): AttachmentRecord {
  return { kind, name, entry: null, missing, mime: null, sizeBytes: null };
}

/** Finds an attached file, or null: `FILE (file attached)` with the caption below it, or `<attached: FILE>` with the caption around it. */
export function findAttached(body: string, places: MediaPlaces): FoundMedia | null {
  const lineEnd = body.indexOf('\n');
  const firstLine = lineEnd < 0 ? body : body.slice(0, lineEnd);
  const below = lineEnd < 0 ? '' : body.slice(lineEnd + 1);
  const attached = findNamedBefore(firstLine, places) ?? findOldMarker(firstLine, places);
  if (attached !== null) return { attachment: attachmentOf(attached, places), caption: below };
  return findMarker(body, firstLine, below, places);
}

/** Android: `NAME.EXT (word)`; the word counts where it is known, else the name must be one of WhatsApp's or in the archive. */
function findNamedBefore(line: string, places: MediaPlaces): string | null {
  if (!line.endsWith(')')) return null;
  const open = line.lastIndexOf(' (');
  if (open <= 0) return null;
  const name = dropMarks(line.slice(0, open)).trim();
  if (!hasExtension(name)) return null;
  return attachedWords.has(phraseKey(line.slice(open + 2, -1))) || isOwnName(name) || places.find(name) >= 0 ? name : null;
}

/** iPhones until 2018: `NAME.EXT <attached>`. */
function findOldMarker(line: string, places: MediaPlaces): string | null {
  const open = line.lastIndexOf(' <');
  if (open <= 0 || !line.endsWith('>') || !attachedWords.has(phraseKey(line.slice(open + 2, -1)))) return null;
  const name = dropMarks(line.slice(0, open)).trim();
  return hasExtension(name) && (isOwnName(name) || places.find(name) >= 0 || line.includes(leftToRightMark)) ? name : null;
}

/** iPhone: `<word: NAME.EXT>` at the end of the body or of its first line. */
function findMarker(body: string, firstLine: string, below: string, places: MediaPlaces): FoundMedia | null {
  if (firstLine !== body && firstLine.endsWith('>')) {
    const found = findMarkerAtEnd(firstLine, places);
    if (found) return { ...found, caption: joinCaption(found.caption, below) };
  }
  return body.endsWith('>') ? findMarkerAtEnd(body, places) : null;
}

function findMarkerAtEnd(text: string, places: MediaPlaces): FoundMedia | null {
  const open = text.lastIndexOf('<');
  const inside = text.slice(open + 1, -1);
  const colon = inside.search(/[:：]/);
  if (open < 0 || colon <= 0) return null;
  const name = dropMarks(inside.slice(colon + 1)).trim();
  const isKnown = attachedWords.has(phraseKey(inside.slice(0, colon))) || isOwnName(name) || places.find(name) >= 0;
  const stands = open === 0 || text[open - 1] === leftToRightMark;
  if (!isKnown || !stands || name === '') return null;
  return foundBefore(attachmentOf(name, places), text.slice(0, open));
}

const documentTitle = /^.{1,250}\.\w{1,8} • \d{1,6} \S{1,20}$/;

/** A file of an iPhone with what stands before its marker. */
function foundBefore(attachment: AttachmentRecord, before: string): FoundMedia {
  const caption = emptyIfInvisible(trimEndMarks(before));
  const plain = dropMarks(caption).trim();
  return documentTitle.test(plain) ? { attachment, caption: '', document: plain } : { attachment, caption };
}

/**
 * Finds the place of a file that was left out of the export, or null. `isRepeated` tells whether a phrase in angle
 * brackets that is in no table recurs in the file, which only placeholders do.
 */
export function findOmitted(body: string, isRepeated: (phrase: string) => boolean): FoundMedia | null {
  const lineEnd = body.indexOf('\n');
  const firstLine = lineEnd < 0 ? body : body.slice(0, lineEnd);
  const phrase = bracketPhrase(firstLine);
  if (phrase !== null && (omittedPhrases.has(phrase) || isRepeated(phrase))) {
    return { attachment: missingMedia('file', 'omitted'), caption: lineEnd < 0 ? '' : body.slice(lineEnd + 1) };
  }
  const mark = body.lastIndexOf(leftToRightMark);
  const kind = mark < 0 ? undefined : omittedKinds.get(phraseKey(body.slice(mark)));
  if (kind === undefined) return null;
  return foundBefore(missingMedia(kind, 'omitted'), body.slice(0, mark));
}

const phraseLimit = 80;

/** What a line in angle brackets says, as a key, or null where the line is none or names a file. */
export function bracketPhrase(line: string): string | null {
  if (line.length > phraseLimit || !line.endsWith('>')) return null;
  const text = dropMarks(line).trim();
  if (text[0] !== '<' || text.indexOf('<', 1) >= 0 || text.indexOf('>') !== text.length - 1) return null;
  const inside = text.slice(1, -1);
  return inside.trim() === '' || hasExtension(inside) ? null : phraseKey(inside);
}

function attachmentOf(name: string, places: MediaPlaces): AttachmentRecord {
  const entry = places.find(name);
  const kind = kindOfFile(name);
  if (entry < 0) return missingMedia(kind, 'not-in-archive', name);
  return { kind, name, entry, missing: null, mime: null, sizeBytes: places.sizeOf(entry) };
}

function isOwnName(name: string): boolean {
  return androidName.test(name) || iphoneName.test(name);
}

function hasExtension(name: string): boolean {
  return /[^.\s]\.\w{1,8}$/.test(name.slice(-16));
}

function joinCaption(before: string, below: string): string {
  return before === '' ? below : `${before}\n${below}`;
}

// Files of a message: linked to entries of the set, or named but missing. Thumbnails are left to the vault, which makes its own.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageKind, MissingReason } from '../../model/record';
import { baseName } from '../archive-files';
import { countOf, words } from '../json-fields';

/** Where an export's media lie: paths in the export are relative to the folder of its result.json. */
export interface MediaPlace {
  readonly files: FileSet;
  /** '' or ending in `/`. */
  readonly folder: string;
}

interface MediaType {
  readonly attachment: AttachmentRecord['kind'];
  readonly message: MessageKind;
}

/** By `media_type`; a file without one is a plain document. */
const mediaTypes = new Map<string, MediaType>([
  ['sticker', { attachment: 'sticker', message: 'sticker' }],
  ['video_message', { attachment: 'video', message: 'video' }],
  ['voice_message', { attachment: 'voice', message: 'voice' }],
  ['animation', { attachment: 'animation', message: 'video' }],
  ['video_file', { attachment: 'video', message: 'video' }],
  ['audio_file', { attachment: 'audio', message: 'file' }],
]);

/** True where `media_type` says nothing beyond the attachment's kind. */
export function isPlainMediaType(mediaType: Json | undefined): boolean {
  return typeof mediaType === 'string' && mediaType !== 'video_message' && mediaTypes.has(mediaType);
}

/** The message's files, in the order photo, file, contact card. */
export function readAttachments(message: JsonObject, place: MediaPlace): readonly AttachmentRecord[] {
  const photo = message['photo'];
  const file = message['file'];
  const card = message['contact_vcard'];
  if (typeof photo !== 'string' && typeof file !== 'string' && typeof card !== 'string') return noAttachments;
  const attachments: AttachmentRecord[] = [];
  if (typeof photo === 'string') {
    attachments.push({
      kind: 'image',
      ...locate(photo, null, place),
      mime: null,
      sizeBytes: countOf(message['photo_file_size']),
      ...dimensions(message),
    });
  }
  if (typeof file === 'string') {
    attachments.push({
      kind: mediaTypeOf(message)?.attachment ?? 'file',
      ...locate(file, words(message['file_name']), place),
      mime: words(message['mime_type']),
      sizeBytes: countOf(message['file_size']),
      ...dimensions(message),
      ...duration(message),
    });
  }
  if (typeof card === 'string') {
    attachments.push({
      kind: 'contact',
      ...locate(card, null, place),
      mime: 'text/vcard',
      sizeBytes: countOf(message['contact_vcard_file_size']),
    });
  }
  return attachments;
}

/** What a message with a photo or a file is; null where it has neither. */
export function mediaKind(message: JsonObject): MessageKind | null {
  if (typeof message['photo'] === 'string') return 'image';
  if (typeof message['file'] !== 'string') return null;
  return mediaTypeOf(message)?.message ?? 'file';
}

/**
 * Why a file is not there, from the sentence that stands in place of its path (perhaps after its name); null for a path.
 * The sentences are English in every language of the app.
 */
export function missingReason(path: string): MissingReason | null {
  const from = path.endsWith(')') ? path.lastIndexOf('(') : path.startsWith('(') ? 0 : -1;
  if (from === -1 || (from > 0 && !path.startsWith('(File ', from) && !path.startsWith('(Photo ', from))) return null;
  if (path.includes('not included', from)) return 'not-exported';
  if (path.includes('exceeds maximum size', from)) return 'too-large';
  if (path.includes('unavailable', from)) return 'unavailable';
  return from === 0 ? 'not-exported' : null;
}

function locate(path: string, name: string | null, place: MediaPlace): Pick<AttachmentRecord, 'name' | 'entry' | 'missing'> {
  const entry = place.files.indexOf(place.folder + path);
  if (entry !== -1) return { name: name ?? baseName(path), entry, missing: null };
  const missing = missingReason(path);
  return { name: name ?? (missing === null ? baseName(path) : null), entry: null, missing: missing ?? 'not-in-archive' };
}

function mediaTypeOf(message: JsonObject): MediaType | undefined {
  const type = message['media_type'];
  return typeof type === 'string' ? mediaTypes.get(type) : undefined;
}

function dimensions(message: JsonObject): { widthPx?: number; heightPx?: number } {
  const widthPx = countOf(message['width']);
  const heightPx = countOf(message['height']);
  return widthPx === null || heightPx === null ? {} : { widthPx, heightPx };
}

function duration(message: JsonObject): { durationMs?: number } {
  const seconds = message['duration_seconds'];
  return typeof seconds === 'number' && seconds >= 0 ? { durationMs: seconds * 1000 } : {};
}

// Where a medium lies in a snapshot.

import type { MediaEntry } from '../vault/archive';
import { dayOf } from './utc-dates';

/** By the type that the magic bytes gave; docs/format.md has the same list. */
const extensions: Readonly<Record<string, string>> = {
  'application/epub+zip': 'epub',
  'application/gzip': 'gz',
  'application/pdf': 'pdf',
  'application/rtf': 'rtf',
  'application/vnd.android.package-archive': 'apk',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.rar': 'rar',
  'application/vnd.sqlite3': 'sqlite',
  'application/x-7z-compressed': '7z',
  'application/x-ole-storage': 'doc',
  'application/x-tar': 'tar',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'audio/aac': 'aac',
  'audio/aiff': 'aiff',
  'audio/amr': 'amr',
  'audio/amr-wb': 'awb',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/silk': 'silk',
  'audio/wav': 'wav',
  'audio/x-caf': 'caf',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/jxl': 'jxl',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'image/x-wxgf': 'wxgf',
  'text/html': 'html',
  'text/vcard': 'vcf',
  'video/3gpp': '3gp',
  'video/mp4': 'mp4',
  'video/ogg': 'ogv',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
  'video/x-msvideo': 'avi',
};

/** `<sha256>.<extension>` */
export function mediaFileName({ sha256, mime }: Pick<MediaEntry, 'sha256' | 'mime'>): string {
  return `${sha256}.${Object.hasOwn(extensions, mime) ? extensions[mime] : 'bin'}`;
}

/** Folders below `media`: the UTC day of the earliest message that refers to it, or `undated` and two digits. */
export function mediaFolders(sha256: string, firstAtMs: number | null): readonly string[] {
  return firstAtMs === null ? ['undated', sha256.slice(0, 2)] : dayOf(firstAtMs);
}

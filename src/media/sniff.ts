// What a file is, by its first bytes and nothing else: names and claimed types are the sender's word.
// Signatures as in the formats' own specifications and in the WHATWG MIME Sniffing Standard.

import { decodeHead } from '../bytes/text-encoding';
import { unknownMedia, type MediaKind, type SniffedMedia } from './media-type';
import { sniffBoxes, sniffOgg, sniffZip } from './sniff-containers';
import { textOfUnits } from '../model/unit-text';

export { unknownMedia, type MediaKind, type SniffedMedia } from './media-type';

/** Bytes that `sniffMedia` looks at; more change nothing. */
export const sniffHeadBytes = 4096;

type Signature = readonly [offset: number, letters: string, mime: string, kind: MediaKind, extension: string];

/** `letters` are bytes as Latin-1; the first match wins. */
const signatures: readonly Signature[] = [
  [0, '\xff\xd8\xff', 'image/jpeg', 'image', 'jpg'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png', 'image', 'png'],
  [0, 'GIF87a', 'image/gif', 'image', 'gif'],
  [0, 'GIF89a', 'image/gif', 'image', 'gif'],
  [0, 'II*\0', 'image/tiff', 'image', 'tif'],
  [0, 'MM\0*', 'image/tiff', 'image', 'tif'],
  [0, '\0\0\0\x0cJXL \r\n\x87\n', 'image/jxl', 'image', 'jxl'],
  [0, 'wxgf', 'image/x-wxgf', 'image', 'wxgf'],
  [0, 'ID3', 'audio/mpeg', 'audio', 'mp3'],
  [0, 'fLaC', 'audio/flac', 'audio', 'flac'],
  [0, '#!AMR\n', 'audio/amr', 'audio', 'amr'],
  [0, '#!AMR-WB\n', 'audio/amr-wb', 'audio', 'awb'],
  [0, '#!SILK_V3', 'audio/silk', 'audio', 'silk'],
  [0, '\x02#!SILK_V3', 'audio/silk', 'audio', 'silk'], // as WeChat and QQ write it
  [0, 'caff\0\x01', 'audio/x-caf', 'audio', 'caf'],
  [0, '%PDF-', 'application/pdf', 'document', 'pdf'],
  [0, '{\\rtf', 'application/rtf', 'document', 'rtf'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage', 'document', 'doc'],
  [0, 'BEGIN:VCARD', 'text/vcard', 'document', 'vcf'],
  [0, 'SQLite format 3\0', 'application/vnd.sqlite3', 'other', 'sqlite'],
  [0, '\x1f\x8b', 'application/gzip', 'archive', 'gz'],
  [0, '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed', 'archive', '7z'],
  [0, 'Rar!\x1a\x07', 'application/vnd.rar', 'archive', 'rar'],
  [257, 'ustar', 'application/x-tar', 'archive', 'tar'],
];

/** Files in chunks: the first word, and at byte 8 the form. */
const forms: readonly (readonly [first: string, form: string, media: SniffedMedia])[] = [
  ['RIFF', 'WEBP', { mime: 'image/webp', kind: 'image', extension: 'webp' }],
  ['RIFF', 'WAVE', { mime: 'audio/wav', kind: 'audio', extension: 'wav' }],
  ['RIFF', 'AVI ', { mime: 'video/x-msvideo', kind: 'video', extension: 'avi' }],
  ['FORM', 'AIFF', { mime: 'audio/aiff', kind: 'audio', extension: 'aiff' }],
];

/** What a file is that begins with `head` (at least 32 bytes where it has them). `unknownMedia` where nothing fits. */
export function sniffMedia(head: Uint8Array): SniffedMedia {
  const letters = textOfUnits(head.subarray(0, sniffHeadBytes));
  for (const [offset, signature, mime, kind, extension] of signatures) {
    if (letters.startsWith(signature, offset)) return { mime, kind, extension };
  }
  for (const [first, form, media] of forms) if (letters.startsWith(first) && letters.startsWith(form, 8)) return media;
  return (
    sniffBoxes(letters) ??
    sniffOgg(letters) ??
    sniffMatroska(letters) ??
    sniffZip(letters) ??
    sniffBitmap(letters, head) ??
    sniffMpegAudio(head) ??
    sniffMarkup(head) ??
    unknownMedia
  );
}

function sniffMatroska(letters: string): SniffedMedia | null {
  if (!letters.startsWith('\x1a\x45\xdf\xa3')) return null;
  const isWebm = letters.slice(0, 64).includes('webm');
  return isWebm ? { mime: 'video/webm', kind: 'video', extension: 'webm' } : { mime: 'video/x-matroska', kind: 'video', extension: 'mkv' };
}

/** `BM` alone is too little: the size of the second header must be one that exists. */
function sniffBitmap(letters: string, head: Uint8Array): SniffedMedia | null {
  const isBitmap = letters.startsWith('BM') && [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && letters.startsWith('\0\0\0', 15);
  return isBitmap ? { mime: 'image/bmp', kind: 'image', extension: 'bmp' } : null;
}

/** Eleven bits of frame sync; layer bits 00 are AAC in ADTS frames, 01 is MP3 with a bit rate and a sample rate that exist. */
function sniffMpegAudio(head: Uint8Array): SniffedMedia | null {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  const layer = (second >> 1) & 3;
  if (layer === 0 && (second & 0xf0) === 0xf0 && (third & 0x3c) >> 2 < 13) return { mime: 'audio/aac', kind: 'audio', extension: 'aac' };
  const isMp3 = layer === 1 && (second & 0x18) !== 0x08 && third >> 4 !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
  return isMp3 ? { mime: 'audio/mpeg', kind: 'audio', extension: 'mp3' } : null;
}

/** Markup is recognised so that it is never shown as anything else; neither form is inline-safe. */
function sniffMarkup(head: Uint8Array): SniffedMedia | null {
  const text = decodeHead(head.subarray(0, sniffHeadBytes)).trimStart().toLowerCase();
  if (!text.startsWith('<')) return null;
  const svgAt = text.search(/<svg[\s>]/);
  const htmlAt = text.search(/<(!doctype html|html|head|body|script|iframe|style|title|table|div|a|p|br|h1|img|font|b)[\s>]/);
  if (svgAt >= 0 && (htmlAt < 0 || svgAt < htmlAt)) return { mime: 'image/svg+xml', kind: 'image', extension: 'svg' };
  if (htmlAt >= 0) return { mime: 'text/html', kind: 'document', extension: 'html' };
  return text.startsWith('<?xml') ? { mime: 'application/xml', kind: 'document', extension: 'xml' } : null;
}

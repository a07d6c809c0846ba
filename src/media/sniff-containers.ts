// Containers whose first bytes are shared by many types: ISO base media (ISO/IEC 14496-12), Ogg (RFC 3533), ZIP.
// `letters` are the first bytes as Latin-1.

import type { SniffedMedia } from './media-type';

const image = (mime: string, extension: string): SniffedMedia => ({ mime, kind: 'image', extension });
const audio = (mime: string, extension: string): SniffedMedia => ({ mime, kind: 'audio', extension });
const video = (mime: string, extension: string): SniffedMedia => ({ mime, kind: 'video', extension });

const heicBrands = /^(heic|heix|hevc|hevx|heim|heis|hevm|hevs)$/;
const stillBrands = /^(mif1|msf1|miaf)$/;

/** MP4 and its kin, by the major brand; still pictures of a general brand by the compatible ones. */
export function sniffBoxes(letters: string): SniffedMedia | null {
  const type = letters.slice(4, 8);
  if (type !== 'ftyp') return /^(moov|mdat|wide|pnot)$/.test(type) && letters.startsWith('\0') ? video('video/quicktime', 'mov') : null;
  const major = letters.slice(8, 12);
  const boxBytes = letters.charCodeAt(2) * 256 + letters.charCodeAt(3);
  const compatible = letters.slice(16, Math.min(boxBytes, 256)).match(/[^]{4}/g) ?? [];
  const isStill = stillBrands.test(major);
  if (/^avi[fs]$/.test(major) || (isStill && compatible.some((brand) => /^avi[fs]$/.test(brand)))) return image('image/avif', 'avif');
  if (heicBrands.test(major) || isStill) return image('image/heic', 'heic');
  if (/^M4[AB] $/.test(major)) return audio('audio/mp4', 'm4a');
  if (major === 'qt  ') return video('video/quicktime', 'mov');
  if (/^3g[p2]/.test(major)) return video('video/3gpp', '3gp');
  return video('video/mp4', 'mp4');
}

/** By the codec that the first page names. */
export function sniffOgg(letters: string): SniffedMedia | null {
  if (!letters.startsWith('OggS')) return null;
  const start = letters.slice(28, 64);
  if (start.includes('theora')) return video('video/ogg', 'ogv');
  return audio('audio/ogg', start.startsWith('OpusHead') ? 'opus' : 'ogg');
}

const office = 'application/vnd.openxmlformats-officedocument';
const zipContents: readonly (readonly [letters: string, media: SniffedMedia])[] = [
  ['word/', { mime: `${office}.wordprocessingml.document`, kind: 'document', extension: 'docx' }],
  ['xl/', { mime: `${office}.spreadsheetml.sheet`, kind: 'document', extension: 'xlsx' }],
  ['ppt/', { mime: `${office}.presentationml.presentation`, kind: 'document', extension: 'pptx' }],
];
const declaredTypes: readonly (readonly [mime: string, extension: string])[] = [
  ['application/epub+zip', 'epub'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
];

/** Documents that are ZIPs, by the names of their first files; an OpenDocument or EPUB declares its type in its first file. */
export function sniffZip(letters: string): SniffedMedia | null {
  if (!['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].some((start) => letters.startsWith(start))) return null;
  const name = letters.slice(30, 30 + letters.charCodeAt(26) + letters.charCodeAt(27) * 256);
  if (name === 'mimetype') {
    const declared = declaredTypes.find(([mime]) => letters.startsWith(mime, 38));
    if (declared) return { mime: declared[0], kind: 'document', extension: declared[1] };
  }
  if (/^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/)/.test(name)) {
    const found = zipContents.find(([part]) => letters.includes(part));
    if (found) return found[1];
  }
  if (name === 'AndroidManifest.xml') return { mime: 'application/vnd.android.package-archive', kind: 'other', extension: 'apk' };
  return { mime: 'application/zip', kind: 'archive', extension: 'zip' };
}

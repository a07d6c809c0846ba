// Which types may be given to a blob URL. A document of any other type could run script in our origin when it is opened, so
// everything else is `application/octet-stream`, which browsers only download: SVG and HTML among them, and PDF.

export const downloadType = 'application/octet-stream';

const inlineTypes: ReadonlySet<string> = new Set([
  'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/heic', 'image/bmp',
  'audio/mpeg', 'audio/ogg', 'audio/mp4', 'audio/aac', 'audio/wav', 'audio/flac',
  'video/mp4', 'video/quicktime', 'video/webm', 'video/3gpp', 'video/ogg',
]); // prettier-ignore

/** True for a sniffed type (never a claimed one) that may stand in an image, audio or video element by a blob URL. */
export function isInlineType(mime: string): boolean {
  return inlineTypes.has(mime);
}

/** The type to give to a Blob of a medium whose sniffed type is `mime`. */
export function blobTypeOf(mime: string): string {
  return isInlineType(mime) ? mime : downloadType;
}
